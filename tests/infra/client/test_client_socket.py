"""URLs of servers, and what may answer at them."""

import asyncio
from http import HTTPStatus

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from intersessional.infra.client.client_socket import open_socket, socket_url
from intersessional.infra.client.errors import ConnectionLost, ServerError


@pytest.mark.parametrize(
    ("url", "socket"),
    [
        ("http://127.0.0.1:8000/graphql", "ws://127.0.0.1:8000/graphql"),
        ("https://igf.example/", "wss://igf.example/graphql"),
        ("wss://igf.example", "wss://igf.example/graphql"),
        ("http://[::1]:80/api?a=b#c", "ws://[::1]:80/api?a=b"),
    ],
)
def test_socket_url_is_derived_from_the_api_url(url: str, socket: str) -> None:
    assert socket_url(url) == socket


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8000", "ftp://a", "http://", "http://a:x", "http://[a"]
)
def test_invalid_url_is_refused(url: str) -> None:
    with pytest.raises(ServerError, match="is written like http://127"):
        socket_url(url)


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (HTTPStatus.NOT_FOUND, ServerError),
        (HTTPStatus.FORBIDDEN, ServerError),
        (HTTPStatus.BAD_GATEWAY, ConnectionLost),
        (HTTPStatus.TOO_MANY_REQUESTS, ConnectionLost),
    ],
)
async def test_http_status_decides_whether_to_reconnect(
    status: HTTPStatus, kind: type[Exception]
) -> None:
    def answer(connection: ServerConnection, _: Request) -> Response:
        return connection.respond(status, "")

    async with serve(lambda _: asyncio.sleep(0), "127.0.0.1", 0, process_request=answer) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(kind, match=str(status.value)):
            async with open_socket(f"ws://127.0.0.1:{port}/graphql"):
                pass


async def test_other_subprotocol_of_the_server_is_refused() -> None:
    async with serve(lambda _: asyncio.sleep(0), "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ServerError, match="does not speak graphql-transport-ws"):
            async with open_socket(f"ws://127.0.0.1:{port}/graphql"):
                pass
