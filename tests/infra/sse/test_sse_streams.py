"""Events arrive once and in order, and a stream ends when it must."""

import asyncio
import socket
from collections.abc import MutableMapping
from contextlib import ExitStack
from datetime import timedelta
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.infra.connections.client_connections import ClientConnections
from intersessional.infra.sse.sse_buffer import SseBuffer
from intersessional.infra.sse.sse_response import SseResponse
from intersessional.projections.kernel.epochs import PositionInEpoch
from tests.graphql.client import Client
from tests.graphql.events import Event, events
from tests.graphql.scenario import ForumScenario, forum_scenario, new_year
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.infra.auth.auth_node import StoppedClock

EPOCH = "3f9a5be2c1d0"

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any
TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"
OPEN = "mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }"

COMPLETE = Event("complete", "")


async def open_streams(server: Server, count: int) -> None:
    """Wait until so many are open on the server."""
    async with asyncio.timeout(WAIT_MAX_S):
        while len(server.app.state.sessions) != count:  # noqa: ASYNC110  Sockets ring no bell.
            await asyncio.sleep(0.01)


async def test_query_or_mutation_is_one_event_and_complete(scenario: ForumScenario) -> None:
    async with events(scenario.commenter, "{ __typename }") as query:
        answered, end = await query.end()
    assert answered.result()["data"] == {"__typename": "Query"}
    assert end == COMPLETE
    given = {"commandId": "no id", "year": new_year()}
    async with events(scenario.commenter, OPEN, input=given) as mutation:
        result, end = await mutation.end()

    assert result.result()["data"]["openCycle"]["__typename"] == "BadValue"
    assert end == COMPLETE


@pytest.mark.parametrize(
    ("query", "variables", "code"),
    [
        ("subscription {", {}, "SYNTAX"),
        ("subscription { nothing }", {}, "VALIDATION"),
        (TRAIL, {"after": "x"}, "BAD_VARIABLE"),
        (TRAIL, {"after": 2**53 - 1}, "POSITION_AHEAD"),
        ("query A { a: __typename } query B { b: __typename }", {}, "TOO_MANY_OPERATIONS"),
    ],
)
async def test_invalid_operation_is_an_event_with_errors(
    scenario: ForumScenario, query: str, variables: Json, code: str
) -> None:
    async with events(scenario.commenter, query, **variables) as stream:
        *_, invalid, end = await stream.end()

    (error,) = invalid.result()["errors"]
    assert error["extensions"]["code"] == code
    assert end == COMPLETE


async def test_malformed_request_is_refused_before_a_stream_begins(scenario: ForumScenario) -> None:
    headers = {"Accept": "text/event-stream"}
    http, url = scenario.commenter.http, scenario.commenter.url

    broken = await http.post(
        url, content=b"{", headers={**headers, "Content-Type": "application/json"}
    )
    command = await http.get(url, params={"query": OPEN}, headers=headers)
    id = await http.get(url, params={"query": TRAIL}, headers={**headers, "Last-Event-ID": "x"})
    unknown = await http.get(
        url, params={"query": TRAIL}, headers={**headers, "Authorization": "Bearer x"}
    )
    head = await http.head(url, params={"query": TRAIL}, headers=headers)

    assert [answer.status_code for answer in (broken, command, id, unknown)] == [400, 405, 400, 401]
    assert head.status_code == 200
    assert head.headers["content-type"].startswith("text/event-stream")


async def test_stream_ends_when_its_token_expires(database: str) -> None:
    clock = StoppedClock()
    async with serving(database, clock=clock) as server:
        token = await server.token(Role.COMMENTER)
        clock.instant = token.expires_at - timedelta(seconds=0.2)
        async with Client(server.url, token=token.text) as client:
            async with events(client, TRAIL) as stream:
                assert await stream.end() == []
                assert "TOKEN_EXPIRED" in stream.comments
            # Not completed: a client that has a new token goes on.
            clock.instant = token.expires_at
            again = await client.http.post(
                client.url, json={"query": TRAIL}, headers={"Accept": "text/event-stream"}
            )

    assert again.status_code == 401


async def test_stopping_server_sends_when_to_reconnect(database: str) -> None:
    async with (
        serving(database) as server,
        await server.client() as client,
        events(client, TRAIL) as stream,
    ):
        await stream.block()
        assert stream.retry_ms == 1_000
        stream.retry_ms = None
        server.stop()

        assert await stream.end() == []
        assert stream.retry_ms is not None


async def test_client_that_disconnects_leaves_no_session(database: str) -> None:
    async with serving(database) as server, await server.client() as client:
        async with events(client, TRAIL), events(client, TRAIL):
            await open_streams(server, 2)
        await open_streams(server, 0)


async def test_browser_reconnects_to_a_full_node_by_itself(database: str) -> None:
    async with (
        serving(database, INTERSESSIONAL_SOCKETS_MAX=1) as server,
        await server.client() as client,
        events(client, TRAIL),
    ):
        await open_streams(server, 1)
        async with events(client, TRAIL, get=True, last_id="1") as browser:
            # With any other status it would never try again.
            assert browser.response.status_code == 200
            assert await browser.end() == []
            assert browser.last_id is None
            assert browser.retry_ms is not None
            assert browser.retry_ms >= 5_000


async def test_stream_over_the_limit_is_refused_with_retry_after(database: str) -> None:
    async with (
        serving(database, INTERSESSIONAL_SOCKETS_MAX=1) as server,
        await server.client() as client,
    ):
        async with events(client, TRAIL):
            await open_streams(server, 1)
            async with events(client, TRAIL) as second:
                full = await second.response.aread()
                assert second.response.status_code == 503
                assert b'"TOO_MANY_STREAMS"' in full
                assert int(second.response.headers["retry-after"]) > 0
        await open_streams(server, 0)
        async with events(client, TRAIL) as third:
            assert third.response.status_code == 200


async def test_heartbeat_has_the_log_position_and_an_event_id() -> None:
    name = EPOCH.encode()
    buffer, sent = SseBuffer(), asyncio.Queue[bytes]()
    membership = SimpleNamespace(position=41, leave=lambda: None)

    subscribed = asyncio.Event()

    async def subscribe(_: Sink) -> SinkMembership:
        subscribed.set()
        return cast(SinkMembership, membership)

    async def receive() -> dict[str, Any]:
        return await asyncio.Future()

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.put_nowait(message.get("body", b"started"))

    connections = ClientConnections(lambda: PositionInEpoch(0, EPOCH), heartbeat_s=60)
    response = SseResponse(subscribe, buffer, connections=connections, session=ExitStack())
    async with asyncio.timeout(WAIT_MAX_S):
        running = asyncio.create_task(response({}, receive, send))
        assert await sent.get() == b"started"
        await subscribed.wait()
        response.send_heartbeat(PositionInEpoch(43, EPOCH))
        assert await sent.get() == b": headPosition 43 epoch %b\nid: %b:41\n\n" % (name, name)
        buffer.send([Payload(44, b"{}", epoch=EPOCH)])
        response.send_heartbeat(PositionInEpoch(45, EPOCH))

        assert await sent.get() == b"id: %b:44\nevent: next\ndata: {}\n\n" % name
        buffer.end()
        await running


async def test_stalled_stream_is_aborted_and_the_others_go_on(database: str) -> None:
    async with serving(database) as server, forum_scenario(server) as scenario:
        draft = await scenario.publish(await scenario.establish())
        query = f"""subscription {{ commentEvents(draft: "{draft}", after: 0) {{
            {" ".join(f"a{n}: node {{ body }}" for n in range(40))} position }} }}"""
        stalled = open_stalled(server.url, query)
        try:
            async with events(scenario.commenter, query) as stream:
                await open_streams(server, 2)
                positions: list[int] = []
                for number in range(20):
                    await scenario.comment(draft, "x" * 7_000 + str(number))
                    positions.append((await stream.next())["commentEvents"]["position"])
                await open_streams(server, 1)
        finally:
            stalled.close()

        assert positions == sorted(set(positions))
        assert len(positions) == 20


def open_stalled(url: str, query: str) -> socket.socket:
    """Ask for a stream, and never read it."""
    requested = httpx.Request(
        "GET", url, params={"query": query}, headers={"Accept": "text/event-stream"}
    )
    one = socket.socket()
    one.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    one.connect((requested.url.host, requested.url.port))
    target = requested.url.raw_path.decode()
    one.sendall(
        f"GET {target} HTTP/1.1\r\nHost: {requested.url.netloc.decode()}\r\n"
        "Accept: text/event-stream\r\n\r\n".encode()
    )
    return one
