"""What waits to be written to one socket, up to a bound.

SendBuffer
├── RawSendBuffer   frames straight onto the transport, where the server lends it (raw_frames.py)
└── AsgiSendBuffer  messages through ASGI's ``send``, on any server
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


Parts = tuple[bytes, ...]
"""A text message, in pieces that are in UTF-8 together."""


class SendBuffer(Protocol):
    """Takes text messages and writes them in order.

    When more waits than may, it is shut and says so, once.
    """

    def put(self, message: bytes) -> bool:
        """Take a message; False when it is shut."""
        ...

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages that are written at once; False when it is shut."""
        ...

    def shut(self) -> None:
        """Take nothing more. What was taken is still written."""
        ...

    async def room(self) -> None:
        """Wait until what waits is little."""
        ...

    async def flush(self) -> None:
        """Wait until everything that was taken has been handed over."""
        ...

    def drop(self) -> None:
        """Forget what waits: whoever should have it never reads it."""
        ...


class RawSendBuffer:
    """Builds frames itself and hands them to the transport, which buffers them."""

    def __init__(
        self, raw: RawFrames, full: Callable[[], None], *, bytes_max: int = BYTES_MAX
    ) -> None:
        """``bytes_max`` bounds what the transport may hold unsent; ``full`` hears of it."""
        self._raw = raw
        self._full = full
        self._bytes_max = bytes_max
        self._open = True

    def put(self, message: bytes) -> bool:
        """Take a message; False when it is shut."""
        return self.put_all([(message,)])

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages, for which the operating system is asked once."""
        if self._open and self._raw.buffered > self._bytes_max:
            self.shut()
            self._full()
        if self._open:
            self._raw.write(b"".join([text_frame(*parts) for parts in messages]))
        return self._open

    def shut(self) -> None:
        """Take nothing more."""
        self._open = False

    async def room(self) -> None:
        """Wait until the transport asks for more."""
        await self._raw.drained()

    async def flush(self) -> None:
        """The transport has everything already, and keeps the order."""

    def drop(self) -> None:
        """Cut the connection: a close frame would wait behind what is never read."""
        self._raw.abort()


class AsgiSendBuffer:
    """Queues messages and sends them one by one; ``run`` is its task."""

    def __init__(
        self,
        send: Send,
        full: Callable[[], None],
        *,
        bytes_max: int = BYTES_MAX,
        messages_max: int = MESSAGES_MAX,
    ) -> None:
        """``bytes_max`` and ``messages_max`` bound what waits here; ``full`` hears of it."""
        self._send = send
        self._full = full
        self._bytes_max = bytes_max
        self._messages_max = messages_max
        self._waiting: deque[bytes] = deque()
        self._bytes = 0
        self._open = True
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()
        self._emptied.set()

    def put(self, message: bytes) -> bool:
        """Take a message; False when it is shut."""
        return self.put_all([(message,)])

    def put_all(self, messages: Sequence[Parts]) -> bool:
        """Take messages; False when it is shut."""
        over = self._bytes > self._bytes_max or len(self._waiting) >= self._messages_max
        if self._open and over:
            self.shut()
            self._full()
        if self._open:
            for parts in messages:
                message = b"".join(parts)
                self._waiting.append(message)
                self._bytes += len(message)
            self._filled.set()
            self._emptied.clear()
        return self._open

    def shut(self) -> None:
        """Take nothing more."""
        self._open = False

    async def room(self) -> None:
        """Wait until nothing waits."""
        await self._emptied.wait()

    async def flush(self) -> None:
        """Wait until everything was sent."""
        await self._emptied.wait()

    def drop(self) -> None:
        """Forget what waits."""
        self._waiting.clear()

    async def run(self) -> None:
        """Send what comes, until cancelled."""
        while True:
            await self._filled.wait()
            self._filled.clear()
            while self._waiting:
                message = self._waiting.popleft()
                await self._send({"type": "websocket.send", "text": message.decode()})
                self._bytes -= len(message)
            self._emptied.set()
