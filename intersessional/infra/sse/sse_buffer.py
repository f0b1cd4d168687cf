"""What waits to be sent to one reader of events, up to a bound."""

import asyncio
from collections import deque
from collections.abc import Sequence

from intersessional.graphql.subscriptions.membership import Membership
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.infra.sse import sse_format

BYTES_MAX = 1024 * 1024
CHUNK_BYTES = 64 * 1024
RETRY_MS = 1_000
"""How soon a browser comes back that lost its stream."""


class SseBuffer:
    """Takes payloads as events; a reader who cannot follow is let go, and comes back."""

    def __init__(self, bytes_max: int = BYTES_MAX) -> None:
        """``bytes_max`` bounds what waits."""
        self.ended = asyncio.Event()
        """Nothing more comes. What was taken still goes out."""
        self.too_slow = False
        """Whether it ended because its reader cannot follow: then nothing more goes out."""
        self.seat: Membership | None = None
        self._bytes_max = bytes_max
        self._bytes = 0
        self._waiting: deque[bytes] = deque()
        self._moved = asyncio.Event()
        self._emptied = asyncio.Event()

    def begin(self, position: int) -> None:
        """Everything after this position is to come."""
        self.put(sse_format.beginning(position, RETRY_MS))

    def next(self, payloads: Sequence[Payload]) -> None:
        """Take the next payloads."""
        self.put(b"".join(sse_format.next_event(one.body, one.position) for one in payloads))

    def failed(self, body: bytes) -> None:
        """Take the errors that end the operation."""
        self.put(sse_format.only_event(b'{"errors":%b}' % body))
        self.end()

    async def room(self) -> None:
        """Wait until everything was handed over."""
        while self._waiting and not self.ended.is_set():
            self._emptied.clear()
            await self._emptied.wait()

    def put(self, event: bytes) -> None:
        """Take what is to be sent, as it is sent."""
        if self.ended.is_set():
            return
        if self._bytes > self._bytes_max:
            self.too_slow = True
            self._waiting.clear()
            self.end()
            return
        self._waiting.append(event)
        self._bytes += len(event)
        self._moved.set()

    def beat(self, head: int) -> None:
        """Give a sign of life, where nothing else waits, which is one."""
        if not self._waiting:
            passed = None if self.seat is None else self.seat.passed
            self.put(sse_format.heartbeat(head, passed))

    def restart(self, reconnect_ms: int) -> None:
        """End because the server does; tell when to come back."""
        self.put(sse_format.retry(reconnect_ms))
        self.end()

    def end(self) -> None:
        """Take nothing more."""
        self.ended.set()
        self._moved.set()
        self._emptied.set()

    async def taken(self) -> bytes:
        """The next events, as soon as there are some; nothing when nothing comes any more."""
        while not self._waiting and not self.ended.is_set():
            self._moved.clear()
            await self._moved.wait()
        chunk: list[bytes] = []
        size = 0
        while self._waiting and size < CHUNK_BYTES:
            chunk.append(self._waiting.popleft())
            size += len(chunk[-1])
        self._bytes -= size
        if not self._waiting:
            self._emptied.set()
        return b"".join(chunk)
