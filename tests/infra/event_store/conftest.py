"""What the tests of the record can ask for."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest_asyncio

from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.postgres.pool import Pool
from tests.databases import fresh_database
from tests.infra.event_store.place import Place


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
async def pool(place: Place) -> AsyncGenerator[Pool]:
    """Connections as the application has them."""
    async with place.pool() as pool:
        yield pool


@pytest_asyncio.fixture
async def log(pool: Pool) -> EventLog:
    """The log, to be read."""
    return EventLog(pool)


@pytest_asyncio.fixture
async def owner(place: Place) -> AsyncGenerator[asyncpg.Connection]:
    """A connection of the tables' owner."""
    async with place.as_owner() as connection:
        yield connection
