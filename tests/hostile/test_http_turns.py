"""One connection that sends much takes its turn, and is read no further than it is answered."""

import asyncio
import socket
from contextlib import suppress
from itertools import pairwise

import pytest
from starlette.types import Receive, Scope, Send

from intersessional.infra.http.server import connection_state, http_protocol
from tests.graphql.server import WAIT_MAX_S
from tests.hostile.echo_server import open_echo_server
from tests.hostile.http_requests import BEGIN, not_found

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_client_that_sends_on_after_its_answer_is_read_no_further(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(http_protocol, "LINGER_BYTES_MAX", 100_000)
    monkeypatch.setattr(connection_state, "LINGER_S", 1_000)
    sent = 0
    async with open_echo_server(not_found) as server, server.connection() as (_, writer):
        writer.write(BEGIN + b"Content-Length: 999999999\r\n\r\n")
        with suppress(ConnectionError):
            async with asyncio.timeout(WAIT_MAX_S):
                while sent < 500_000_000:
                    writer.write(b"x" * 50_000)
                    await writer.drain()
                    sent += 50_000
        await server.until_open(0)

    assert sent < 50_000_000


async def test_request_behind_a_flood_of_others_is_answered_in_its_turn() -> None:
    flood = b"GET /flood HTTP/1.1\r\nHost: x\r\n\r\n" * 4_000
    one = b"GET /other HTTP/1.1\r\nHost: x\r\n\r\n"
    async with open_echo_server() as server, server.connection() as (reader, other):
        async with server.connection() as (_, flooding):
            flooding.write(flood)
            await flooding.drain()
            for _ in range(20):
                other.write(one)
                await reader.readuntil(b"\r\n\r\n")
        others = [at for at, path in enumerate(server.requests) if path == "GET /other"]

    between = [b - a for a, b in pairwise(others)]
    assert len(others) == 20
    assert max(between) < 100


@pytest.mark.parametrize("sent", [b"1\r\nx\r\n", b"1;a\r\nx\r\n"])
async def test_request_behind_a_body_of_tiny_chunks_is_answered_in_its_turn(sent: bytes) -> None:
    turns: list[int] = []

    async def counting(scope: Scope, receive: Receive, send: Send) -> None:
        while scope["path"] == "/sent":
            message = await receive()
            if message["type"] == "http.disconnect":
                return
            turns.append(len(message["body"]))
        await not_found(scope, receive, send)

    chunks = BEGIN + b"Transfer-Encoding: chunked\r\n\r\n" + sent * 2_000
    async with open_echo_server(counting) as server, server.connection() as (_, writer):
        writer.write(chunks)
        async with asyncio.timeout(WAIT_MAX_S):
            while sum(turns) < 2_000:  # noqa: ASYNC110  The application rings no bell.
                await asyncio.sleep(0.01)

    assert max(turns) <= 1_000


async def test_what_is_pipelined_behind_a_slow_request_is_not_read(
    caplog: pytest.LogCaptureFixture,
) -> None:
    sent, most, ready = 0, 64_000_000, asyncio.Event()

    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await ready.wait()
        await not_found(scope, receive, send)

    async with open_echo_server(slow) as server, server.connection() as (_, writer):
        writer.write(BEGIN + b"\r\n")
        with suppress(TimeoutError):
            async with asyncio.timeout(0.3):
                while sent < most:
                    writer.write(b"x" * 100_000)
                    await writer.drain()
                    sent += 100_000
        writer.transport.abort()
        ready.set()
        await server.until_open(0)

    # The rest is in the buffers of the system.
    assert sent < most
    assert caplog.records == []


async def test_kernel_takes_little_for_a_client_that_reads_nothing() -> None:
    answer = b"x" * 20_000

    async def long(scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-length", b"%d" % len(answer))]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": answer})

    async with open_echo_server(long) as server, server.connection() as (_, writer):
        plain = writer.get_extra_info("socket")
        plain.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 1_000)
        async with asyncio.timeout(WAIT_MAX_S):
            while server.connections.unsent.total == 0:  # noqa: ASYNC110  It rings no bell.
                await asyncio.sleep(0.01)

        # What the kernels of both sides have taken.
        assert len(server.requests) * len(answer) < 500_000
        writer.transport.abort()
