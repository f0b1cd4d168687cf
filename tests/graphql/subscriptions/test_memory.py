"""What an operation has read is freed when it ends, and waits for no collection of garbage."""

import asyncio
import gc
from collections.abc import Iterator

import pytest

from intersessional.graphql.request.loaders import Loaders
from tests.graphql.server import WAIT_MAX_S
from tests.graphql.subscriptions.subscription_node import SubscriptionNode, next_positions
from tests.objects_in_memory import objects_of

pytestmark = pytest.mark.asyncio(loop_scope="session")

READ = "query ($first: Int!) { auditTrail(first: $first) { nodes { person { displayName } } } }"
WATCHED = """subscription ($after: Position) {
    auditTrail(after: $after) { position subject { id } } }"""


@pytest.fixture
def without_collections() -> Iterator[None]:
    """Garbage in cycles stays."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


def loaders() -> int:
    """How many loaders exist in this process, each with what it has read."""
    return len(objects_of(Loaders))


async def until_loaders(most: int) -> None:
    """Wait until so few are left: subscriptions of other tests may be executing."""
    async with asyncio.timeout(WAIT_MAX_S):
        while loaders() > most:  # noqa: ASYNC110  Memory rings no bell.
            await asyncio.sleep(0.01)


async def test_query_leaves_nothing_that_it_has_read(
    node: SubscriptionNode, without_collections: None
) -> None:
    async with await node.server.client() as client:
        await client.ask(READ, first=1)
        before = loaders()

        for first in range(2, 22):
            await client.ask(READ, first=first)

        await until_loaders(before + 2)


async def test_event_of_a_subscription_leaves_nothing_that_was_read_for_it(
    node: SubscriptionNode, without_collections: None
) -> None:
    async with node.server.socket() as socket:
        await socket.subscribe("w", WATCHED, after=node.start)
        await node.record_events(1)
        await next_positions(socket, 1)
        before = loaders()

        await node.record_events(30)
        await next_positions(socket, 30)

        await until_loaders(before + 2)
