"""Bounded buffers of messages that wait to be written to one WebSocket.

SendBuffer
├── RawSendBuffer   writes frames to the transport, where the server exposes it (raw_frames.py)
└── AsgiSendBuffer  sends messages through ASGI, on any server
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from starlette.types import Send

from intersessional.infra.websocket.frames import text_frame
from intersessional.infra.websocket.raw_frames import RawFrames

BYTES_MAX = 1024 * 1024
MESSAGES_MAX = 4_096
MUCH_BYTES = 64 * 1024
"""Less than this is not counted at each message, but when the node checks its connections."""


Parts = tuple[bytes, ...]
"""A text message in UTF-8, in parts."""


class SendBuffer(Protocol):
    """Takes text messages and writes them in order.

    When it is full it closes, and calls ``on_full`` once. It takes one answer of any size, and
    small messages behind it.
    """

    @property
    def unsent_bytes(self) -> int:
        """The bytes that were not handed to the system."""
        ...

    def put(self, message: bytes) -> bool:
        """Take a message; False when the buffer is closed."""
        ...

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages that are written at once; False when the buffer is closed."""
        ...

    def close(self) -> None:
        """Take no further messages. The ones in the buffer are still written."""
        ...

    async def drain(self) -> None:
        """Wait until the buffer is low."""
        ...

    async def flush(self) -> None:
        """Wait until every message was handed to the transport or server."""
        ...

    def discard(self) -> None:
        """Drop unwritten messages: the client does not read them."""
        ...


class RawSendBuffer:
    """Writes frames to the transport, which buffers them."""

    def __init__(
        self, raw: RawFrames, on_full: Callable[[], None], *, bytes_max: int = BYTES_MAX
    ) -> None:
        """``bytes_max`` bounds the unsent bytes of the transport."""
        self._raw = raw
        self._on_full = on_full
        self._bytes_max = bytes_max
        self._answer_bytes = 0
        """Of the unsent bytes, those of an answer that is larger than the bound by itself."""
        self._open = True

    @property
    def unsent_bytes(self) -> int:
        """The bytes that were not handed to the system."""
        return self._raw.buffered

    def put(self, message: bytes) -> bool:
        """Take a message; False when the buffer is closed."""
        return self.put_all([(message,)])

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages, with one write to the transport."""
        buffered = self._raw.buffered
        if self._open and buffered > self._bytes_max and self._is_full(buffered, messages):
            self.close()
            self._on_full()
        if self._open:
            frames = b"".join([text_frame(*parts) for parts in messages])
            if buffered <= self._bytes_max:
                self._answer_bytes = len(frames) if len(frames) > self._bytes_max else 0
            self._raw.write(frames)
            if buffered > MUCH_BYTES:
                self._raw.note_unread()
        return self._open

    def _is_full(self, buffered: int, messages: Sequence[Parts]) -> bool:
        """Whether it is too much: behind one large answer there is room for small messages."""
        small = sum(len(part) for parts in messages for part in parts) <= MUCH_BYTES
        return not small or buffered > self._bytes_max + self._answer_bytes

    def close(self) -> None:
        """Take no further messages."""
        self._open = False

    async def drain(self) -> None:
        """Wait until the transport's buffer is low."""
        await self._raw.drain()

    async def flush(self) -> None:
        """Return at once: the transport has every message, in order."""

    def discard(self) -> None:
        """Abort the connection: a close frame would wait behind data that is never read."""
        self._raw.abort()


class AsgiSendBuffer:
    """Queues messages; its task ``run`` sends them one by one."""

    def __init__(
        self,
        send: Send,
        on_full: Callable[[], None],
        *,
        bytes_max: int = BYTES_MAX,
        messages_max: int = MESSAGES_MAX,
    ) -> None:
        """``bytes_max`` and ``messages_max`` bound the queue."""
        self._send = send
        self._on_full = on_full
        self._bytes_max = bytes_max
        self._messages_max = messages_max
        self._queue: deque[bytes] = deque()
        self._bytes = 0
        self._answer_bytes = 0
        """Of the bytes in the queue, those of an answer that is larger than the bound by itself."""
        self._open = True
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()
        self._emptied.set()

    @property
    def unsent_bytes(self) -> int:
        """The bytes that were not handed to the system."""
        return self._bytes

    def put(self, message: bytes) -> bool:
        """Take a message; False when the buffer is closed."""
        return self.put_all([(message,)])

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages; False when the buffer is closed."""
        size = sum(len(part) for parts in messages for part in parts)
        bytes_max = self._bytes_max + (self._answer_bytes if size <= MUCH_BYTES else 0)
        full = self._bytes > bytes_max or len(self._queue) >= self._messages_max
        if self._open and full:
            self.close()
            self._on_full()
        if self._open:
            if self._bytes <= self._bytes_max:
                self._answer_bytes = size if size > self._bytes_max else 0
            for parts in messages:
                message = b"".join(parts)
                self._queue.append(message)
                self._bytes += len(message)
            self._filled.set()
            self._emptied.clear()
        return self._open

    def close(self) -> None:
        """Take no further messages."""
        self._open = False

    async def drain(self) -> None:
        """Wait until the queue is empty."""
        await self._emptied.wait()

    async def flush(self) -> None:
        """Wait until the queue is empty."""
        await self._emptied.wait()

    def discard(self) -> None:
        """Drop unwritten messages."""
        self._queue.clear()

    async def run(self) -> None:
        """Send messages until cancelled."""
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._queue:
                message = self._queue.popleft()
                await self._send({"type": "websocket.send", "text": message.decode()})
                self._bytes -= len(message)
            self._emptied.set()
