"""A record of the demo that one file of tests writes to, and a node that serves it."""

from collections.abc import AsyncGenerator

import pytest_asyncio

from intersessional.plugins.composition import installed_plugins
from tests.graphql.server import Server, serving
from tests.recorded import Recorded


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def record(postgres: str, template: Recorded) -> AsyncGenerator[Recorded]:
    """What the demo records, for the file that imports this to write to."""
    async with template.copied(postgres) as copy:
        yield copy


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def node(record: Recorded) -> AsyncGenerator[Server]:
    """A node that serves it with all plugins."""
    async with serving(record.url, composition=installed_plugins()) as server:
        await server.caught_up()
        yield server
