"""A proxy before PostgreSQL that a test can partition, or take away."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import parse_qs, urlsplit, urlunsplit

from tests.ports import free_port


class DatabaseProxy:
    """Forwards connections to a server at an address of its own."""

    def __init__(self, server: str) -> None:
        """``server`` is the DSN of the server."""
        self._server = urlsplit(server)
        self._port = free_port()
        self._ends: set[StreamWriter] = set()
        self._forwards = asyncio.Event()
        self._forwards.set()
        self._listening: asyncio.Server | None = None
        self.accepted = 0
        """The connections that were accepted."""
        name = self._server.username or "postgres"
        secret = f":{self._server.password}" if self._server.password else ""
        netloc = f"{name}{secret}@127.0.0.1:{self._port}"
        self.url = urlunsplit(("postgresql", netloc, self._server.path, "", ""))
        """The DSN of the server through the proxy."""

    async def come(self) -> None:
        """Listen."""
        self._listening = await asyncio.start_server(self._join, "127.0.0.1", self._port)

    async def go_away(self) -> None:
        """Stop listening, and abort all connections."""
        assert self._listening
        self._listening.close()
        self._forwards.set()
        for end in tuple(self._ends):
            end.transport.abort()
        await self._listening.wait_closed()

    async def fail_over(self, server: str) -> None:
        """Forward to another server, with the database of the same name."""
        await self.go_away()
        self._server = urlsplit(server)
        await self.come()

    def partition(self) -> None:
        """Forward nothing any more; connections stay open, and new ones are accepted."""
        self._forwards.clear()

    def heal(self) -> None:
        """Forward again, what was sent meanwhile too."""
        self._forwards.set()

    async def _join(self, reader: StreamReader, writer: StreamWriter) -> None:
        self.accepted += 1
        self._ends.add(writer)
        try:
            there = await self._connect()
            self._ends.add(there[1])
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(self._pass_on(reader, there[1]))
                tasks.create_task(self._pass_on(there[0], writer))
            self._ends.discard(there[1])
        finally:
            self._ends.discard(writer)
            writer.close()

    async def _connect(self) -> tuple[StreamReader, StreamWriter]:
        [host] = parse_qs(self._server.query).get("host", [""])
        if host.startswith("/"):
            return await asyncio.open_unix_connection(Path(host) / ".s.PGSQL.5432")
        return await asyncio.open_connection(self._server.hostname, self._server.port or 5432)

    async def _pass_on(self, reader: StreamReader, writer: StreamWriter) -> None:
        with suppress(ConnectionError):
            while passing := await reader.read(64 * 1024):
                await self._forwards.wait()
                if writer.is_closing():
                    break
                writer.write(passing)
                await writer.drain()
        writer.close()


@asynccontextmanager
async def database_proxy(server: str) -> AsyncGenerator[DatabaseProxy]:
    """A proxy to this server."""
    proxy = DatabaseProxy(server)
    await proxy.come()
    try:
        yield proxy
    finally:
        await proxy.go_away()
