"""A TCP connection to the server, below an HTTP client."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from tests.graphql.server import WAIT_MAX_S, Server


class RawConnection:
    """A connection that sends the given bytes unchanged."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def send(self, *lines: str, body: bytes = b"") -> None:
        """Send the beginning of a request, and of its body as much as is given."""
        self._writer.write("\r\n".join((*lines, "Host: here", "", "")).encode() + body)
        await self._writer.drain()

    async def write(self, more: bytes) -> None:
        """Send more of a body."""
        self._writer.write(more)
        await self._writer.drain()

    async def receive(self) -> tuple[int, dict[str, str], bytes]:
        """The next answer: its status, its headers, its body."""
        async with asyncio.timeout(WAIT_MAX_S):
            lines = (await self._reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = dict(line.lower().split(": ", 1) for line in lines[1:] if line)
            length = int(headers.get("content-length", 0))
            return int(lines[0].split()[1]), headers, await self._reader.readexactly(length)

    async def ended(self) -> bool:
        """Whether the server ends the connection and sends nothing more."""
        async with asyncio.timeout(WAIT_MAX_S):
            return await self._reader.read() == b""


@asynccontextmanager
async def open_raw_connection(server: Server) -> AsyncGenerator[RawConnection]:
    """A connection to the server, which is closed in the end."""
    async with open_raw_connection_to(server.url) as connection:
        yield connection


@asynccontextmanager
async def open_raw_connection_to(url: str) -> AsyncGenerator[RawConnection]:
    """A connection to the server of a URL, which is closed in the end."""
    at = urlsplit(url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    try:
        yield RawConnection(reader, writer)
    finally:
        writer.close()
