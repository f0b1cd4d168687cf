"""The memory for stalled and slow clients is bounded."""

import asyncio
import socket
import tracemalloc
from contextlib import AsyncExitStack
from functools import partial

from intersessional.infra.websocket.send_buffer import BYTES_MAX, RawSendBuffer
from intersessional.infra.websocket.socket_subscription import SocketSubscription
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import shared_scenario
from tests.infra.websocket.transports import open_transport

STALLED = 20
TRICKLING = 5
EVENTS = 1_000
SIZE = 20_000
"""Some 20 MB for each reader, of which none may wait for more than 1 MiB."""


async def trickle(line: socket.socket) -> None:
    """Read a little at a time, and slower than it comes."""
    line.setblocking(False)
    while True:
        await asyncio.get_running_loop().sock_recv(line, 512)
        await asyncio.sleep(0)


async def test_memory_for_stalled_and_slow_clients_is_bounded() -> None:
    execution = FakeExecution(size=SIZE)
    full: list[str] = []
    async with shared_scenario(execution) as scenario, AsyncExitStack() as stack:
        trickles: list[asyncio.Task[None]] = []
        for number in range(STALLED + TRICKLING):
            raw, _, theirs = await stack.enter_async_context(open_transport())
            buffer = RawSendBuffer(raw, partial(full.append, "full"))
            await scenario.join(SocketSubscription("w", buffer, lambda _: None), 0)
            if number >= STALLED:
                trickles.append(asyncio.create_task(trickle(theirs)))
        live = RecordingSink()
        await scenario.join(live, 0)

        tracemalloc.start()
        try:
            execution.record(EVENTS)
            await scenario.received_all(live, 0)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            for task in trickles:
                task.cancel()
            await asyncio.gather(*trickles, return_exceptions=True)

    assert full == ["full"] * (STALLED + TRICKLING)
    # A burst that is written while there is scenario, and what a group keeps, come on top.
    assert peak < 2 * (STALLED + TRICKLING) * BYTES_MAX
