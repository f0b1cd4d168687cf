"""Fixtures of the tests of the 2018 cycle."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from intersessional.infra.backend import Backend
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.journeys.cycle_2018.history import serve_2018_cycle


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def server(postgres: str) -> AsyncGenerator[Server]:
    """A node with the 2018 cycle, which the tests of one process share and only read."""
    async with serve_2018_cycle(postgres) as server:
        yield server


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def backend(server: Server) -> Backend:
    """The 2018 cycle behind that node."""
    return server.backend


@pytest_asyncio.fixture(loop_scope="session")
async def anyone(server: Server) -> AsyncGenerator[Client]:
    """A client without a token."""
    async with Client(server.url) as client:
        yield client
