"""What the tests of the live room can ask for: two nodes that all of them share."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.fixtures import database, server, story, template
from tests.graphql.server import serving
from tests.graphql.subscriptions.ground import Ground
from tests.graphql.subscriptions.notes import note
from tests.graphql.subscriptions.probe import Probe

__all__ = ["database", "server", "story", "template"]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def grounds(postgres: str, template: str) -> AsyncGenerator[dict[str, Ground]]:
    """Two nodes on one record: to one of them the server lends its transport."""
    probe = Probe()
    options: dict[str, Any] = {"composition": probe.composition}
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, **options) as raw,
        serving(dsn, plain=True, **options) as plain,
    ):
        await note(dsn, 1)
        ground = Ground(raw, probe, dsn)
        yield {"raw": ground, "plain": replace(ground, node=plain)}


@pytest_asyncio.fixture(loop_scope="session")
async def ground(grounds: dict[str, Ground]) -> Ground:
    """A node, from where the record stands now."""
    return await grounds["raw"].anew()


@pytest_asyncio.fixture(loop_scope="session", params=["raw", "plain"])
async def either(grounds: dict[str, Ground], request: pytest.FixtureRequest) -> Ground:
    """Each of the nodes, from where the record stands now."""
    return await grounds[request.param].anew()
