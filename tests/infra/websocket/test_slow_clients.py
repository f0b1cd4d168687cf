"""A client that reads too slowly is closed and can continue; the others go on."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from tests.graphql.server import WAIT_MAX_S, serving
from tests.graphql.socket import PROTOCOL, Socket
from tests.graphql.subscriptions.subscription_node import SubscriptionNode, next_positions

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVENTS = 80
TEXT = "x" * 3_000
MANY_TIMES = " ".join(f"a{number}: data" for number in range(10))
"""Makes 30 kB of each event, so that buffers are full soon."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intersessional.infra.websocket.graphql_socket.CLOSE_S", 0.3)


def large(node: SubscriptionNode) -> str:
    """A query for the audit trail with large payloads."""
    return node.trail.replace(node.counted, f"{node.counted} {MANY_TIMES}")


@asynccontextmanager
async def a_small_socket(node: SubscriptionNode) -> AsyncGenerator[Socket]:
    """A socket with a small receive buffer."""
    url = urlsplit(node.server.url)
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, (url.hostname, url.port))
    async with connect(
        node.server.url.replace("http", "ws"),
        sock=plain,
        subprotocols=[Subprotocol(PROTOCOL)],
        compression=None,
        max_size=None,
        max_queue=1,
        ping_interval=None,
        open_timeout=WAIT_MAX_S,
        close_timeout=1,
    ) as connection:
        small = Socket(connection)
        await small.introduce()
        yield small


async def positions_until_closed(socket: Socket) -> list[int]:
    """The positions that arrive until the connection ends."""
    positions: list[int] = []
    with suppress(ConnectionClosed):
        while True:
            positions += await next_positions(socket, 1)
    return positions


async def test_stalled_client_is_closed_and_continues_after_its_last_position(
    any_node: SubscriptionNode,
) -> None:
    node = any_node
    query = large(node)
    expected = node.positions(1, EVENTS)
    async with AsyncExitStack() as stack:
        live = await node.subscribed_sockets(stack, 2, query, after=node.start)
        async with a_small_socket(node) as stalled:
            await stalled.subscribe("w", query, after=node.start)

            *received, _ = await asyncio.gather(
                *(next_positions(one, EVENTS) for one in live), node.record_events(EVENTS, TEXT)
            )

            assert received == [expected] * 2
            await node.until_open(2)
            first = await positions_until_closed(stalled)
        assert first == expected[: len(first)]
        assert len(first) < EVENTS
        async with node.server.socket() as again:
            await again.subscribe("w", query, after=[node.start, *first][-1])
            assert await next_positions(again, EVENTS - len(first)) == expected[len(first) :]


async def test_close_reason_names_the_last_position(
    any_node: SubscriptionNode, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intersessional.infra.websocket.graphql_socket.CLOSE_S", 10 * WAIT_MAX_S)
    node = any_node
    query = large(node)
    async with AsyncExitStack() as stack:
        [live] = await node.subscribed_sockets(stack, 1, query, after=node.start)
        async with a_small_socket(node) as stalled:
            await stalled.subscribe("w", query, after=node.start)
            await asyncio.gather(next_positions(live, EVENTS), node.record_events(EVENTS, TEXT))

            first = await positions_until_closed(stalled)

            last = [node.start, *first][-1]
            assert await stalled.closed() == (4290, f"Too slow; continue after {last}.")


async def test_slow_client_gets_everything_by_reconnecting(any_node: SubscriptionNode) -> None:
    node = any_node
    query = large(node)
    expected = node.positions(1, EVENTS)
    received: list[int] = []

    async def trickle() -> None:
        while received != expected:
            async with a_small_socket(node) as slow:
                await slow.subscribe("w", query, after=[node.start, *received][-1])
                with suppress(ConnectionClosed):
                    while received != expected:
                        received.extend(await next_positions(slow, 1))
                        await asyncio.sleep(0.001)

    async with AsyncExitStack() as stack:
        [live] = await node.subscribed_sockets(stack, 1, query, after=node.start)
        async with asyncio.timeout(WAIT_MAX_S):
            at_once, *_ = await asyncio.gather(
                next_positions(live, EVENTS), trickle(), node.record_events(EVENTS, TEXT)
            )

    assert at_once == expected


async def test_client_that_catches_up_slowly_is_not_closed(any_node: SubscriptionNode) -> None:
    node = any_node
    await node.record_events(EVENTS, TEXT)
    async with a_small_socket(node) as slow:
        await slow.subscribe("w", large(node), after=node.start)
        await node.until_open(1)

        # It is far too much to be buffered, and yet nothing is closed.
        assert await next_positions(slow, EVENTS) == node.positions(1, EVENTS)


async def test_result_that_does_not_fit_closes_the_socket(
    any_node: SubscriptionNode,
) -> None:
    node = any_node
    await node.record_events(40, TEXT)
    query = (
        "query ($after: String) { auditTrail(first: 40, after: $after)"
        f" {{ nodes {{ {MANY_TIMES} }} }} }}"
    )
    async with a_small_socket(node) as stalled:
        for number in range(20):
            await stalled.subscribe(str(number), query, after=str(node.start))

        await node.until_open(0)

        received = 0
        with suppress(ConnectionClosed):
            while await stalled.receive():
                received += 1
        assert received < 40


async def test_client_that_vanished_is_aborted_with_its_buffer(
    node: SubscriptionNode,
) -> None:
    composition = node.probe.composition
    async with serving(node.dsn, composition=composition, pong_s=0.3) as server:
        node = await replace(node, server=server).from_now()
        async with a_small_socket(node) as gone, node.server.socket() as live:
            [connection] = server.sockets_of(gone.connection.local_address)
            for socket in (gone, live):
                await socket.subscribe("w", large(node), after=node.start)
            # Far less than may wait, and more than the machines take.
            await node.record_events(20, TEXT)
            assert await next_positions(live, 20) == node.positions(1, 20)

            # Only the one that has vanished is asked whether it is there: a slow machine would
            # answer too late for the other one.
            connection.send_keepalive_ping()
            await node.until_open(1)

            await node.record_events(1, TEXT)
            assert await next_positions(live, 1) == node.positions(21, 21)
