"""What the tests of the record can ask for."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest_asyncio

from intersessional.infra.record.log import Log
from intersessional.infra.record.sequencer import Sequencer
from tests.databases import fresh_database
from tests.infra.record.place import Place


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_database(postgres: str) -> AsyncGenerator[str]:
    """The DSN of a database in which every test has a schema of its own: quicker than one each."""
    async with fresh_database(postgres) as dsn:
        yield dsn


@pytest_asyncio.fixture
async def place(shared_database: str) -> Place:
    """An empty record of this test's own."""
    return await Place.make(shared_database)


@pytest_asyncio.fixture
async def sequencer(place: Place) -> AsyncGenerator[Sequencer]:
    """A node's one writer."""
    async with Sequencer(place.url, schema=place.schema) as sequencer:
        yield sequencer


@pytest_asyncio.fixture
async def pool(place: Place) -> AsyncGenerator[asyncpg.Pool]:
    """Connections as the application has them."""
    async with place.pool() as pool:
        yield pool


@pytest_asyncio.fixture
async def log(pool: asyncpg.Pool) -> Log:
    """The log, to be read."""
    return Log(pool)


@pytest_asyncio.fixture
async def owner(place: Place) -> AsyncGenerator[asyncpg.Connection]:
    """A connection of the tables' owner."""
    async with place.as_owner() as connection:
        yield connection
