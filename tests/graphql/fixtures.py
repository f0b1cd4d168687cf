"""A server that the tests of one process share, each with a cycle of its own."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(migrated: str) -> str:
    """The name of a database whose tables are made."""
    return migrated


@pytest_asyncio.fixture(loop_scope="session")
async def database(postgres: str, template: str) -> AsyncGenerator[str]:
    """The DSN of a database of this test's own, its tables made."""
    async with fresh_database(postgres, template) as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(postgres: str, template: str) -> AsyncGenerator[Server]:
    """A node for tests that do not disturb each other."""
    async with fresh_database(postgres, template) as dsn, serving(dsn) as server:
        await server.caught_up()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def scenario(server: Server) -> AsyncGenerator[ForumScenario]:
    """An open cycle of this test's own."""
    async with forum_scenario(server) as scenario:
        yield scenario
