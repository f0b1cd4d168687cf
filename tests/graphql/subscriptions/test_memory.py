"""Memory stays flat, whoever reads slowly or not at all."""

import asyncio
import socket
import tracemalloc
from contextlib import AsyncExitStack
from functools import partial

from intersessional.infra.websocket.send_buffer import BYTES_MAX, RawSendBuffer
from intersessional.infra.websocket.socket_subscription import SocketSubscription
from tests.graphql.subscriptions.groups import a_room
from tests.graphql.subscriptions.lines import a_line
from tests.graphql.subscriptions.script import Script, Watcher

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


async def test_what_waits_for_stalled_and_trickling_readers_is_bounded_in_all() -> None:
    script = Script(size=SIZE)
    full: list[str] = []
    async with a_room(script) as room, AsyncExitStack() as stack:
        trickles: list[asyncio.Task[None]] = []
        for number in range(STALLED + TRICKLING):
            raw, _, theirs = await stack.enter_async_context(a_line())
            outbox = RawSendBuffer(raw, partial(full.append, "full"))
            await room.join(SocketSubscription("w", outbox, lambda _: None), 0)
            if number >= STALLED:
                trickles.append(asyncio.create_task(trickle(theirs)))
        live = Watcher()
        await room.join(live, 0)

        tracemalloc.start()
        try:
            script.record(EVENTS)
            await room.all_seen(live, 0)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
            for task in trickles:
                task.cancel()
            await asyncio.gather(*trickles, return_exceptions=True)

    assert full == ["full"] * (STALLED + TRICKLING)
    # A burst that is written while there is room, and what a group keeps, come on top.
    assert peak < 2 * (STALLED + TRICKLING) * BYTES_MAX
