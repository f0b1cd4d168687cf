"""A client's address is not the client's word: only trusted proxies are believed."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack

import pytest
import pytest_asyncio
from websockets.exceptions import ConnectionClosed, InvalidStatus

from intersessional.infra.http.server.proxy_header import SIGNATURE
from tests.graphql.server import Server, serving
from tests.graphql.socket import Socket, open_socket
from tests.hostile.unread_connection import open_unread, receive_all, send, until_open
from tests.infra.http.http_requests import QUERY, ask

pytestmark = pytest.mark.asyncio(loop_scope="session")

OVER_HTTPS = {"X-Forwarded-Proto": "https"}


@pytest_asyncio.fixture(loop_scope="session")
async def behind_proxy(database: str) -> AsyncGenerator[Server]:
    """A node that trusts a proxy on this machine."""
    async with serving(database, INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1") as node:
        yield node


def https_origin(server: Server) -> str:
    """The origin of a page that the server's own address gave over https."""
    return server.url.replace("http://", "https://").removesuffix("/graphql")


async def open_socket_status(server: Server, origin: str) -> int:
    """The status with which a socket's handshake is answered."""
    try:
        async with open_socket(server.url, origin=origin, headers=OVER_HTTPS) as socket:
            assert socket.connection.response is not None
            return socket.connection.response.status_code
    except InvalidStatus as refused:
        return refused.response.status_code


async def test_page_loaded_by_https_from_a_trusted_proxy_is_of_the_own_origin(
    behind_proxy: Server,
) -> None:
    headers = {"Origin": https_origin(behind_proxy)}

    over_https = await ask(behind_proxy, "POST", headers=headers | OVER_HTTPS, json=QUERY)
    over_http = await ask(behind_proxy, "POST", headers=headers, json=QUERY)

    assert (over_https.status_code, over_http.status_code) == (200, 403)
    assert await open_socket_status(behind_proxy, headers["Origin"]) == 101


async def test_scheme_that_an_untrusted_client_claims_is_ignored(server: Server) -> None:
    headers = {"Origin": https_origin(server)} | OVER_HTTPS

    assert (await ask(server, "POST", headers=headers, json=QUERY)).status_code == 403
    assert await open_socket_status(server, headers["Origin"]) == 403


async def test_limits_of_an_address_count_the_client_behind_a_trusted_proxy(
    database: str,
) -> None:
    async with (
        serving(
            database,
            INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
            INTERSESSIONAL_ADDRESS_SOCKETS_MAX=1,
        ) as node,
        AsyncExitStack() as stack,
    ):
        outcomes: list[str] = []
        for claimed in (
            "198.51.100.1",
            "198.51.100.2",
            "203.0.113.9, 198.51.100.1",
            "2001:db8::1",
            "2001:db8::2",
        ):
            socket = await stack.enter_async_context(
                open_socket(node.url, headers={"X-Forwarded-For": claimed})
            )
            outcomes.append(await introduced(socket))
        for _ in range(2):
            socket = await stack.enter_async_context(
                open_socket(node.url, address="127.0.0.2", headers={"X-Forwarded-For": "192.0.2.7"})
            )
            outcomes.append(await introduced(socket))

    assert outcomes == ["open", "open", "1013", "open", "1013", "open", "1013"]


async def introduced(socket: Socket) -> str:
    """Whether a socket is open after its ``connection_init``, or its close code."""
    try:
        await socket.introduce()
    except ConnectionClosed:
        return str(socket.connection.close_code)
    return "open"


OPERATION = "GET /health HTTP/1.1"


async def proxied_answer(node: Server, address: str, header: bytes) -> bytes:
    """What the server sends to a connection from an address that begins with a header."""
    async with open_unread(node, address) as plain:
        plain.send(header)
        await send(plain, OPERATION, "Connection: close")
        return (await receive_all(plain))[:12]


async def test_proxy_protocol_is_read_from_trusted_proxies_only(database: str) -> None:
    header = b"PROXY TCP4 198.51.100.%d 127.0.0.1 4711 80\r\n"
    async with (
        serving(
            database,
            INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
            INTERSESSIONAL_PROXY_PROTOCOL="true",
            INTERSESSIONAL_ADDRESS_CONNECTIONS_MAX=1,
        ) as node,
        open_unread(node) as idle,
    ):
        idle.send(header % 1)
        await until_open(node, 1)

        assert await proxied_answer(node, "127.0.0.1", header % 2) == b"HTTP/1.1 200"
        assert await proxied_answer(node, "127.0.0.1", header % 1) in {b"HTTP/1.1 503", b""}
        assert await proxied_answer(node, "127.0.0.1", b"PROXY UNKNOWN\r\n") == b"HTTP/1.1 200"
        assert await proxied_answer(node, "127.0.0.1", b"") == b""
        assert await proxied_answer(node, "127.0.0.2", b"") == b"HTTP/1.1 200"
        assert await proxied_answer(node, "127.0.0.2", header % 2) == b"HTTP/1.1 405"
        await until_open(node, 1)


async def test_headers_of_proxies_are_not_believed_where_the_proxy_protocol_names_nobody(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "intersessional.access")
    forged = ("X-Forwarded-For: 203.0.113.6", "X-Request-Id: forged", "Connection: close")
    async with serving(
        database,
        INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
        INTERSESSIONAL_PROXY_PROTOCOL="true",
        INTERSESSIONAL_ACCESS_LOG="true",
    ) as node:
        for header in (b"PROXY UNKNOWN\r\n", SIGNATURE + b"\x20\x00\x00\x00"):
            async with open_unread(node) as plain:
                plain.send(header)
                await send(plain, OPERATION, *forged)
                assert b"forged" not in await receive_all(plain)

    clients = [one.__dict__["client"] for one in caplog.records if one.name.endswith("access")]
    assert clients == ["127.0.0.1", "127.0.0.1"]


async def test_socket_is_that_of_the_client_in_the_proxy_header(database: str) -> None:
    async with (
        serving(
            database,
            INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1",
            INTERSESSIONAL_PROXY_PROTOCOL="true",
            INTERSESSIONAL_ADDRESS_SOCKETS_MAX=1,
        ) as node,
        AsyncExitStack() as stack,
    ):
        outcomes: list[str] = []
        for client in (1, 2, 1):
            plain = await stack.enter_async_context(open_unread(node))
            plain.send(b"PROXY TCP4 198.51.100.%d 127.0.0.1 4711 80\r\n" % client)
            socket = await stack.enter_async_context(open_socket(node.url, over=plain))
            outcomes.append(await introduced(socket))

    assert outcomes == ["open", "open", "1013"]
