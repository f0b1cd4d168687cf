"""What the tests of the views can ask for."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from tests.infra.read_models.world import World, a_world


@pytest_asyncio.fixture
async def world(database_url: str) -> AsyncGenerator[World]:
    """An empty record with its views."""
    async with a_world(database_url) as world:
        yield world
