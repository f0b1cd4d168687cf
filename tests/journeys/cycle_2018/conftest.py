"""Fixtures of the tests of the 2018 cycle."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from intersessional.infra.backend import Backend
from tests.journeys.cycle_2018.history import open_2018_cycle


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def backend(postgres: str) -> AsyncGenerator[Backend]:
    """The 2018 cycle, which the tests of one process share and only read."""
    async with open_2018_cycle(postgres) as backend:
        yield backend
