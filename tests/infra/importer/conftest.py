"""Fixtures of the tests of the importer."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from intersessional.infra.backend import Backend
from tests.infra.importer.core_backend import open_core_backend


@pytest_asyncio.fixture
async def backend(database_url: str) -> AsyncGenerator[Backend]:
    """An empty record that can be imported into."""
    async with open_core_backend(database_url) as backend:
        yield backend
