"""Transports whose other end reads only when a test does."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from websockets.protocol import SERVER, Protocol

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.open_connection import OpenConnection
from intersessional.infra.websocket.raw_frames import RawFrames


class TransportEnd(asyncio.Protocol):
    """The server's end of a connection."""

    def __init__(self) -> None:
        self.writable = asyncio.Event()
        self.writable.set()
        self.lost = asyncio.Event()

    def pause_writing(self) -> None:
        self.writable.clear()

    def resume_writing(self) -> None:
        self.writable.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set()


@asynccontextmanager
async def open_transport() -> AsyncGenerator[tuple[RawFrames, TransportEnd, socket.socket]]:
    """A connection whose other end reads only when the test does."""
    ours, theirs = socket.socketpair()
    with theirs:
        transport, line = await asyncio.get_running_loop().connect_accepted_socket(
            TransportEnd, ours
        )
        try:
            connection = OpenConnection(transport, ByteBudget("answers", 10**9))
            yield RawFrames(connection, line.writable, Protocol(SERVER)), line, theirs
        finally:
            transport.abort()
