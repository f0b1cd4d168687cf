"""Fixtures of the tests of the event store."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.command_handling.event_store import EventStore
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from intersessional.infra.postgres.pool import Pool
from tests.databases import fresh_database
from tests.infra.event_store.offices import NoAnswers
from tests.infra.event_store.postcards import Postcard
from tests.infra.event_store.store_location import StoreLocation


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def shared_database(postgres: str) -> AsyncGenerator[str]:
    """The DSN of a database in which every test has a schema of its own: quicker than one each."""
    async with fresh_database(postgres) as dsn:
        yield dsn


@pytest_asyncio.fixture
async def location(shared_database: str) -> StoreLocation:
    """An empty record of this test's own."""
    return await StoreLocation.make(shared_database)


@pytest_asyncio.fixture
async def sequencer(location: StoreLocation) -> AsyncGenerator[Sequencer]:
    """A node's one writer."""
    async with Sequencer(location.url, schema=location.schema) as sequencer:
        yield sequencer


@pytest_asyncio.fixture
async def pool(location: StoreLocation) -> AsyncGenerator[Pool]:
    """Connections as the application has them."""
    async with location.pool() as pool:
        yield pool


@pytest_asyncio.fixture
async def log(pool: Pool) -> EventLog:
    """The log, to be read."""
    return EventLog(pool)


@pytest_asyncio.fixture
async def owner(location: StoreLocation) -> AsyncGenerator[asyncpg.Connection]:
    """A connection of the tables' owner."""
    async with location.as_owner() as connection:
        yield connection


@pytest.fixture(params=["in memory", "PostgreSQL"])
def event_store(request: pytest.FixtureRequest, sequencer: Sequencer, log: EventLog) -> EventStore:
    """An event store of each implementation, for postcards."""
    if request.param == "in memory":
        return InMemoryEventStore()
    codec = Codec([Postcard])
    return PostgresEventStore(log=log, sequencer=sequencer, codec=codec, answers=NoAnswers())
