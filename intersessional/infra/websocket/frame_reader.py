"""Reads the frames of one WebSocket, a few in each turn of the event loop.

A read from the network may hold 40,000 empty frames, which the parser would take in one piece while
no other connection is served.
"""

import asyncio
from typing import Protocol

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.rate_limits.token_bucket import TokenBucket
from intersessional.infra.websocket.frames import frame_size, is_entire_message

FRAMES_PER_TURN = 16
"""Frames of one socket that are read before other tasks get a turn."""
SHORT_FRAME_BYTES = 1_024
"""Smaller frames are counted; the bytes of larger ones are bounded."""
FRAMES_BURST, FRAMES_PER_S = 100, 10.0
"""Control frames and short fragments that a client may send, at once and in the long run."""
MESSAGES_BURST, MESSAGES_PER_S = 200, 100.0
"""Messages that are read, at once and in the long run; further ones wait."""


class FrameTarget(Protocol):
    """The protocol that takes the frames of a socket."""

    @property
    def unfinished_bytes(self) -> int:
        """The bytes of the message and frame that were taken so far."""
        ...

    def take(self, part: bytes) -> bool:
        """Take a frame or a part of one; whether a message waits for the application now."""
        ...

    def takes_messages(self) -> bool:
        """Whether messages still reach the application."""
        ...

    def close_flooded(self) -> None:
        """Close the socket: the client sends too many frames."""
        ...


class FrameReader:
    """Holds what was received until it is its turn; reading from the network pauses meanwhile."""

    def __init__(self, target: FrameTarget, connection: OpenConnection, budget: ByteBudget) -> None:
        """``budget`` bounds the received messages in memory, those of all sockets together."""
        self._target = target
        self._connection = connection
        self._transport = connection.transport
        self._budget = budget
        self._loop = asyncio.get_running_loop()
        self._frames = TokenBucket(burst=FRAMES_BURST, per_s=FRAMES_PER_S)
        self._messages = TokenBucket(burst=MESSAGES_BURST, per_s=MESSAGES_PER_S)
        self._received = bytearray()
        self._left = 0
        """Bytes of the present frame that were not taken yet."""
        self._waiting_bytes = 0
        """Bytes of the message that waits for the application."""
        self._held = 0
        self._turn: asyncio.Handle | None = None

    @property
    def is_behind(self) -> bool:
        """Whether what was received waits here, and with it all that the client sent since."""
        return self._waiting_bytes > 0 or self._turn is not None

    def receive(self, data: bytes) -> None:
        """Read data, now or in later turns."""
        self._received += data
        if self._turn is None and not self._waiting_bytes:
            self._read()
        else:
            self._transport.pause_reading()

    def read_next_message(self) -> None:
        """Read on: the application is ready for the next message."""
        if self._waiting_bytes:
            self._waiting_bytes = 0
            self._turn = self._loop.call_later(self._messages.take(self._loop.time()), self._read)

    def close(self) -> None:
        """Read nothing more, and hold nothing."""
        if self._turn is not None:
            self._turn.cancel()
        self._received.clear()
        self._note_held(0)

    def _read(self) -> None:
        self._turn = None
        for _ in range(FRAMES_PER_TURN):
            if not self._begin_frame():
                break
            part = bytes(self._received[: self._left])
            del self._received[: len(part)]
            self._left -= len(part)
            taken = self._target.unfinished_bytes + len(part)
            if self._target.take(part):
                self._waiting_bytes = taken
                break
        else:
            self._transport.pause_reading()
            self._turn = self._loop.call_soon(self._read)
        if self._turn is None and not self._waiting_bytes and not self._transport.is_closing():
            self._transport.resume_reading()
        self._note_held(len(self._received) + self._target.unfinished_bytes + self._waiting_bytes)

    def _begin_frame(self) -> bool:
        """Whether bytes of a frame were received; a frame that begins is counted."""
        if self._transport.is_closing():
            return False
        if self._left:
            return bool(self._received)
        size = frame_size(self._received)
        if size is None:
            return False
        is_message = is_entire_message(self._received) and self._target.takes_messages()
        is_counted = not is_message and size < SHORT_FRAME_BYTES
        if is_counted and self._frames.take(self._loop.time()):
            self._target.close_flooded()
            return False
        self._left = size
        return True

    def _note_held(self, size: int) -> None:
        if size or self._held:
            self._held = size
            self._budget.hold(self._connection, size)
