"""Whatever an HTTP connection waits for, it ends, and the others are served meanwhile."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass
from math import inf
from typing import Self

import pytest
from starlette.types import Receive, Scope, Send

from intersessional.infra.http.errors import HttpError
from intersessional.infra.http.server import connection_state
from intersessional.infra.http.server.connection_state import ConnectionState, State
from tests.graphql.server import WAIT_MAX_S, Server
from tests.hostile.echo_server import EchoServer, open_echo_server, split_answers
from tests.hostile.http_requests import BEGIN, not_found
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")
HEAD = BEGIN + b"Content-Length: 100\r\n\r\n"
ONE = BEGIN + b"Content-Length: 1\r\n\r\nx"
TOO_SLOW = b"TOO_SLOW"
SHORT_S = 0.15
"""How long the one state lasts that is to end."""


@dataclass
class Timer:
    """Calls back once it is due."""

    when_s: float
    callback: Callable[[], None]

    def when(self) -> float:
        return self.when_s

    def cancel(self) -> None:
        self.when_s = inf


class Timers:
    """An event loop whose time goes on when the test says so."""

    def __init__(self) -> None:
        self._now_s = 0.0
        self._timers: list[Timer] = []

    def get_running_loop(self) -> Self:
        return self

    def time(self) -> float:
        return self._now_s

    def call_at(self, when_s: float, callback: Callable[[], None]) -> Timer:
        self._timers.append(Timer(when_s, callback))
        return self._timers[-1]

    def advance(self, seconds: float) -> None:
        """Let time pass, and call what is due."""
        self._now_s += seconds
        for timer in tuple(self._timers):
            if timer.when_s <= self._now_s:
                timer.cancel()
                timer.callback()


async def silent(scope: Scope, receive: Receive, send: Send) -> None:
    """Read the request, and never answer."""
    while (await receive())["type"] != "http.disconnect":
        pass


@pytest.mark.parametrize("sent", [b"", b"\r\n"])
async def test_connection_without_a_request_ends(
    sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_state, "HEAD_S", SHORT_S)
    async with open_echo_server() as server:
        assert await server.answers(sent) == []
        await server.until_open(0)


@pytest.mark.parametrize(
    ("state", "sent"),
    [
        ("HEAD_S", b"POST /se"),
        ("HEAD_S", BEGIN),
        ("HEAD_S", ONE + BEGIN),
        ("BODY_S", HEAD),
        ("BODY_S", HEAD + b"x" * 99),
        ("BODY_S", BEGIN + b"Transfer-Encoding: chunked\r\n\r\n"),
        ("BODY_S", BEGIN + b"Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"),
    ],
)
async def test_client_that_sends_nothing_more_is_answered_and_its_connection_ends(
    state: str, sent: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with open_echo_server() as server, server.connection() as (reader, writer):
        writer.write(ONE)
        first = await reader.readuntil(b"\r\n\r\nx")
        # Short is only what is to end: on a slow machine the states before it took as long.
        monkeypatch.setattr(connection_state, state, SHORT_S)
        writer.write(sent)
        async with asyncio.timeout(WAIT_MAX_S):
            *_, refusal = split_answers(await reader.read())
        writer.close()
        await server.until_open(0)

    assert first.startswith(b"HTTP/1.1 200")
    assert refusal.startswith(b"408")
    assert TOO_SLOW in refusal


async def test_answered_client_that_sends_no_further_request_is_disconnected(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection_state, "KEEP_ALIVE_S", SHORT_S)
    async with open_echo_server() as server:
        assert await server.answers(ONE) == [b"200 x"]
        await server.until_open(0)


async def test_body_that_is_slower_than_its_rate_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection_state, "BODY_S", SHORT_S)
    monkeypatch.setattr(connection_state, "BODY_BYTES_PER_S", 1_000_000)
    async with open_echo_server() as server, server.connection() as (reader, writer):
        writer.write(BEGIN + b"Connection: close\r\nContent-Length: 8\r\n\r\n")
        for _ in range(8):
            await asyncio.sleep(0.04)
            writer.write(b"x")
        async with asyncio.timeout(WAIT_MAX_S):
            (answer,) = split_answers(await reader.read())

    assert answer.startswith(b"408")


@pytest.mark.parametrize(("bytes_per_s", "refused"), [(1, False), (1_000_000, True)])
async def test_body_may_take_as_long_as_its_bytes_are_worth(
    monkeypatch: pytest.MonkeyPatch, bytes_per_s: int, refused: bool
) -> None:
    monkeypatch.setattr(connection_state, "BODY_BYTES_PER_S", bytes_per_s)
    timers = Timers()
    monkeypatch.setattr(connection_state, "asyncio", timers)
    refusals: list[HttpError] = []
    state = ConnectionState(close=pytest.fail, refuse=refusals.append)

    state.execute()
    state.wait_for_body()
    for _ in range(10):
        state.body_received(8, complete=False)
        timers.advance(connection_state.BODY_S / 5)

    assert [error.status for error in refusals[:1]] == [408] * refused


async def ended_after_its_answer(server: EchoServer) -> bytes:
    """What a client that sends a head and no body reads until the server ends its connection."""
    async with server.connection() as (reader, writer):
        writer.write(HEAD)
        async with asyncio.timeout(WAIT_MAX_S):
            return await reader.read()


async def test_connections_answered_before_their_bodies_came_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection_state, "LINGER_S", SHORT_S)
    async with open_echo_server(not_found) as server:
        answers = await asyncio.gather(*(ended_after_its_answer(server) for _ in range(20)))
        await server.until_open(0)

    assert all(b"connection: close" in answer for answer in answers)


async def test_answer_reaches_a_client_that_is_still_sending() -> None:
    body = b"x" * 500_000
    async with open_echo_server(not_found) as server:
        for _ in range(10):
            sent = BEGIN + b"Content-Length: %d\r\n\r\n" % len(body) + body

            assert await server.answers(sent) == [b"404 none"]


async def test_answer_that_is_not_made_is_a_refusal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection_state, "EXECUTION_S", SHORT_S)
    async with open_echo_server(silent) as server:
        (answer,) = await server.answers(BEGIN + b"\r\n")

    assert answer.startswith(b"503")
    assert b"UNAVAILABLE" in answer


async def test_head_without_an_end_is_refused() -> None:
    get = b"GET /?"
    line = b"X-More: " + b"x" * 30_000 + b"\r\n"
    async with open_echo_server() as server:
        (headers,) = await server.answers(BEGIN, *[line] * 12)
        (url,) = await server.answers(get, *[b"x" * 30_000] * 12)

        assert server.requests == ["GET /", "GET /"]

    assert (headers[:3], url[:3]) == (b"431", b"414")


async def test_trailers_are_forgotten(server: Server) -> None:
    body = b'{"query": "{ __typename }"}'
    chunk = b"%x\r\n%b\r\n" % (len(body), body)
    trailers = b"0\r\nAuthorization: Bearer x\r\nContent-Length: 3\r\n\r\n"
    lines = (
        "POST /graphql HTTP/1.1",
        "Content-Type: application/json",
        "Transfer-Encoding: chunked",
    )

    async with open_raw_connection(server) as line:
        for _ in range(2):
            await line.send(*lines, body=chunk + trailers)
            status, _, answer = await line.receive()

            assert (status, json.loads(answer)["data"]) == (200, {"__typename": "Query"})


async def test_states_are_those_of_the_table() -> None:
    table = connection_state.__doc__ or ""

    assert all(f"    {state.name} " in table for state in State)
