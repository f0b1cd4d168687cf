"""A server that stops, as its clients see it."""

import json
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from typing import Any

import httpx
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Subprotocol

from intersessional import __version__
from intersessional.infra.http.server.server import SOCKET_MESSAGE_BYTES_MAX
from intersessional.infra.settings_summary import without_password
from tests.journeys.live_server import Server, serving
from tests.recorded import Recorded

WATCH = {"query": "subscription { auditTrail { position } }"}


@asynccontextmanager
async def open_greeted_socket(server: Server) -> AsyncGenerator[ClientConnection]:
    url = server.url.replace("http", "ws")
    subprotocols = [Subprotocol("graphql-transport-ws")]
    async with connect(url, subprotocols=subprotocols, proxy=None, open_timeout=30) as socket:
        await socket.send(json.dumps({"type": "connection_init"}))
        assert json.loads(await socket.recv())["type"] == "connection_ack"
        yield socket


async def read_until_closed(socket: ClientConnection) -> tuple[list[Any], ConnectionClosed]:
    """The messages until the other side closes, and the close frame."""
    messages: list[Any] = []
    try:
        while True:
            messages.append(json.loads(await socket.recv()))
    except ConnectionClosed as closed:
        return messages, closed


async def test_subscribers_of_a_stopping_server_get_the_close_code_to_reconnect(
    recorded: Recorded,
) -> None:
    async with serving(recorded) as server, open_greeted_socket(server) as socket:
        await socket.send(json.dumps({"type": "subscribe", "id": "1", "payload": WATCH}))

        code = await server.end()

        messages, closed = await read_until_closed(socket)
        assert messages[-1]["payload"].keys() == {"reconnectInMs"}
        assert closed.rcvd is not None
        assert closed.rcvd.code == 1012
        assert code == 0
        started, ended = server.running.stderr().splitlines()
        assert f"intersessional {__version__} starts as process" in started
        assert f"DATABASE_URL={without_password(recorded.url)}" in started
        assert "intersessional ends after" in ended


async def test_message_that_is_too_large_ends_its_socket_only(
    recorded: Recorded,
) -> None:
    async with serving(recorded) as server:
        async with open_greeted_socket(server) as socket:
            await socket.send("x" * (SOCKET_MESSAGE_BYTES_MAX + 1))
            _, closed = await read_until_closed(socket)
        assert closed.rcvd is not None
        assert closed.rcvd.code == 1009

        async with httpx.AsyncClient(timeout=30, trust_env=False) as client:
            health = await client.get(server.url.replace("/graphql", "/health"))
        assert health.status_code == 200
        assert "server" not in health.headers
        assert "Traceback" not in server.running.stderr()
