"""Two nodes on one log that tests share."""

from collections.abc import AsyncGenerator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.server import serving
from tests.graphql.subscriptions.execution_probe import ExecutionProbe
from tests.graphql.subscriptions.record_events import record_events
from tests.graphql.subscriptions.subscription_node import SubscriptionNode


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def nodes(postgres: str, template: str) -> AsyncGenerator[dict[str, SubscriptionNode]]:
    """Two nodes on one log; the server of one exposes its transports (raw frames)."""
    probe = ExecutionProbe()
    options: dict[str, Any] = {
        "composition": probe.composition,
        "INTERSESSIONAL_QUERY_OPERATIONS_MAX": "2",
    }
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, **options) as raw,
        serving(dsn, plain=True, **options) as plain,
    ):
        await record_events(dsn, 1)
        node = SubscriptionNode(raw, probe, dsn)
        yield {"raw": node, "plain": replace(node, server=plain)}


@pytest_asyncio.fixture(loop_scope="session")
async def node(nodes: dict[str, SubscriptionNode]) -> SubscriptionNode:
    """A node that begins after the last event."""
    return await nodes["raw"].from_now()


@pytest_asyncio.fixture(loop_scope="session", params=["raw", "plain"])
async def any_node(
    nodes: dict[str, SubscriptionNode], request: pytest.FixtureRequest
) -> SubscriptionNode:
    """Each of the nodes, beginning after the last event."""
    return await nodes[request.param].from_now()
