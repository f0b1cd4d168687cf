"""The bounded buffer of one stream of Server-Sent Events."""

import asyncio
from collections import deque
from collections.abc import Sequence

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.sse import sse_format
from intersessional.projections.kernel.epochs import PositionInEpoch

BYTES_MAX = 1024 * 1024
CHUNK_BYTES = 64 * 1024
RETRY_MS = 1_000
"""The time after which a browser reconnects when it has lost its stream."""


class SseBuffer:
    """The sink of a stream: buffers events; ends when the client reads too slowly."""

    def __init__(self, bytes_max: int = BYTES_MAX, budget: ByteBudget | None = None) -> None:
        """``bytes_max`` bounds the buffer, ``budget`` all buffers together."""
        self.ended = asyncio.Event()
        """Set when no event follows. Buffered events are still sent."""
        self.too_slow = False
        """Whether it ended because it was full: then buffered events are dropped."""
        self._bytes_max = bytes_max
        self._budget = budget or ByteBudget("streams of events", bytes_max)
        self._bytes = 0
        self._events: deque[bytes] = deque()
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()

    def start(self, position: PositionInEpoch) -> None:
        """Send the position after which events follow."""
        self.put(sse_format.start(position, RETRY_MS))

    def send(self, payloads: Sequence[Payload]) -> None:
        """Send a ``next`` event for each payload."""
        self.put(b"".join(map(_next_event, payloads)))

    def fail(self, body: bytes) -> None:
        """Send the errors, and end the stream."""
        self.put(sse_format.only_event(b'{"errors":%b}' % body))
        self.end()

    async def drain(self) -> None:
        """Wait until the buffer is empty or the stream ends."""
        while self._events and not self.ended.is_set():
            self._emptied.clear()
            await self._emptied.wait()

    def put(self, event: bytes) -> None:
        """Add an encoded event."""
        if self.ended.is_set():
            return
        if self._bytes > self._bytes_max:
            self.abort()
            return
        self._events.append(event)
        self._bytes += len(event)
        self._filled.set()
        if self._bytes > CHUNK_BYTES:
            self._budget.hold(self, self._bytes)

    def abort(self) -> None:
        """End, and drop what the client has not read."""
        self.too_slow = True
        self._events.clear()
        self.end()

    @property
    def unsent_bytes(self) -> int:
        """The bytes that were not taken yet."""
        return self._bytes

    @property
    def is_empty(self) -> bool:
        """Whether no event waits to be sent."""
        return not self._events

    def end(self) -> None:
        """Take no further events."""
        if self._bytes > CHUNK_BYTES:
            self._budget.hold(self, 0)
        self.ended.set()
        self._filled.set()
        self._emptied.set()

    async def take(self) -> bytes:
        """Remove and return the next events; empty when the stream has ended."""
        while not self._events and not self.ended.is_set():
            self._filled.clear()
            await self._filled.wait()
        chunk: list[bytes] = []
        size = 0
        while self._events and size < CHUNK_BYTES:
            chunk.append(self._events.popleft())
            size += len(chunk[-1])
        if self._bytes > CHUNK_BYTES:
            self._budget.hold(self, 0)
        self._bytes -= size
        if not self._events:
            self._emptied.set()
        return b"".join(chunk)


def _next_event(payload: Payload) -> bytes:
    position = PositionInEpoch(payload.position, payload.epoch)
    return sse_format.next_event(payload.body, position)
