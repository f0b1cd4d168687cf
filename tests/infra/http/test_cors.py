"""A page of an allowed origin can read every answer, also those that refuse its request."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from starlette.types import Receive, Scope, Send

from intersessional.infra.http.middleware.cors import CorsHeaders, CorsOrigins
from intersessional.infra.http.middleware.unexpected_errors import UnexpectedErrors
from intersessional.infra.http.server import connection_state
from tests.graphql.server import Server, serving
from tests.hostile.echo_server import open_echo_server
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")

ORIGIN = "https://dashboard.example"
JSON = "Content-Type: application/json"


@pytest_asyncio.fixture(loop_scope="session")
async def allowing(database: str, monkeypatch: pytest.MonkeyPatch) -> AsyncGenerator[Server]:
    """A node that allows the origin, and waits for no body."""
    monkeypatch.setattr(connection_state, "BODY_S", 0.1)
    async with serving(database, INTERSESSIONAL_ORIGINS=ORIGIN) as node:
        yield node


ANSWERED: dict[str, tuple[int, tuple[str, ...], bytes]] = {
    "preflight": (
        204,
        ("OPTIONS /graphql HTTP/1.1", "Access-Control-Request-Method: POST"),
        b"",
    ),
    "health": (200, ("GET /health HTTP/1.1",), b""),
    "a query": (200, ("GET /graphql?query=%7B__typename%7D HTTP/1.1",), b""),
    "a bad request": (400, ("GET /graphql HTTP/1.1",), b""),
    "two persons": (400, ("POST / HTTP/1.1", "Authorization: Bearer", "Authorization: x"), b""),
    "a chunk that is none": (
        400,
        ("POST /graphql HTTP/1.1", JSON, "Transfer-Encoding: chunked"),
        b"x\r\n",
    ),
    "a token that is none": (401, ("POST /graphql HTTP/1.1", JSON, "Authorization: Bearer x"), b""),
    "an unknown path": (404, ("GET /nothing HTTP/1.1",), b""),
    "a slash too many": (404, ("GET /graphql/ HTTP/1.1",), b""),
    "another method": (405, ("PUT /graphql HTTP/1.1",), b""),
    "another method of the health": (405, ("POST /health HTTP/1.1",), b""),
    "another media type": (406, ("GET /graphql HTTP/1.1", "Accept: image/png"), b""),
    "a body that does not come": (408, ("POST /graphql HTTP/1.1", JSON, "Content-Length: 9"), b""),
    "a large body": (
        413,
        ("POST /graphql HTTP/1.1", JSON, "Content-Length: 200000"),
        b"x" * 200_000,
    ),
    "a long url": (414, (f"GET /graphql?{'x' * 70_000} HTTP/1.1",), b""),
    "a very long url": (414, (f"GET /graphql?{'x' * 200_000} HTTP/1.1",), b""),
    "a body of another type": (415, ("POST /graphql HTTP/1.1",), b""),
    "long headers": (431, ("GET /graphql HTTP/1.1", f"X: {'x' * 70_000}"), b""),
    "another coding": (501, ("POST /graphql HTTP/1.1", "Transfer-Encoding: gzip, chunked"), b""),
}


async def test_every_answer_has_the_headers_for_its_page(allowing: Server) -> None:
    seen: dict[str, tuple[int, str]] = {}
    for name, (_, lines, body) in ANSWERED.items():
        async with open_raw_connection(allowing) as line:
            await line.send(*lines, f"Origin: {ORIGIN}", body=body)
            status, headers, _ = await line.receive()
            assert headers["vary"] == "accept, origin"
            assert "location" not in headers
            seen[name] = (status, headers.get("access-control-allow-origin", ""))

    assert seen == {name: (status, ORIGIN) for name, (status, _, _) in ANSWERED.items()}


async def test_unexpected_error_has_a_code_and_the_headers_for_its_page() -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        raise RuntimeError(scope["path"])

    app = CorsHeaders(UnexpectedErrors(failing), CorsOrigins([ORIGIN]))
    async with open_echo_server(app) as server, server.connection() as (reader, writer):
        writer.write(f"GET / HTTP/1.1\r\nHost: x\r\nOrigin: {ORIGIN}\r\n\r\n".encode())
        head = await reader.readuntil(b"\r\n\r\n")

    assert head.startswith(b"HTTP/1.1 500")
    assert f"access-control-allow-origin: {ORIGIN}".encode() in head


@pytest.mark.parametrize("accept", ["application/json", "text/event-stream"])
async def test_http_1_0_is_answered_without_chunks(server: Server, accept: str) -> None:
    subscription = "subscription%7BauditTrail%7Bposition%7D%7D"
    query = "%7B__typename%7D" if accept == "application/json" else subscription
    lines = (f"GET /graphql?query={query} HTTP/1.0", f"Accept: {accept}", "Connection: keep-alive")
    async with open_raw_connection(server) as line:
        await line.send(*lines)
        status, headers, _ = await line.receive()

    assert status == 200
    assert "transfer-encoding" not in headers
    assert headers["connection"] == "close"
