"""Gives an application access to the transport of a WebSocket: encoded frames, larger messages.

Only uvicorn's sans-I/O protocol does so, and only without compression, which is stateful for each
socket. Elsewhere the scope has no such extension, and the application sends through ASGI.
"""

import asyncio
from collections.abc import MutableMapping
from typing import Any, cast

from uvicorn._types import ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.frames import Frame
from websockets.http11 import Request
from websockets.protocol import Protocol, State

from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.connections.server_config import ServerConfig
from intersessional.infra.websocket.frame_reader import FrameReader

EXTENSION = "intersessional.raw_frames"

TOO_MANY_FRAMES = 1008
"""Close code (policy violation) for a client that sends too many frames without a message."""

_UNREADABLE = b"HTTP/1.1 400 Bad Request\r\nconnection: close\r\ncontent-length: 0\r\n\r\n"


class RawFrames:
    """The transport of one socket, after its handshake."""

    def __init__(
        self, connection: OpenConnection, writable: asyncio.Event, reader: Protocol
    ) -> None:
        """``writable`` is set while the transport's buffer is low."""
        self._connection = connection
        self._transport = connection.transport
        self._writable = writable
        self._reader = reader

    def allow_messages(self, bytes_max: int) -> None:
        """Allow the client to send messages of this size from now on."""
        self._reader.max_message_size = bytes_max

    def write(self, frame: bytes) -> None:
        """Write a frame, unless the transport is closing."""
        if not self._transport.is_closing():
            self._transport.write(frame)

    def note_unread(self) -> None:
        """Count what waits in the transport's buffer, where it is much."""
        self._connection.writing_paused()

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
    """uvicorn's protocol, which reads a few frames a turn, and adds a RawFrames to the scope.

    A client that does not answer a ping is disconnected by an abort: a transport that is closed
    waits until its buffer is sent, for as long as TCP does.
    """

    _frames: FrameReader

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin to read frames."""
        super().connection_made(transport)
        self._open_connections = cast("ServerConfig", self.config).connections
        self._connection = self._open_connections.find(self.transport)
        self._frames = FrameReader(self, self._connection, self._open_connections.messages)

    def connection_lost(self, exc: Exception | None) -> None:
        """Drop what was received."""
        self._frames.close()
        self._open_connections.remove(self._connection)
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Many bytes wait for the client."""
        self._connection.writing_paused()
        super().pause_writing()

    def resume_writing(self) -> None:
        """The client has read."""
        self._connection.reads()
        super().resume_writing()

    def handle_pong(self, event: Frame) -> None:
        """Note a client's answer to a ping: it has read everything before. Others say nothing."""
        was_awaited = self.pending_ping_payload is not None
        super().handle_pong(event)
        if was_awaited and self.pending_ping_payload is None:
            self._connection.reads()

    def handle_connect(self, event: Request) -> None:
        """Start the handshake, and extend the scope."""
        super().handle_connect(event)
        scope: MutableMapping[str, Any] | None = getattr(self, "scope", None)
        if scope is not None and not self.conn.extensions:
            raw = RawFrames(self._connection, self.writable, self.conn)
            scope.setdefault("extensions", {})[EXTENSION] = raw

    def data_received(self, data: bytes) -> None:
        """Read frames; before them the handshake, which closes the connection if unreadable."""
        if self.handshake_initiated:
            if self.handshake_complete:
                self._frames.receive(data)
            else:
                # A client waits for the answer (RFC 6455 §4.1); uvicorn fails at frames before it.
                self.transport.abort()
            return
        super().data_received(data)
        if self.conn.handshake_exc is not None and not self.handshake_initiated:
            # uvicorn would wait for a handshake that never comes.
            self.transport.write(b"".join(self.conn.data_to_send()) or _UNREADABLE)
            self.transport.close()

    @property
    def unfinished_bytes(self) -> int:
        """The bytes of the message and frame that were taken so far."""
        return (self.conn.current_size or 0) + len(self.conn.reader.buffer)

    def take(self, part: bytes) -> bool:
        """Take a frame or a part of one; whether a message waits for the application now."""
        super().data_received(part)
        return self.read_paused

    def takes_messages(self) -> bool:
        """Whether messages still reach the application."""
        return not self.close_sent

    def close_flooded(self) -> None:
        """Close the socket: the client sends too many frames."""
        if self.conn.state is State.OPEN:
            self.conn.fail(TOO_MANY_FRAMES, "Too many frames.")
            self.handle_parser_exception()
        else:
            self.transport.abort()

    async def receive(self) -> ASGIReceiveEvent:
        """The next message; the one after it is not read before it is asked for."""
        self._read_next_message()
        return await self.queue.get()

    async def send(self, message: ASGISendEvent) -> None:
        """Send a message; after a close frame, read on until the client's."""
        await super().send(message)
        if self.close_sent:
            # uvicorn would log each handshake that is refused as an error of the application.
            self.handshake_complete = True
            self._read_next_message()

    def _read_next_message(self) -> None:
        self.read_paused = False
        self._frames.read_next_message()

    def keepalive_timeout(self) -> None:
        """Abort the connection of a client that has not answered a ping in time.

        Not where the node has not read on: the answer may wait behind the client's own messages.
        """
        if self._frames.is_behind and self.ping_timeout is not None:
            self.pong_timer = self.loop.call_later(self.ping_timeout, self.keepalive_timeout)
            return
        super().keepalive_timeout()
        self.transport.abort()


def raw_frames(scope: MutableMapping[str, Any]) -> RawFrames | None:
    """The RawFrames of a scope, if the server added one."""
    found = scope.get("extensions", {}).get(EXTENSION)
    return found if isinstance(found, RawFrames) else None
