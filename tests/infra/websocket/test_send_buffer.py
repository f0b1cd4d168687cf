"""Send buffers are bounded, keep the order and lose nothing that they took."""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from intersessional.infra.websocket.send_buffer import AsgiSendBuffer, RawSendBuffer, SendBuffer
from tests.infra.websocket.transports import open_transport

WAIT_MAX_S = 30
MESSAGE = b"x" * 10_000
TAKES_MAX = 1_000
"""More than any bound here: what holds nothing back fails, and takes no memory."""


def fill(buffer: SendBuffer) -> int:
    """Put messages until it is shut; answers how many it took."""
    for taken in range(TAKES_MAX):
        if not buffer.put(MESSAGE):
            return taken
    raise AssertionError("The buffer has no bound.")


async def test_raw_send_buffer_is_bounded() -> None:
    received: list[str] = []
    async with open_transport() as (raw, _, theirs):
        buffer = RawSendBuffer(raw, lambda: received.append("full"), bytes_max=100_000)

        taken = fill(buffer)

        assert received == ["full"]
        assert 100_000 < raw.buffered <= 100_000 + len(MESSAGE) + 10
        assert not buffer.put(b"more")
        assert received == ["full"]
        # Everything that was taken still goes out.
        reader, writer = await asyncio.open_connection(sock=theirs)
        async with asyncio.timeout(WAIT_MAX_S):
            await reader.readexactly(taken * (len(MESSAGE) + 4))
        writer.close()


async def test_drain_waits_until_the_transport_is_low() -> None:
    async with open_transport() as (raw, _, theirs):
        buffer = RawSendBuffer(raw, lambda: None)
        while raw.buffered < 200_000:
            buffer.put(MESSAGE)
        waiting = asyncio.create_task(buffer.drain())
        await asyncio.sleep(0)
        assert not waiting.done()

        theirs.setblocking(False)
        async with asyncio.timeout(WAIT_MAX_S):
            while not waiting.done():
                await asyncio.get_running_loop().sock_recv(theirs, 65_536)
                await asyncio.sleep(0)


async def test_discard_aborts_the_connection() -> None:
    async with open_transport() as (raw, line, _):
        buffer = RawSendBuffer(raw, lambda: None, bytes_max=100_000)
        fill(buffer)

        buffer.discard()

        async with asyncio.timeout(WAIT_MAX_S):
            await line.lost.wait()
        assert raw.buffered == 0


class GatedSend:
    """An ASGI server that accepts messages once ``open`` is set."""

    def __init__(self) -> None:
        self.open = asyncio.Event()
        self.sent: list[str] = []

    async def __call__(self, message: MutableMapping[str, Any]) -> None:
        await self.open.wait()
        self.sent.append(message["text"])


async def test_asgi_send_buffer_is_bounded_and_keeps_the_order() -> None:
    received: list[str] = []
    send = GatedSend()
    buffer = AsgiSendBuffer(send, lambda: received.append("full"), bytes_max=1_000, messages_max=50)
    running = asyncio.create_task(buffer.run())

    taken = 0
    while taken < TAKES_MAX and buffer.put_all([(b'{"n":', b"%d" % taken, b"}")]):
        taken += 1
        await asyncio.sleep(0)

    # One of them is on its way already.
    assert taken == 51
    assert received == ["full"]
    assert not buffer.put(b"more")
    send.open.set()
    async with asyncio.timeout(WAIT_MAX_S):
        await buffer.flush()
    running.cancel()
    assert send.sent == [f'{{"n":{number}}}' for number in range(51)]
    assert received == ["full"]


async def test_asgi_send_buffer_is_bounded_in_bytes() -> None:
    buffer = AsgiSendBuffer(GatedSend(), lambda: None, bytes_max=25_000, messages_max=1_000)

    taken = sum(buffer.put(MESSAGE) for _ in range(10))

    assert taken == 3


ANSWER = b"x" * 300_000
COMPLETE = b'{"type":"complete","id":"1"}'


async def test_raw_send_buffer_takes_an_answer_of_any_size_and_its_end_but_no_second() -> None:
    async with open_transport() as (raw, _, _):
        received: list[str] = []
        buffer = RawSendBuffer(raw, lambda: received.append("full"), bytes_max=10_000)

        assert buffer.put(ANSWER)
        assert buffer.put(COMPLETE)
        assert not buffer.put(ANSWER)
        assert received == ["full"]


async def test_small_messages_behind_an_answer_are_bounded() -> None:
    async with open_transport() as (raw, _, _):
        buffer = RawSendBuffer(raw, lambda: None, bytes_max=100_000)
        buffer.put(ANSWER)

        fill(buffer)

        assert raw.buffered <= 100_000 + len(ANSWER) + len(MESSAGE) + 20


async def test_asgi_send_buffer_takes_an_answer_of_any_size_and_its_end_but_no_second() -> None:
    buffer = AsgiSendBuffer(GatedSend(), lambda: None, bytes_max=10_000, messages_max=1_000)

    assert [buffer.put(one) for one in (ANSWER, COMPLETE, ANSWER)] == [True, True, False]


async def test_asgi_drain_returns_when_the_queue_is_empty() -> None:
    send = GatedSend()
    buffer = AsgiSendBuffer(send, lambda: None)
    running = asyncio.create_task(buffer.run())
    buffer.put(b"1")
    waiting = asyncio.create_task(buffer.drain())
    await asyncio.sleep(0)
    assert not waiting.done()

    send.open.set()

    async with asyncio.timeout(WAIT_MAX_S):
        await waiting
    running.cancel()
    assert send.sent == ["1"]
