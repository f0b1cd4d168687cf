"""Gives an application access to the transport of a WebSocket: encoded frames, larger messages.

Only uvicorn's sans-I/O protocol does so, and only without compression, which is stateful for each
socket. Elsewhere the scope has no such extension, and the application sends through ASGI.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request
from websockets.protocol import Protocol

EXTENSION = "intersessional.raw_frames"

_UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class RawFrames:
    """The transport of one socket, after its handshake."""

    def __init__(
        self, transport: asyncio.Transport, writable: asyncio.Event, reader: Protocol
    ) -> None:
        """``writable`` is set while the transport's buffer is low."""
        self._transport = transport
        self._writable = writable
        self._reader = reader

    def allow_messages(self, bytes_max: int) -> None:
        """Allow the client to send messages of this size from now on."""
        self._reader.max_message_size = bytes_max

    def write(self, frame: bytes) -> None:
        """Write a frame, unless the transport is closing."""
        if not self._transport.is_closing():
            self._transport.write(frame)

    @property
    def buffered(self) -> int:
        """The number of bytes that wait in the transport's buffer."""
        return self._transport.get_write_buffer_size()

    async def drain(self) -> None:
        """Wait until the buffer is low."""
        await self._writable.wait()

    def abort(self) -> None:
        """Close at once; buffered data is lost."""
        self._transport.abort()


class RawFramesProtocol(WebSocketsSansIOProtocol):
    """uvicorn's protocol, which adds a RawFrames to the scope of each socket.

    A client that does not answer a ping is disconnected by an abort: a transport that is closed
    waits until its buffer is sent, for as long as TCP does.
    """

    def handle_connect(self, event: Request) -> None:
        """Start the handshake, and extend the scope."""
        super().handle_connect(event)
        scope: MutableMapping[str, Any] | None = getattr(self, "scope", None)
        if scope is not None and not self.conn.extensions:
            raw = RawFrames(self.transport, self.writable, self.conn)
            scope.setdefault("extensions", {})[EXTENSION] = raw

    def data_received(self, data: bytes) -> None:
        """Read data; an unreadable handshake closes the connection."""
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # uvicorn would wait for a handshake that never comes.
            self.transport.write(b"".join(self.conn.data_to_send()) or _UNREADABLE)
            self.transport.close()

    def keepalive_timeout(self) -> None:
        """Abort the connection of a client that has not answered a ping in time."""
        super().keepalive_timeout()
        self.transport.abort()


def raw_frames(scope: MutableMapping[str, Any]) -> RawFrames | None:
    """The RawFrames of a scope, if the server added one."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, RawFrames) else None
