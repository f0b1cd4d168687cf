"""Lends an application the transport under its socket, so that ready frames need no second look.

Only for uvicorn's sans-I/O protocol, and only without compression, which would be each socket's
own. Everywhere else the application finds nothing in its scope and sends as ASGI says.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

EXTENSION = "intersessional.raw_frames"

_UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class RawFrames:
    """The writing side of one socket, after its handshake."""

    def __init__(self, transport: asyncio.Transport, writable: asyncio.Event) -> None:
        """``writable`` is set while the transport's buffer is low."""
        self._transport = transport
        self._writable = writable

    def write(self, frame: bytes) -> None:
        """Write a whole frame after everything that was written before; nothing once it closes."""
        if not self._transport.is_closing():
            self._transport.write(frame)

    @property
    def buffered(self) -> int:
        """How many bytes the other side has not taken yet, beyond the kernel's own buffers."""
        return self._transport.get_write_buffer_size()

    async def drained(self) -> None:
        """Wait until the buffer is low."""
        await self._writable.wait()

    def abort(self) -> None:
        """Close at once; what is buffered is lost."""
        self._transport.abort()


class RawFramesProtocol(WebSocketsSansIOProtocol):
    """The server's protocol, which puts a RawFrames into each socket's scope.

    Whoever does not answer a ping is gone and is cut off: a transport that is merely closed waits,
    for as long as TCP does, until they have taken what is buffered.
    """

    def handle_connect(self, event: Request) -> None:
        """Begin the handshake."""
        super().handle_connect(event)
        scope: MutableMapping[str, Any] | None = getattr(self, "scope", None)
        if scope is not None and not self.conn.extensions:
            raw = RawFrames(self.transport, self.writable)
            scope.setdefault("extensions", {})[EXTENSION] = raw

    def data_received(self, data: bytes) -> None:
        """Read what came; a handshake that cannot be read ends the connection."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # Otherwise it would wait for one that never comes.
            self.transport.write(b"".join(self.conn.data_to_send()) or _UNREADABLE)
            self.transport.close()

    def keepalive_timeout(self) -> None:
        """Cut off whoever has not answered a ping in time."""
        super().keepalive_timeout()
        self.transport.abort()


def raw_frames(scope: MutableMapping[str, Any]) -> RawFrames | None:
    """The lent transport of a socket, where the server lends one."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, RawFrames) else None
