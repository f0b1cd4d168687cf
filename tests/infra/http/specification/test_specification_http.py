"""GraphQL over HTTP rests on HTTP (RFC 9110), whose sections the comments name."""

import gzip
import json

import pytest

from intersessional.infra.http.middleware.cors import METHODS
from tests.graphql.server import Server
from tests.infra.http.http_requests import ANSWER, JSON, QUERY, RESPONSE_JSON, ask, code, get
from tests.infra.http.raw_connection import RawConnection, open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")

BODY = json.dumps(QUERY).encode()


# 9. Methods.


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "QUERY", "BREW"])
async def test_other_methods_are_405_with_allow(server: Server, method: str) -> None:
    response = await ask(server, method, json=QUERY)

    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == METHODS


@pytest.mark.parametrize("query", ["{ __typename }", "{", "{ nothing }"])
@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON])
async def test_head_has_the_headers_of_get(server: Server, query: str, accept: str) -> None:
    head = await ask(server, "HEAD", accept=accept, params={"query": query})
    answer = await get(server, accept, query=query)

    assert (head.status_code, head.content) == (answer.status_code, b"")
    for name in ("content-type", "content-length", "vary", "cache-control"):
        assert head.headers[name] == answer.headers[name]


async def test_options_has_the_allowed_methods(server: Server) -> None:
    response = await ask(server, "OPTIONS")

    assert (response.status_code, response.content) == (204, b"")
    assert response.headers["allow"] == METHODS


# 8. Representations. 10.1.1. Expect.


async def test_content_encoding_is_415(server: Server) -> None:
    response = await ask(
        server,
        "POST",
        content=gzip.compress(BODY),
        headers={"Content-Type": JSON, "Content-Encoding": "gzip"},
    )

    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert response.headers["accept-encoding"] == "identity"


async def test_expect_100_continue_is_answered(server: Server) -> None:
    async with open_raw_connection(server) as line:
        await line.send(
            "POST /graphql HTTP/1.1",
            f"Content-Type: {JSON}",
            f"Content-Length: {len(BODY)}",
            "Expect: 100-continue",
        )
        status, _, _ = await line.receive()
        await line.write(BODY)
        answered, _, body = await line.receive()

    assert (status, answered, json.loads(body)["data"]) == (100, 200, ANSWER)


async def test_expect_100_continue_of_a_refused_request_is_refused_at_once(
    server: Server,
) -> None:
    async with open_raw_connection(server) as line:
        await line.send(
            "POST /graphql HTTP/1.1",
            "Content-Type: text/plain",
            "Content-Length: 10000",
            "Expect: 100-continue",
        )
        status, _, _ = await line.receive()

    assert status == 415


# 9.3 of RFC 9112: connections persist.

REFUSED: dict[str, tuple[tuple[str, ...], bytes, int]] = {
    "no json": (("POST /graphql HTTP/1.1", f"Content-Type: {JSON}"), b"NONSENSE", 400),
    "no request": (("POST /graphql HTTP/1.1", f"Content-Type: {JSON}"), b"{}", 400),
    "no operation": (
        ("POST /graphql HTTP/1.1", f"Content-Type: {JSON}", f"Accept: {RESPONSE_JSON}"),
        b'{"query": "{ __typename }", "operationName": "A"}',
        422,
    ),
    "another media type": (("POST /graphql HTTP/1.1", "Content-Type: text/plain"), BODY, 415),
    "an answer that is not taken": (
        ("POST /graphql HTTP/1.1", f"Content-Type: {JSON}", "Accept: text/html"),
        BODY,
        406,
    ),
    "another method": (("PUT /graphql HTTP/1.1", f"Content-Type: {JSON}"), BODY, 405),
    "a mutation by get": (("GET /graphql?query=mutation%7B__typename%7D HTTP/1.1",), b"", 405),
    "a foreign page": (("POST /graphql HTTP/1.1", "Origin: https://evil.example"), BODY, 403),
    "a token that is none": (
        ("POST /graphql HTTP/1.1", f"Content-Type: {JSON}", "Authorization: Bearer x"),
        BODY,
        401,
    ),
}


UNREAD = {
    name: (lines, status)
    for name, (lines, _, status) in REFUSED.items()
    if status in {403, 405, 406, 415}
}


async def goes_on(line: RawConnection) -> bool:
    """Whether the connection serves another request."""
    length = f"Content-Length: {len(BODY)}"
    await line.send("POST /graphql HTTP/1.1", f"Content-Type: {JSON}", length, body=BODY)
    status, _, answer = await line.receive()
    return status == 200 and json.loads(answer)["data"] == ANSWER


@pytest.mark.parametrize(("lines", "body", "status"), REFUSED.values(), ids=REFUSED.keys())
async def test_connection_is_reused_after_a_refusal(
    server: Server, lines: tuple[str, ...], body: bytes, status: int
) -> None:
    async with open_raw_connection(server) as line:
        await line.send(*lines, f"Content-Length: {len(body)}", body=body)
        refused, headers, message = await line.receive()

        assert await goes_on(line)

    assert refused == status
    assert json.loads(message)["errors"]
    assert "connection" not in headers


@pytest.mark.parametrize(("lines", "status"), UNREAD.values(), ids=UNREAD.keys())
async def test_refusal_does_not_wait_for_the_body_and_ends_the_connection(
    server: Server, lines: tuple[str, ...], status: int
) -> None:
    body = BODY * 10_000

    async with open_raw_connection(server) as line:
        await line.send(*lines, f"Content-Length: {len(body)}")
        refused, headers, message = await line.receive()
        await line.write(body)

        assert await line.ended()

    assert (refused, headers["connection"]) == (status, "close")
    assert json.loads(message)["errors"]
