"""A server that the tests of one process share, each with a cycle of its own."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest_asyncio

from intersessional.infra.auth import AUTH_SCRIPTS
from intersessional.infra.postgres.migrations import EVENT_STORE_SCRIPTS, migrate
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from tests.databases import fresh_database
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(postgres: str) -> AsyncGenerator[str]:
    """The name of a database whose tables are made."""
    async with fresh_database(postgres) as dsn:
        await migrate(dsn, parts=(EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS, AUTH_SCRIPTS))
        yield urlsplit(dsn).path.removeprefix("/")


@pytest_asyncio.fixture(loop_scope="session")
async def database(postgres: str, template: str) -> AsyncGenerator[str]:
    """The DSN of a database of this test's own, its tables made."""
    async with fresh_database(postgres, template) as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(postgres: str, template: str) -> AsyncGenerator[Server]:
    """A node that tests share which do not disturb one another."""
    async with fresh_database(postgres, template) as dsn, serving(dsn) as server:
        await server.caught_up()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def scenario(server: Server) -> AsyncGenerator[ForumScenario]:
    """An open cycle of this test's own."""
    async with forum_scenario(server) as scenario:
        yield scenario
