"""An application that sends back what it was sent, on the server of the product."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field

from starlette.types import ASGIApp, Receive, Scope, Send

from intersessional.infra.connections.open_connections import OpenConnections
from intersessional.infra.http.middleware.refusals import Refusals
from intersessional.infra.http.server.listener import listen
from intersessional.infra.http.server.server import config
from tests.graphql.server import WAIT_MAX_S, Uvicorn


@dataclass
class EchoServer:
    """A running server, and the requests that its application was called with."""

    port: int
    connections: OpenConnections
    requests: list[str] = field(default_factory=list[str])

    @asynccontextmanager
    async def connection(
        self,
    ) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
        """A connection, which is closed in the end."""
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        try:
            yield reader, writer
        finally:
            writer.close()

    async def until_open(self, count: int) -> None:
        """Wait until so many connections are open."""
        async with asyncio.timeout(WAIT_MAX_S):
            while len(self.connections) != count:  # noqa: ASYNC110  Connections ring no bell.
                await asyncio.sleep(0.01)

    async def answers(self, *parts: bytes) -> list[bytes]:
        """The answers to what is sent, until the server closes; each a status and a body."""
        async with self.connection() as (reader, writer), asyncio.timeout(WAIT_MAX_S):
            # The server may close before everything was sent.
            with suppress(ConnectionError):
                for part in parts:
                    writer.write(part)
                    await writer.drain()
                    await asyncio.sleep(0)
            received = b""
            with suppress(ConnectionError):
                while more := await reader.read(65_536):
                    received += more
        return split_answers(received)


def split_answers(received: bytes) -> list[bytes]:
    """The answers among the bytes that a server sent, without those that say ``Continue``."""
    answers: list[bytes] = []
    while received:
        head, _, received = received.partition(b"\r\n\r\n")
        status, *lines = head.split(b"\r\n")
        if status.startswith(b"HTTP/1.1 100"):
            continue
        headers = dict(line.lower().split(b": ", 1) for line in lines)
        length = int(headers.get(b"content-length", b"0"))
        answers.append(status.split()[1] + b" " + received[:length])
        received = received[length:]
    return answers


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the body of the request; to a socket, with its first message."""
    if scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.accept"})
        message = await receive()
        await send({"type": "websocket.send", "text": message.get("text") or ""})
        await send({"type": "websocket.close"})
        return
    body, more = b"", True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        body += message["body"]
        more = message["more_body"]
    headers = [(b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body})


@asynccontextmanager
async def open_echo_server(app: ASGIApp = echo) -> AsyncGenerator[EchoServer]:
    """A server of the echo, or of another application, on a free port."""
    listener = listen("127.0.0.1", 0)
    connections = OpenConnections(open_max=1_000, address_max=1_000)
    server = EchoServer(port=listener.getsockname()[1], connections=connections)
    inner = Refusals(app)

    async def noting(scope: Scope, receive: Receive, send: Send) -> None:
        server.requests.append(f"{scope.get('method', 'socket')} {scope['path']}")
        await inner(scope, receive, send)

    uvicorn = Uvicorn(config(noting, connections))
    running = asyncio.create_task(uvicorn.serve(sockets=[listener]))
    try:
        async with asyncio.timeout(WAIT_MAX_S):
            await uvicorn.ready.wait()
        yield server
    finally:
        uvicorn.should_exit = True
        async with asyncio.timeout(WAIT_MAX_S):
            await running
