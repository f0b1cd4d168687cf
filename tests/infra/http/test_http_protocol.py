"""Requests are read and refused as HTTP says, below any client."""

import asyncio
from urllib.parse import urlsplit

import orjson
import pytest

from tests.graphql.scenario import ForumScenario
from tests.graphql.server import WAIT_MAX_S, Server
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def answered(server: Server, *parts: bytes) -> tuple[int, str]:
    """The status and the code that the server answers what is sent with, once it closes."""
    at = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    try:
        async with asyncio.timeout(WAIT_MAX_S):
            for part in parts:
                writer.write(part)
                await writer.drain()
            headers, _, body = (await reader.read()).partition(b"\r\n\r\n")
    finally:
        writer.close()
    if not headers:
        return 0, ""
    return int(headers.split()[1]), str(orjson.loads(body)["errors"][0]["extensions"]["code"])


async def test_url_longer_than_the_parser_takes_is_refused(server: Server) -> None:
    url = b"GET /graphql?query=" + b"%20" * 40_000 + b" HTTP/1.1\r\nHost: here\r\n"

    assert await answered(server, url + b"Connection: close\r\n\r\n") == (414, "URL_TOO_LONG")


async def test_bytes_that_are_no_http_are_refused(server: Server) -> None:
    assert await answered(server, b"hello\r\n\r\n") == (405, "METHOD_NOT_ALLOWED")
    assert await answered(server, b"GET /graphql HTTP/1.1\r\nno header\r\n\r\n") == (
        400,
        "BAD_REQUEST",
    )


@pytest.mark.parametrize(
    "lines",
    [
        b"GET /health HTTP/1.1\r\n",
        b"GET /health HTTP/1.1\r\nHost: here\r\nHost: there\r\n",
        b"GET /health HTTP/2.0\r\nHost: here\r\n",
        b"GET /health\r\n",
    ],
    ids=["no host", "two hosts", "another version", "no version"],
)
async def test_request_needs_a_version_and_one_host(server: Server, lines: bytes) -> None:
    assert await answered(server, lines + b"\r\n") == (400, "BAD_REQUEST")


async def test_http_1_0_needs_no_host(server: Server) -> None:
    async with open_raw_connection(server) as line:
        await line.write(b"GET /health HTTP/1.0\r\n\r\n")

        assert (await line.receive())[0] == 200


HANDSHAKE = (
    b" HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
HANDSHAKES = {
    "a long header": (b"GET /graphql" + HANDSHAKE + b"X: " + b"x" * 9_000 + b"\r\n\r\n", 431),
    "many headers": (b"GET /graphql" + HANDSHAKE + b"X: x\r\n" * 200 + b"\r\n", 431),
    "a long url": (b"GET /graphql?" + b"x" * 9_000 + HANDSHAKE + b"\r\n", 414),
}


@pytest.mark.parametrize(("sent", "status"), HANDSHAKES.values(), ids=HANDSHAKES.keys())
async def test_unreadable_handshake_is_refused_and_its_connection_closed(
    server: Server, sent: bytes, status: int
) -> None:
    at = urlsplit(server.url)
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(sent)
    async with asyncio.timeout(WAIT_MAX_S):
        answer = await reader.read()
    writer.close()

    assert answer.startswith(b"HTTP/1.1 %d " % status)


POST = (
    b"POST /graphql HTTP/1.1\r\nHost: here\r\nContent-Type: application/json\r\n"
    b"Transfer-Encoding: chunked\r\n\r\n"
)


@pytest.mark.parametrize(
    "body",
    [b"zz\r\n", b"-1\r\n", b"f" * 17 + b"\r\n"],
)
async def test_unreadable_body_is_refused(server: Server, body: bytes) -> None:
    assert await answered(server, POST + body) == (400, "BAD_REQUEST")
    assert await answered(server, POST, b"2\r\n{}\r\n", body) == (400, "BAD_REQUEST")


async def test_request_after_that_of_a_stream_waits_for_its_end(
    server: Server, scenario: ForumScenario
) -> None:
    at = urlsplit(server.url)
    link = "/graphql?query=subscription%7BauditTrail%7Bposition%7D%7D"
    reader, writer = await asyncio.open_connection(at.hostname, at.port)
    writer.write(f"GET {link} HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\n\r\n".encode())
    async with asyncio.timeout(WAIT_MAX_S):
        begun = await reader.readuntil(b"retry: ")
        writer.write(b"no request\r\n\r\n")
    await scenario.establish()
    async with asyncio.timeout(WAIT_MAX_S):
        more = await reader.readuntil(b"event: next")
    writer.close()

    assert begun.startswith(b"HTTP/1.1 200")
    assert b"HTTP/1.1" not in more
