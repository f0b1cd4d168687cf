"""A stricter reader of HTTP/1 finds no fewer requests in what a client sends than the server.

The reader is h11, which is told nothing of ours: it reads request after request, and stops at what
it cannot read.
"""

import asyncio
from collections.abc import Generator
from contextlib import suppress

import h11
import pytest
import uvloop
from hypothesis import given, settings
from hypothesis import strategies as st
from starlette.types import Message, Receive, Scope, Send

from tests.hostile.echo_server import EchoServer, echo, open_echo_server, split_answers

Echo = tuple[asyncio.Runner, EchoServer]
SILENCE_S = 0.05
"""A server that sends nothing for so long waits for the rest of a request."""


@pytest.fixture(scope="module")
def server() -> Generator[Echo]:
    """A server with an event loop of its own, for tests that are no coroutines."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        opened = open_echo_server(echo_path)
        yield runner, runner.run(opened.__aenter__())
        runner.run(opened.__aexit__(None, None, None))


async def echo_path(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with the path and the body of a request."""

    async def send_path(message: Message) -> None:
        if message["type"] == "http.response.start":
            [(name, length)] = message["headers"]
            longer = b"%d" % (int(length) + len(scope["raw_path"]))
            await send({**message, "headers": [(name, longer)]})
        else:
            await send({**message, "body": scope["raw_path"] + message["body"]})

    await echo(scope, receive, send_path)


async def answers(server: EchoServer, stream: bytes) -> list[bytes]:
    """What is answered to what a client sends, until the server closes or waits for more."""
    received = b""
    async with server.connection() as (reader, writer):
        writer.write(stream)
        with suppress(TimeoutError, ConnectionError):
            while more := await asyncio.wait_for(reader.read(65_536), SILENCE_S):
                received += more
    return split_answers(received)


LINES = [
    b"POST /a HTTP/1.1",
    b"GET /b?c HTTP/1.1",
    b"OPTIONS * HTTP/1.1",
    b"GET http://x/d HTTP/1.1",
    b"PUT /e HTTP/1.0",
    b"GET  /f HTTP/1.1",
    b"GET /g HTTP/1.1 ",
    b"GET /h i HTTP/1.1",
    b" GET /j HTTP/1.1",
    b"GET /k HTTP/1.01",
    b"OPTIONS /l RTSP/1.0",
    b"SOURCE /m ICE/1.0",
    b"GET /n\x0b HTTP/1.1",
]
HEADERS = [
    b"Content-Length: 5",
    b"Content-Length: 31",
    b"Content-Length: 0",
    b"Content-Length : 5",
    b"content-length:\t5 ",
    b"Content-Length: 5, 5",
    b"Content-Length: 0005",
    b"Content-Length: \xb2",
    b"Transfer-Encoding: chunked",
    b"Transfer-Encoding: \tCHUNKED",
    b"Transfer-Encoding: chunked\r\n ",
    b"Transfer-Encoding: identity, chunked",
    b"Transfer-Encoding\x00: chunked",
    b"Connection: close",
    b"Connection: Upgrade\r\nUpgrade: h2c",
    b"Connection: upgrade\r\nUpgrade: websocket",
    b"Connection: Content-Length",
    b"Expect: 100-continue",
    b"X: \xff",
    b"X: a\r b",
    b"X: a\n b",
    b"X: a\r\n\tContent-Length: 5",
]
PIECES = [
    b"",
    b"\r\n",
    b"\n",
    b"hello",
    b"5\r\nhello\r\n",
    b"5;a=b\r\nhello\r\n",
    b"05 \r\nhello\r\n",
    b"5\nhello\n",
    b"5\r\nhello\r\n\r\n",
    b"0\r\n\r\n",
    b"0\r\nX: y\r\n\r\n",
    b"0\r\nContent-Length: 5\r\n\r\n",
    b"0\r\n\r\nGET /in HTTP/1.1\r\nHost: x\r\n\r\n",
    b"GET /in HTTP/1.1\r\nHost: x\r\n\r\n",
]


@st.composite
def streams(draw: st.DrawFn) -> bytes:
    """What could be requests, framed in all ways, with bodies that look like requests."""
    stream = b""
    for _ in range(draw(st.integers(1, 4))):
        headers = [b"Host: x", *draw(st.lists(st.sampled_from(HEADERS), max_size=3))]
        stream += b"\r\n".join((draw(st.sampled_from(LINES)), *headers)) + b"\r\n\r\n"
        stream += b"".join(draw(st.lists(st.sampled_from(PIECES), max_size=3)))
    return stream


def strict_reading(stream: bytes) -> list[bytes]:
    """The requests that h11 reads, as they are echoed; what it cannot read ends it.

    h11 skips no empty line before a request, which RFC 9112 §2.2 asks for.
    """
    found: list[bytes] = []
    goes_on, left = True, stream
    while goes_on:
        connection, content = h11.Connection(h11.SERVER), b""
        connection.receive_data(left.removeprefix(b"\r\n"))
        with suppress(h11.RemoteProtocolError):
            while isinstance(event := connection.next_event(), h11.Request | h11.Data):
                if isinstance(event, h11.Request):
                    content = event.target.removeprefix(b"http://x").partition(b"?")[0]
                else:
                    content += bytes(event.data)
            if isinstance(event, h11.EndOfMessage):
                found.append(b"200 " + content)
                connection.send(h11.Response(status_code=200, headers=[("Content-Length", "0")]))
                connection.send(h11.EndOfMessage())
        left = connection.trailing_data[0]
        goes_on = connection.our_state is h11.DONE
    return found


@settings(max_examples=60)
@given(stream=streams())
def test_no_request_is_answered_that_a_stricter_reader_does_not_find(
    server: Echo, stream: bytes
) -> None:
    runner, echoing = server
    sent = stream + b"GET /last HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"

    received = runner.run(answers(echoing, sent))

    answered = [one for one in received if one.startswith(b"200 ")]
    assert answered == strict_reading(sent)[: len(answered)]
    # A refusal is the last answer.
    assert received[: len(answered)] == answered
    assert len(received) <= len(answered) + 1
