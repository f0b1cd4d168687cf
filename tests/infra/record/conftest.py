"""What the tests of the record can ask for."""

from collections.abc import AsyncGenerator

import asyncpg
import pytest_asyncio

from intersessional.infra.record.connection import SCHEMA, open_pool
from intersessional.infra.record.log import Log
from intersessional.infra.record.schema import apply_schema
from intersessional.infra.record.sequencer import Sequencer


@pytest_asyncio.fixture
async def record_url(database_url: str) -> str:
    """The DSN of a database with an empty record."""
    await apply_schema(database_url)
    return database_url


@pytest_asyncio.fixture
async def sequencer(record_url: str) -> AsyncGenerator[Sequencer]:
    """A node's one writer."""
    async with Sequencer(record_url) as sequencer:
        yield sequencer


@pytest_asyncio.fixture
async def pool(record_url: str) -> AsyncGenerator[asyncpg.Pool]:
    """Connections as the application has them."""
    async with open_pool(record_url) as pool:
        yield pool


@pytest_asyncio.fixture
async def log(pool: asyncpg.Pool) -> Log:
    """The log, to be read."""
    return Log(pool)


@pytest_asyncio.fixture
async def owner(record_url: str) -> AsyncGenerator[asyncpg.Connection]:
    """A connection of the tables' owner, who can do what the application cannot."""
    connection = await asyncpg.connect(record_url, server_settings={"search_path": SCHEMA})
    yield connection
    await connection.close()
