"""A line to a server, which can be cut while both ends are well."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class Line:
    """What is sent to its address goes to the server, and back."""

    def __init__(self, server: str) -> None:
        """``server`` is the URL that it leads to."""
        self._server = urlsplit(server)
        self._ends: set[StreamWriter] = set()
        self.url = ""
        """Where a client finds the server, as long as nothing is cut."""

    async def open(self) -> asyncio.Server:
        """Be there, at an address of its own."""
        opened = await asyncio.start_server(self._join, "127.0.0.1", 0)
        port = opened.sockets[0].getsockname()[1]
        self.url = self._server._replace(netloc=f"127.0.0.1:{port}").geturl()
        return opened

    def cut(self) -> None:
        """Cut everyone off, without a word; whoever comes back is let through."""
        assert self._ends, "nobody is there to be cut off"
        self.end()

    def end(self) -> None:
        """Let nobody stay."""
        for end in self._ends:
            end.transport.abort()

    async def _join(self, reader: StreamReader, writer: StreamWriter) -> None:
        there = await asyncio.open_connection(self._server.hostname, self._server.port)
        ends = {writer, there[1]}
        self._ends |= ends
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(_pass_on(reader, there[1]))
                tasks.create_task(_pass_on(there[0], writer))
        finally:
            self._ends -= ends


async def _pass_on(reader: StreamReader, writer: StreamWriter) -> None:
    with suppress(ConnectionError):
        while passing := await reader.read(64 * 1024):
            writer.write(passing)
            await writer.drain()
    writer.close()


@asynccontextmanager
async def a_line(server: str) -> AsyncGenerator[Line]:
    """A line to this URL."""
    line = Line(server)
    async with await line.open():
        try:
            yield line
        finally:
            line.end()
