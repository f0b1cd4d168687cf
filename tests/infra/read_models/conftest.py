"""Fixtures of the tests of the read models."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.infra.read_models.harness import ReadModelHarness, open_harness


@pytest_asyncio.fixture
async def harness(empty_database_url: str) -> AsyncGenerator[ReadModelHarness]:
    """An empty event log with its read models."""
    async with open_harness(empty_database_url) as harness:
        yield harness
