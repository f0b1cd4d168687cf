"""A server on which documents may have several operations: the specification chooses by name."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.server import Server, serving


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(postgres: str, template: str) -> AsyncGenerator[Server]:
    """A node for the tests of the specification."""
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, INTERSESSIONAL_QUERY_OPERATIONS_MAX="3") as server,
    ):
        await server.caught_up()
        yield server
