"""A proxy before PostgreSQL that can lose a response."""

import asyncio
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from tempfile import TemporaryDirectory
from urllib.parse import parse_qs, quote, urlsplit

_SOCKET = ".s.PGSQL.5432"


class LossyProxy:
    """Forwards both ways until it loses a response and closes the connection."""

    def __init__(self, url: str) -> None:
        self._url = urlsplit(url)
        self._unanswered: bytes | None = None
        self.lost = 0
        """The number of lost responses."""

    def lose_answer_to(self, statement: bytes = b"") -> None:
        """Lose the response to the next statement that contains these bytes."""
        self._unanswered = statement

    async def connect(self, client: StreamReader, to_client: StreamWriter) -> None:
        """Serve one client until either side has gone."""
        server, to_server = await self._server()
        cut = asyncio.Event()

        async def ask() -> None:
            while data := await client.read(65_536):
                if self._unanswered is not None and self._unanswered in data:
                    self._unanswered = None
                    cut.set()
                to_server.write(data)

        async def answer() -> None:
            while data := await server.read(65_536):
                if cut.is_set():
                    self.lost += 1
                    return
                to_client.write(data)

        both = [asyncio.create_task(ask()), asyncio.create_task(answer())]
        await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        for one in both:
            one.cancel()
        await asyncio.gather(*both, return_exceptions=True)
        to_server.close()
        to_client.close()

    async def _server(self) -> tuple[StreamReader, StreamWriter]:
        [directory] = parse_qs(self._url.query).get("host", [""])
        if directory.startswith("/"):
            return await asyncio.open_unix_connection(f"{directory}/{_SOCKET}")
        return await asyncio.open_connection(self._url.hostname, self._url.port or 5432)


@asynccontextmanager
async def run_lossy_proxy(url: str) -> AsyncGenerator[tuple[str, LossyProxy]]:
    """A proxy to the server of this DSN, and the DSN through the proxy."""
    line = LossyProxy(url)
    user = urlsplit(url).netloc.rpartition("@")[0]
    # Not pytest's directory: the path of a socket must be short.
    with TemporaryDirectory(prefix="line-") as directory:
        through = urlsplit(url)._replace(netloc=f"{user}@", query=f"host={quote(directory)}")
        async with await asyncio.start_unix_server(line.connect, f"{directory}/{_SOCKET}"):
            yield through.geturl(), line
