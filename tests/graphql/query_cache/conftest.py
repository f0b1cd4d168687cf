"""A node with its own log, and a query cache for each test."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import pytest_asyncio

from intersessional.graphql.query_cache.caching_executor import CachingExecutor
from intersessional.graphql.query_cache.view_changes import ViewChanges
from tests.databases import fresh_database
from tests.graphql.fixtures import template
from tests.graphql.query_cache.counting_executor import CountingExecutor
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server, serving

__all__ = ["template"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def node(postgres: str, template: str) -> AsyncGenerator[Server]:
    """A node that only these tests write to, one after the other."""
    async with fresh_database(postgres, template) as dsn, serving(dsn) as server:
        yield server


@dataclass(frozen=True, kw_only=True)
class QueryScenario:
    """A query cache, and a scenario whose commands change its views."""

    forum: ForumScenario
    executor: CountingExecutor
    results: CachingExecutor

    async def caught_up(self) -> int:
        """The head, once the views and the cache have reached it."""
        head = await self.executor.server.caught_up()
        async with asyncio.timeout(WAIT_MAX_S):
            # Nothing is told when it has.
            while not self.results.changes.unchanged((), head, head):  # noqa: ASYNC110
                await asyncio.sleep(0.001)
        return head

    async def ask(self, query: str, **variables: Any) -> bytes:
        """Query through the cache, once the views and the cache have caught up."""
        await self.caught_up()
        return await self.executor.ask(self.results, query, **variables)

    @property
    def executions(self) -> int:
        """The number of executions so far."""
        return self.executor.executed.total()


@pytest_asyncio.fixture(loop_scope="session")
async def scenario(node: Server) -> AsyncGenerator[QueryScenario]:
    """An open cycle, and an empty cache."""
    async with forum_scenario(node) as forum:
        position = await node.caught_up()
        changes = ViewChanges(node.backend.composition.views, position)
        following = asyncio.create_task(changes.follow(node.backend.feed))
        executor = CountingExecutor.on_server(node)
        yield QueryScenario(forum=forum, executor=executor, results=executor.results(changes))
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
