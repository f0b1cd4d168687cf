"""A node on a record of its own, and results that nobody else asks."""

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
from tests.graphql.query_cache.asked import Asked
from tests.graphql.server import Server, serving
from tests.graphql.story import Story, a_story

__all__ = ["template"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def node(postgres: str, template: str) -> AsyncGenerator[Server]:
    """A node that only these tests write to, one after the other."""
    async with fresh_database(postgres, template) as dsn, serving(dsn) as server:
        yield server


@dataclass(frozen=True, kw_only=True)
class Desk:
    """Where a test asks, and where it tells what happens."""

    story: Story
    asked: Asked
    results: CachingExecutor

    async def ask(self, query: str, **variables: Any) -> bytes:
        """Ask the results, as the record stands now."""
        await self.asked.server.caught_up()
        return await self.asked.ask(self.results, query, **variables)

    @property
    def executions(self) -> int:
        """How often something was executed so far."""
        return self.asked.executed.total()


@pytest_asyncio.fixture(loop_scope="session")
async def context(node: Server) -> AsyncGenerator[Desk]:
    """A cycle that has begun, and nothing asked about it."""
    async with a_story(node) as story:
        position = await node.caught_up()
        changes = ViewChanges(node.backend.composition.views, position)
        following = asyncio.create_task(changes.follow(node.backend.feed))
        asked = Asked.of(node)
        yield Desk(story=story, asked=asked, results=asked.results(changes))
        following.cancel()
        with suppress(asyncio.CancelledError):
            await following
