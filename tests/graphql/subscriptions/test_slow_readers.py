"""Who does not read is let go and comes back; everyone else goes on, and memory stays flat."""

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
from tests.graphql.subscriptions.ground import Ground, seen

pytestmark = pytest.mark.asyncio(loop_scope="session")

EVENTS = 80
TEXT = "x" * 3_000
MANY_TIMES = " ".join(f"a{number}: data" for number in range(10))
"""Makes 30 kB of each event, so that buffers are full soon."""


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intersessional.infra.websocket.graphql_socket.CLOSE_S", 0.3)


def large(ground: Ground) -> str:
    """The trail, with much of each event."""
    return ground.trail.replace(ground.counted, f"{ground.counted} {MANY_TIMES}")


@asynccontextmanager
async def a_small_socket(ground: Ground) -> AsyncGenerator[Socket]:
    """A socket whose reader's machine takes little by itself."""
    url = urlsplit(ground.node.url)
    plain = socket.socket()
    plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    plain.setblocking(False)
    await asyncio.get_running_loop().sock_connect(plain, (url.hostname, url.port))
    async with connect(
        ground.node.url.replace("http", "ws"),
        sock=plain,
        subprotocols=[Subprotocol(PROTOCOL)],
        compression=None,
        max_size=None,
        max_queue=1,
        ping_interval=None,
        close_timeout=1,
    ) as connection:
        small = Socket(connection)
        await small.introduce()
        yield small


async def everything(socket: Socket) -> list[int]:
    """The positions that arrive until the line ends."""
    positions: list[int] = []
    with suppress(ConnectionClosed):
        while True:
            positions += await seen(socket, 1)
    return positions


async def test_who_never_reads_is_let_go_and_comes_back_for_the_rest(either: Ground) -> None:
    ground = either
    query = large(ground)
    expected = ground.positions(1, EVENTS)
    async with AsyncExitStack() as stack:
        live = await ground.watchers(stack, 2, query, after=ground.start)
        async with a_small_socket(ground) as stalled:
            await stalled.subscribe("w", query, after=ground.start)

            *told, _ = await asyncio.gather(
                *(seen(one, EVENTS) for one in live), ground.note(EVENTS, TEXT)
            )

            assert told == [expected] * 2
            await ground.until_open(2)
            first = await everything(stalled)
        assert first == expected[: len(first)]
        assert len(first) < EVENTS
        async with ground.node.socket() as again:
            await again.subscribe("w", query, after=[ground.start, *first][-1])
            assert await seen(again, EVENTS - len(first)) == expected[len(first) :]


async def test_who_is_let_go_is_told_where_to_go_on(
    either: Ground, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("intersessional.infra.websocket.graphql_socket.CLOSE_S", WAIT_MAX_S)
    ground = either
    query = large(ground)
    async with AsyncExitStack() as stack:
        [live] = await ground.watchers(stack, 1, query, after=ground.start)
        async with a_small_socket(ground) as stalled:
            await stalled.subscribe("w", query, after=ground.start)
            await asyncio.gather(seen(live, EVENTS), ground.note(EVENTS, TEXT))

            first = await everything(stalled)

            last = [ground.start, *first][-1]
            assert await stalled.closed() == (4290, f"Too slow; go on after {last}.")


async def test_who_reads_slowly_has_everything_in_the_end(either: Ground) -> None:
    ground = either
    query = large(ground)
    expected = ground.positions(1, EVENTS)
    told: list[int] = []

    async def trickle() -> None:
        while told != expected:
            async with a_small_socket(ground) as slow:
                await slow.subscribe("w", query, after=[ground.start, *told][-1])
                with suppress(ConnectionClosed):
                    while told != expected:
                        told.extend(await seen(slow, 1))
                        await asyncio.sleep(0.001)

    async with AsyncExitStack() as stack:
        [live] = await ground.watchers(stack, 1, query, after=ground.start)
        async with asyncio.timeout(WAIT_MAX_S):
            at_once, *_ = await asyncio.gather(
                seen(live, EVENTS), trickle(), ground.note(EVENTS, TEXT)
            )

    assert at_once == expected


async def test_who_catches_up_slowly_is_given_time(either: Ground) -> None:
    ground = either
    await ground.note(EVENTS, TEXT)
    async with a_small_socket(ground) as slow:
        await slow.subscribe("w", large(ground), after=ground.start)
        await ground.until_open(1)

        # It is far too much to be buffered, and yet nothing is closed.
        assert await seen(slow, EVENTS) == ground.positions(1, EVENTS)


async def test_an_answer_that_does_not_fit_closes_the_socket_and_is_not_dropped_silently(
    either: Ground,
) -> None:
    ground = either
    await ground.note(40, TEXT)
    query = (
        "query ($after: String) { auditTrail(first: 40, after: $after)"
        f" {{ nodes {{ {MANY_TIMES} }} }} }}"
    )
    async with a_small_socket(ground) as stalled:
        for number in range(20):
            await stalled.subscribe(str(number), query, after=str(ground.start))

        await ground.until_open(0)

        told = 0
        with suppress(ConnectionClosed):
            while await stalled.receive():
                told += 1
        assert told < 40


async def test_who_is_gone_without_a_word_is_cut_off_with_what_waited_for_them(
    ground: Ground,
) -> None:
    async with serving(ground.dsn, composition=ground.probe.composition, ping_s=0.2) as node:
        ground = await replace(ground, node=node).anew()
        async with a_small_socket(ground) as gone, ground.node.socket() as live:
            for socket in (gone, live):
                await socket.subscribe("w", large(ground), after=ground.start)
            # Far less than may wait, and more than the machines take.
            await ground.note(20, TEXT)
            assert await seen(live, 20) == ground.positions(1, 20)

            await ground.until_open(1)

            await ground.note(1, TEXT)
            assert await seen(live, 1) == ground.positions(21, 21)
