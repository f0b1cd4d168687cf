"""A TCP proxy before a server, whose connections a test can cut."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from urllib.parse import urlsplit


class TcpProxy:
    """Forwards connections to the server, both ways."""

    def __init__(self, server: str) -> None:
        """``server`` is the URL of the server."""
        self._server = urlsplit(server)
        self._ends: set[StreamWriter] = set()
        self.url = ""
        """The URL of the server through the proxy."""

    async def open(self) -> asyncio.Server:
        """Listen at an address of its own."""
        opened = await asyncio.start_server(self._join, "127.0.0.1", 0)
        port = opened.sockets[0].getsockname()[1]
        self.url = self._server._replace(netloc=f"127.0.0.1:{port}").geturl()
        return opened

    def cut(self) -> None:
        """Abort all connections; new ones are forwarded."""
        assert self._ends, "there is no connection to cut"
        self.end()

    def end(self) -> None:
        """Abort all connections."""
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
async def run_tcp_proxy(server: str) -> AsyncGenerator[TcpProxy]:
    """A proxy to this URL."""
    proxy = TcpProxy(server)
    async with await proxy.open():
        try:
            yield proxy
        finally:
            proxy.end()
