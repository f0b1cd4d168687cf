"""What waits for one socket is bounded, and nothing that was taken is lost or out of order."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from intersessional.infra.websocket.send_buffer import AsgiSendBuffer, RawSendBuffer, SendBuffer
from tests.graphql.subscriptions.lines import a_line

WAIT_MAX_S = 30
MESSAGE = b"x" * 10_000
TAKES_MAX = 1_000
"""More than any bound here: what holds nothing back fails, and takes no memory."""


def fill(outbox: SendBuffer) -> int:
    """Put messages until it is shut; answers how many it took."""
    for taken in range(TAKES_MAX):
        if not outbox.put(MESSAGE):
            return taken
    raise AssertionError("It takes whatever comes.")


async def test_a_transport_holds_no_more_than_may_wait_and_one_message() -> None:
    told: list[str] = []
    async with a_line() as (raw, _, theirs):
        outbox = RawSendBuffer(raw, lambda: told.append("full"), bytes_max=100_000)

        taken = fill(outbox)

        assert told == ["full"]
        assert 100_000 < raw.buffered <= 100_000 + len(MESSAGE) + 10
        assert not outbox.put(b"more")
        assert told == ["full"]
        # Everything that was taken still goes out.
        reader, writer = await asyncio.open_connection(sock=theirs)
        async with asyncio.timeout(WAIT_MAX_S):
            await reader.readexactly(taken * (len(MESSAGE) + 4))
        writer.close()


async def test_who_catches_up_waits_for_room() -> None:
    async with a_line() as (raw, _, theirs):
        outbox = RawSendBuffer(raw, lambda: None)
        while raw.buffered < 200_000:
            outbox.put(MESSAGE)
        waiting = asyncio.create_task(outbox.drain())
        await asyncio.sleep(0)
        assert not waiting.done()

        theirs.setblocking(False)
        async with asyncio.timeout(WAIT_MAX_S):
            while not waiting.done():
                await asyncio.get_running_loop().sock_recv(theirs, 65_536)
                await asyncio.sleep(0)


async def test_what_is_never_read_is_cut_off() -> None:
    async with a_line() as (raw, line, _):
        outbox = RawSendBuffer(raw, lambda: None, bytes_max=100_000)
        fill(outbox)

        outbox.discard()

        async with asyncio.timeout(WAIT_MAX_S):
            await line.lost.wait()
        assert raw.buffered == 0


class Sending:
    """An ASGI server that takes a message when it is told to."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.sent: list[str] = []

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        await self.open.wait()
        self.sent.append(message["text"])


async def test_a_queue_holds_no_more_than_may_wait_and_keeps_the_order() -> None:
    told: list[str] = []
    send = Sending()
    outbox = AsgiSendBuffer(send, lambda: told.append("full"), bytes_max=1_000, messages_max=50)
    running = asyncio.create_task(outbox.run())

    taken = 0
    while taken < TAKES_MAX and outbox.put_all([(b'{"n":', b"%d" % taken, b"}")]):
        taken += 1
        await asyncio.sleep(0)

    # One of them is on its way already.
    assert taken == 51
    assert told == ["full"]
    assert not outbox.put(b"more")
    send.open.set()
    async with asyncio.timeout(WAIT_MAX_S):
        await outbox.flush()
    running.cancel()
    assert send.sent == [f'{{"n":{number}}}' for number in range(51)]
    assert told == ["full"]


async def test_a_queue_of_large_messages_is_bounded_by_their_size() -> None:
    outbox = AsgiSendBuffer(Sending(), lambda: None, bytes_max=25_000, messages_max=1_000)

    taken = sum(outbox.put(MESSAGE) for _ in range(10))

    assert taken == 3


async def test_room_is_made_when_everything_was_sent() -> None:
    send = Sending()
    outbox = AsgiSendBuffer(send, lambda: None)
    running = asyncio.create_task(outbox.run())
    outbox.put(b"1")
    waiting = asyncio.create_task(outbox.drain())
    await asyncio.sleep(0)
    assert not waiting.done()

    send.open.set()

    async with asyncio.timeout(WAIT_MAX_S):
        await waiting
    running.cancel()
    assert send.sent == ["1"]
