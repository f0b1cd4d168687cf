"""A process with many clients that count the messages they get, with little CPU time.

Usage: ``python -m bench.fanout.watchers URL COUNT MESSAGES_JSON``. For each line on standard input,
a number of messages, it prints when every watcher has had so many more, on the monotonic clock.
"""

import asyncio
import base64
import json
import os
import sys
import time
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import uvloop
from websockets.frames import Frame, Opcode

MARK = b'"next"'
"""A text that each counted message contains once."""


class Watcher(asyncio.Protocol):
    """One watcher: a handshake, a few messages, then only counting."""

    def __init__(self, crowd: "Crowd", handshake: bytes, messages: bytes) -> None:
        self._crowd = crowd
        self._handshake = handshake
        self._messages: bytes | None = messages
        self._before = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Ask for the protocol."""
        self._transport = cast("asyncio.Transport", transport)
        self._transport.write(self._handshake)

    def data_received(self, data: bytes) -> None:
        """Count the messages; one may be cut in two by how it travels."""
        if self._messages is not None:
            # A server may lose what comes together with the handshake.
            self._transport.write(self._messages)
            self._messages = None
            self._crowd.greeted += 1
        seen = self._before + data
        found = seen.count(MARK)
        self._before = seen[-len(MARK) + 1 :]
        if found:
            self._crowd.count(found)

    def connection_lost(self, exc: Exception | None) -> None:
        """Count a lost watcher: the figures are then wrong."""
        self._crowd.lost += 1


class Crowd:
    """All watchers of this process."""

    def __init__(self) -> None:
        self.total = 0
        self.lost = 0
        self.greeted = 0
        self._wanted = 0
        self._reached = asyncio.Event()

    def count(self, messages: int) -> None:
        """Count messages that a watcher got."""
        self.total += messages
        if self.total >= self._wanted:
            self._reached.set()

    async def until(self, total: int) -> float:
        """Wait until all watchers together got so many messages; the monotonic time of that."""
        self._wanted = total
        if self.total < total:
            self._reached.clear()
            async with asyncio.timeout(120):
                await self._reached.wait()
        return time.monotonic()


def handshake(url: str) -> bytes:
    """The request that begins a socket."""
    parts = urlsplit(url)
    key = base64.b64encode(os.urandom(16)).decode()
    return (
        f"GET {parts.path or '/'} HTTP/1.1\r\nHost: {parts.netloc}\r\nUpgrade: websocket\r\n"
        f"Connection: Upgrade\r\nSec-WebSocket-Key: {key}\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Protocol: graphql-transport-ws\r\n\r\n"
    ).encode()


def frames(messages: list[str]) -> bytes:
    """The first messages of a watcher, as one piece of bytes."""
    return b"".join(Frame(Opcode.TEXT, text.encode()).serialize(mask=True) for text in messages)


async def main(url: str, count: int, messages: list[str]) -> None:
    """Connect everyone, then count round after round."""
    loop, crowd = asyncio.get_running_loop(), Crowd()
    parts = urlsplit(url)
    assert parts.hostname is not None
    assert parts.port is not None
    for number in range(count):
        own = [text.replace("$ID", f"00000000-0000-4000-8000-{number:012d}") for text in messages]
        await loop.create_connection(
            partial(Watcher, crowd, handshake(url), frames(own)), parts.hostname, parts.port
        )
    async with asyncio.timeout(120):
        while crowd.greeted < count:  # noqa: ASYNC110  An event for each connection costs more.
            await asyncio.sleep(0.05)
    print("connected", flush=True)
    reader = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
    total = 0
    while line := await reader.readline():
        total += count * int(line)
        at = await crowd.until(total)
        assert not crowd.lost, f"{crowd.lost} watchers were lost"
        print(at, flush=True)


if __name__ == "__main__":
    uvloop.run(main(sys.argv[1], int(sys.argv[2]), json.loads(sys.argv[3])))
