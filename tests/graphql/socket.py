"""WebSocket client of the API (graphql-transport-ws), for tests."""

import asyncio
import json
import socket
from collections.abc import AsyncGenerator, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin, Subprotocol

PROTOCOL = "graphql-transport-ws"
WAIT_MAX_S = 30.0

Json = Any


class Socket:
    """One socket; pings are answered, everything else is for the test."""

    def __init__(self, connection: ClientConnection) -> None:
        self.connection = connection

    async def send(self, **message: Json) -> None:
        """Send a message."""
        await self.connection.send(json.dumps(message))

    async def receive(self) -> Json:
        """The next message that is not a ping; fails when none comes."""
        async with asyncio.timeout(WAIT_MAX_S):
            while True:
                message = json.loads(await self.connection.recv())
                if message["type"] != "ping":
                    return message
                await self.send(type="pong")

    async def introduce(self, token: str | None = None) -> Json:
        """Send ``connection_init``; returns the server's message."""
        payload = {} if token is None else {"Authorization": f"Bearer {token}"}
        await self.send(type="connection_init", payload=payload)
        ack = await self.receive()
        assert ack["type"] == "connection_ack", ack
        return ack["payload"]

    async def subscribe(self, id: str, query: str, **variables: Json) -> None:
        """Start an operation under an id."""
        await self.send(id=id, type="subscribe", payload={"query": query, "variables": variables})

    async def next(self, id: str) -> Json:
        """The next payload under an id, without errors."""
        message = await self.receive()
        assert (message["id"], message["type"]) == (id, "next"), message
        assert "errors" not in message["payload"], message
        return message["payload"]["data"]

    async def error(self, id: str) -> Json:
        """The errors that end the operation under an id."""
        message = await self.receive()
        assert (message["id"], message["type"]) == (id, "error"), message
        return message["payload"]

    def cut(self) -> None:
        """Cut the connection, without a close frame."""
        self.connection.transport.abort()

    async def closed(self) -> tuple[int, str]:
        """The code and the reason with which the server closes it; other messages are skipped."""
        async with asyncio.timeout(WAIT_MAX_S):
            with suppress(ConnectionClosed):
                while True:
                    await self.connection.recv()
        code, reason = self.connection.close_code, self.connection.close_reason
        assert code is not None
        return code, reason or ""


@asynccontextmanager
async def open_socket(
    url: str,
    *,
    protocol: str | None = PROTOCOL,
    origin: str | None = None,
    address: str = "127.0.0.1",
    headers: Mapping[str, str] | None = None,
    over: socket.socket | None = None,
) -> AsyncGenerator[Socket]:
    """A socket from an address after its handshake, before its ``connection_init``.

    It opens a connection, unless there is one that it goes ``over``.
    """
    protocols = None if protocol is None else [Subprotocol(protocol)]
    local: Any = {"local_addr": (address, 0)} if over is None else {"sock": over}
    async with connect(
        url.replace("http://", "ws://"),
        subprotocols=protocols,
        origin=None if origin is None else Origin(origin),
        **local,
        additional_headers=headers,
        max_size=None,
        # Messages that the test does not read must not keep the socket from being closed.
        max_queue=None,
        ping_interval=None,
        open_timeout=WAIT_MAX_S,
    ) as connection:
        yield Socket(connection)
