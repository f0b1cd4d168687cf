"""Fixtures of the tests of the read models."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest_asyncio

from tests.databases import fresh_database
from tests.infra.read_models.harness import ReadModelHarness, migrate_harness, open_harness


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def harness_template(postgres: str) -> AsyncGenerator[str]:
    """The name of a database with the tables of a harness, which is only copied."""
    async with fresh_database(postgres) as dsn:
        await migrate_harness(dsn)
        yield urlsplit(dsn).path.removeprefix("/")


@pytest_asyncio.fixture
async def harness(postgres: str, harness_template: str) -> AsyncGenerator[ReadModelHarness]:
    """An empty event log with its read models, in a database of this test's own."""
    async with fresh_database(postgres, harness_template) as dsn, open_harness(dsn) as harness:
        yield harness
