"""What is sent as a body is never read as a request, and the reverse."""

import asyncio
import json
import tracemalloc
from collections.abc import Generator

import pytest
import uvloop
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import Receive, Scope, Send

from intersessional.infra.http.server.request_body import FORGOTTEN_BYTES_MAX
from intersessional.infra.http.server.request_head import (
    HEAD_BYTES_MAX,
    HEADERS_MAX,
    SKIPPED_BYTES_MAX,
    RequestHeadReader,
)
from tests.graphql.server import WAIT_MAX_S, Server
from tests.hostile.echo_server import EchoServer, open_echo_server
from tests.infra.http.raw_connection import open_raw_connection

LOST = b"GET /lost HTTP/1.1\r\nHost: x\r\n\r\n"
"""What an attacker would like to be read as a request."""
LAST = b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

Echo = tuple[asyncio.Runner, EchoServer]


@pytest.fixture(scope="module")
def echo() -> Generator[Echo]:
    """A server with an event loop of its own, for tests that are no coroutines."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        opened = open_echo_server()
        yield runner, runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))


def answers(echo: Echo, *parts: bytes) -> list[bytes]:
    runner, server = echo
    return runner.run(server.answers(*parts))


WEBSOCKET = b"Connection: upgrade\r\nUpgrade: websocket\r\n"
OFFERS = [
    b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n",
    WEBSOCKET,
    b"Connection: upgrade\r\nUpgrade: websocket, h2c\r\n",
    b"Connection: upgrade\r\nUpgrade: TLS/1.0\r\n",
    b"Connection: keep-alive\r\nConnection: Upgrade\r\nUpgrade: x\r\n",
    b"Upgrade: h2c\r\n",
    b"Connection: Upgrade\r\n",
    b"Expect: 100-continue\r\n",
    b"Content_Length: 3\r\nTransfer_Encoding: chunked\r\n",
    b"",
]
BODIES = st.one_of(
    st.binary(max_size=40), st.just(LOST), st.just(LOST * 3_000), st.just(b"0\r\n\r\n" + LOST)
)


@st.composite
def chunked(draw: st.DrawFn, body: bytes) -> bytes:
    """A body in chunks of any sizes, with extensions and trailers."""
    parts, left = b"", body
    while left:
        size = draw(
            st.integers(1, min(len(left), 40_000)) if parts.count(b"\r\n") < 40 else st.none()
        )
        chunk, left = left[:size], left[size:] if size else b""
        parts += b"%x" % len(chunk) if size else b"%X" % len(chunk)
        parts += draw(st.sampled_from([b"", b";", b" ;a=b", b';a="0"'])) + b"\r\n" + chunk + b"\r\n"
    trailers = [b"", b"Content-Length: 5\r\n", b"Transfer-Encoding: chunked\r\nX:\r\n"]
    return parts + b"0\r\n" + draw(st.sampled_from(trailers)) + b"\r\n"


@st.composite
def requests(draw: st.DrawFn) -> tuple[bytes, bytes]:
    """A request, and the body of it."""
    body = draw(BODIES)
    offer = draw(st.sampled_from(OFFERS))
    methods = [b"POST", b"PUT", b"DELETE", b"OPTIONS", b"PATCH"]
    if body or offer != WEBSOCKET:
        methods.append(b"GET")
    head = b"%b /sent HTTP/1.1\r\nHost: x\r\n%b" % (draw(st.sampled_from(methods)), offer)
    if draw(st.booleans()):
        coding = draw(st.sampled_from([b"chunked", b" Chunked", b" chunked "]))
        framed = b"Transfer-Encoding:%b\r\n\r\n" % coding + draw(chunked(body))
    elif body or draw(st.booleans()):
        framed = b"Content-Length: %d\r\n\r\n" % len(body) + body
    else:
        framed = b"\r\n"
    return draw(st.sampled_from([b"", b"\r\n"])) + head + framed, body


@given(sent=st.lists(requests(), min_size=1, max_size=4), data=st.data())
def test_each_request_has_one_answer_with_its_own_body(
    echo: Echo, sent: list[tuple[bytes, bytes]], data: st.DataObject
) -> None:
    stream = b"".join(request for request, _ in sent) + LAST
    cuts = sorted(data.draw(st.lists(st.integers(0, len(stream)), max_size=6)))
    parts = [stream[a:b] for a, b in zip([0, *cuts], [*cuts, len(stream)], strict=True)]
    echo[1].requests.clear()

    received = answers(echo, *parts)

    assert received == [b"200 " + body for _, body in sent] + [b"200 "]
    assert not any("/lost" in request for request in echo[1].requests)


POST = b"POST /sent HTTP/1.1\r\nHost: x\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
AMBIGUOUS = {
    "two lengths": POST + b"Content-Length: 0\r\nContent-Length: %d\r\n\r\n" % len(LOST),
    "the same length twice": POST + b"Content-Length: 0\r\nContent-Length: 0\r\n\r\n",
    "a list of lengths": POST + b"Content-Length: 0, 0\r\n\r\n",
    "a length with a sign": POST + b"Content-Length: +0\r\n\r\n",
    "a length in hexadecimal": POST + b"Content-Length: 0x0\r\n\r\n",
    "a length with a space": POST + b"Content-Length: 0 0\r\n\r\n",
    "an empty length": POST + b"Content-Length:\r\n\r\n",
    "a length of many digits": POST + b"Content-Length: " + b"9" * 400 + b"\r\n\r\n",
    "a length beside chunks": POST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks beside a length": POST
    + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
    "two codings": POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "codings in two lines": POST
    + b"Transfer-Encoding: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunks twice": POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunks not last": POST + b"Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
    "the coding identity": POST + b"Transfer-Encoding: identity\r\n\r\n",
    "an empty coding": POST + b"Transfer-Encoding:\r\n\r\n",
    "a coding with a quote": POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n',
    "a coding with a letter more": POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "a coding with a vertical tab": POST + b"Transfer-Encoding: \x0bchunked\r\n\r\n0\r\n\r\n",
    "a space before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
    "a folded line": POST + b"X: y\r\n Content-Length: 5\r\n\r\n",
    "a folded coding": POST + b"Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
    "a space before the first header": b"POST / HTTP/1.1\r\n Host: x\r\nHost: x\r\n\r\n",
    "a line that ends with LF": POST + b"X: y\nContent-Length: 5\r\n\r\n",
    "a head that ends with LF": POST + b"Content-Length: 5\n\n",
    "a line that ends with CR": POST + b"X: y\rContent-Length: 5\r\n\r\n",
    "a zero byte": POST + b"X: \0\r\n\r\n",
    "a header without a name": POST + b": y\r\n\r\n",
    "a header without a colon": POST + b"Content-Length\r\n\r\n",
    "a request line that ends with LF": b"POST / HTTP/1.1\nHost: x\r\n\r\n",
    "many empty lines before": b"\r\n" * 20 + POST + b"\r\n",
    "chunks to HTTP/1.0": CHUNKED.replace(b"1.1", b"1.0") + b"0\r\n\r\n",
    "two spaces": b"GET  / HTTP/1.1\r\nHost: x\r\n\r\n",
    "another protocol": b"OPTIONS / RTSP/1.0\r\nHost: x\r\n\r\n",
    "brackets without an address": b"GET / HTTP/1.1\r\nHost: [1.2:3]\r\n\r\n",
    "brackets with an IPv4 address": b"GET / HTTP/1.1\r\nHost: [1.2.3.4]\r\n\r\n",
    "another version": b"POST / HTTP/1.2\r\nHost: x\r\n\r\n",
    "no version": b"GET /\r\n\r\n",
    "a server that is not the host": b"GET http://other/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "another scheme": b"GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n",
    "a host that is none": b"GET / HTTP/1.1\r\nHost: x/y\r\n\r\n",
    "two hosts": b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n",
    "two persons": POST + b"Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n",
    "many headers": POST + b"x: y\r\n" * HEADERS_MAX + b"Content-Length: 0\r\n\r\n",
    "a tunnel": b"CONNECT x:80 HTTP/1.1\r\nHost: x\r\n\r\n",
    "the preface of HTTP/2": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "a chunk without a size": CHUNKED + b"\r\n",
    "a size that is none": CHUNKED + b"x\r\n",
    "a size with a sign": CHUNKED + b"-1\r\n",
    "a size in Python": CHUNKED + b"0x0\r\n\r\n",
    "a size with an underscore": CHUNKED + b"0_0\r\n\r\n",
    "a size with a space before": CHUNKED + b" 0\r\n\r\n",
    "a size of many digits": CHUNKED + b"0" * 100 + b"\r\n\r\n",
    "a size that ends with LF": CHUNKED + b"0\n\r\n",
    "an extension that ends with LF": CHUNKED + b"0;a\n\r\n",
    "an extension with a CR": CHUNKED + b"0;a\rb\r\n\r\n",
    "a chunk that is longer": CHUNKED + b"1\r\nab\r\n0\r\n\r\n",
    "a chunk that ends with LF": CHUNKED + b"1\r\na\n0\r\n\r\n",
    "a trailer that is none": CHUNKED + b"0\r\nx\r\n\r\n",
    "a trailer with a space before the colon": CHUNKED + b"0\r\nx : y\r\n\r\n",
    "a folded trailer": CHUNKED + b"0\r\nx: y\r\n z\r\n\r\n",
    "a trailer that ends with LF": CHUNKED + b"0\r\nx: y\n\r\n",
    "trailers without an end": CHUNKED + b"0\r\n" + b"x: y\r\n" * FORGOTTEN_BYTES_MAX,
    "one trailer without an end": CHUNKED + b"0\r\nx: " + b"y" * FORGOTTEN_BYTES_MAX,
    "extensions without an end": CHUNKED + b"1;a=bcdefgh\r\nx\r\n" * FORGOTTEN_BYTES_MAX,
}
REFUSALS = (b"400", b"405", b"431", b"501")


@pytest.mark.parametrize("sent", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_request_that_can_be_read_in_two_ways_is_refused_and_nothing_after_it_is_read(
    echo: Echo, sent: bytes
) -> None:
    echo[1].requests.clear()

    (refusal,) = answers(echo, sent + LOST + LAST)

    assert refusal[:3] in REFUSALS
    assert not any("/lost" in request for request in echo[1].requests)


@pytest.mark.parametrize("sent", AMBIGUOUS.values(), ids=AMBIGUOUS.keys())
def test_refusal_is_the_same_after_a_request_and_byte_by_byte(echo: Echo, sent: bytes) -> None:
    before = b"POST /first HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nfirst"
    bytewise = [sent[place : place + 1] for place in range(min(len(sent), 300))]

    first, refusal = answers(echo, before, *bytewise, sent[300:] + LOST)

    assert first == b"200 first"
    assert refusal[:3] in REFUSALS


@pytest.mark.parametrize("header", [b"ab:cd\r\n", b"Origin:x\r\n"])
def test_tiny_headers_take_no_more_memory_than_long_ones(header: bytes) -> None:
    sent = b"GET / HTTP/1.1\r\nHost: x\r\n" + header * SKIPPED_BYTES_MAX
    buffer, reader = bytearray(sent[: HEAD_BYTES_MAX - 1]), RequestHeadReader()
    tracemalloc.start()
    try:
        assert reader.read(buffer) is None
        held, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert len(reader.headers) <= HEADERS_MAX + 1
    assert held < HEAD_BYTES_MAX


HANDSHAKE = (
    b"Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
    b"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
)
NO_HANDSHAKES = {
    "a post": b"POST /sent HTTP/1.1\r\nHost: x\r\n",
    "http 1.0": b"GET /sent HTTP/1.0\r\nHost: x\r\n",
    "a body": b"GET /sent HTTP/1.1\r\nHost: x\r\n",
}


@pytest.mark.parametrize("head", NO_HANDSHAKES.values(), ids=NO_HANDSHAKES.keys())
def test_offer_of_a_websocket_that_is_no_handshake_is_ignored(echo: Echo, head: bytes) -> None:
    length = b"Content-Length: %d\r\n\r\n" % len(LOST)

    received = answers(echo, head + HANDSHAKE + length + LOST, b"" if b"1.0" in head else LAST)

    assert received == [b"200 " + LOST] + ([] if b"1.0" in head else [b"200 "])


@pytest.mark.parametrize("after", [b"\x81\x85\x00\x00\x00\x00hello", LOST])
def test_handshake_of_a_client_that_does_not_wait_for_its_answer_is_refused(
    echo: Echo, after: bytes
) -> None:
    echo[1].requests.clear()

    (refusal,) = answers(echo, b"GET /sent HTTP/1.1\r\nHost: x\r\n" + HANDSHAKE + b"\r\n" + after)

    assert refusal.startswith(b"400")
    assert not any("/lost" in request for request in echo[1].requests)


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("after", [b"\x81\x85\x00\x00\x00\x00hello", LOST])
async def test_socket_of_a_client_that_does_not_wait_for_its_answer_ends(
    after: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    begun, received = asyncio.Event(), asyncio.Event()

    async def late(scope: Scope, receive: Receive, send: Send) -> None:
        await receive()
        begun.set()
        assert (await receive())["type"] == "websocket.disconnect"
        received.set()

    async with open_echo_server(late) as server, server.connection() as (_, writer):
        writer.write(b"GET /sent HTTP/1.1\r\nHost: x\r\n" + HANDSHAKE + b"\r\n")
        async with asyncio.timeout(WAIT_MAX_S):
            await begun.wait()
            writer.write(after)
            await received.wait()
        await server.until_open(0)

    assert server.requests == ["socket /sent"]
    assert not any(record.exc_info for record in caplog.records)


@pytest.mark.asyncio(loop_scope="session")
async def test_query_of_a_client_that_offers_http2_is_answered(server: Server) -> None:
    body = b'{"query": "{ __typename }"}'
    lines = (
        "POST /graphql HTTP/1.1",
        "Content-Type: application/json",
        f"Content-Length: {len(body)}",
        "Connection: Upgrade, HTTP2-Settings",
        "Upgrade: h2c",
        "HTTP2-Settings: AAEAAEAAAAIAAAABAAMAAABkAAQBAAAAAAUAAEAA",
    )
    async with open_raw_connection(server) as line:
        for _ in range(2):
            await line.send(*lines, body=body)
            status, _, answer = await line.receive()

            assert (status, json.loads(answer)["data"]) == (200, {"__typename": "Query"})
