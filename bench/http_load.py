"""Sends HTTP requests over a few connections as fast as they are answered.

A client of its own, because its work is part of what is measured on a small machine: it costs some
ten microseconds a request, a client library ten times that.
"""

import asyncio
import time
from collections.abc import Iterator, Sequence
from functools import partial
from typing import cast
from urllib.parse import urlsplit

_END = b"\r\n\r\n"
_LENGTH = b"content-length: "


class UnexpectedResponse(Exception):
    """An answer was not the one that is measured."""


def request(url: str, body: bytes, *headers: str) -> bytes:
    """The bytes of one POST request."""
    parts = urlsplit(url)
    lines = [
        f"POST {parts.path} HTTP/1.1",
        f"Host: {parts.netloc}",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(lines).encode() + _END + body


async def answer_all(url: str, queues: Sequence[Sequence[bytes]], expected: bytes) -> float:
    """Send each queue over a connection of its own, one after the other; answers the seconds.

    Raises UnexpectedResponse for an answer whose body does not hold what is expected.
    """
    parts = urlsplit(url)
    loop = asyncio.get_running_loop()
    connections: list[_Connection] = []
    for queue in queues:
        _, connection = await loop.create_connection(
            partial(_Connection, iter(queue), expected),
            parts.hostname or "127.0.0.1",
            parts.port or 80,
        )
        connections.append(connection)
    started = time.perf_counter()
    for connection in connections:
        connection.send_next()
    await asyncio.gather(*(connection.done for connection in connections))
    seconds = time.perf_counter() - started
    for connection in connections:
        connection.close()
    return seconds


class _Connection(asyncio.Protocol):
    """One request after the other."""

    def __init__(self, queue: Iterator[bytes], expected: bytes) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._queue = queue
        self._expected = expected
        self._buffer = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)

    def send_next(self) -> None:
        following = next(self._queue, None)
        if following is None:
            self.done.set_result(None)
        elif self._transport:
            self._transport.write(following)

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, end, body = self._buffer.partition(_END)
        if not end:
            return
        _, separator, rest = head.lower().partition(_LENGTH)
        if not separator or len(body) < int(rest.split(b"\r\n", 1)[0]):
            return
        self._buffer = b""
        # The first is asked because looking for a long text takes long even where it comes first.
        if body.startswith(self._expected) or self._expected in body:
            self.send_next()
        else:
            self.done.set_exception(UnexpectedResponse(body[:1_000].decode()))

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.done.done():
            self.done.set_exception(exc or UnexpectedResponse("the server closed the connection"))

    def close(self) -> None:
        if self._transport:
            self._transport.close()
