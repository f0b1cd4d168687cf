"""A socket speaks graphql-transport-ws, or is closed with the protocol's code."""

from datetime import timedelta
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server, serving
from tests.graphql.socket import open_socket
from tests.infra.auth.auth_node import StoppedClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"


async def test_socket_without_connection_init_is_closed(database: str) -> None:
    async with (
        serving(database, INTERSESSIONAL_INIT_SECONDS_MAX=1) as server,
        open_socket(server.url) as socket,
    ):
        assert (await socket.closed())[0] == 4408


async def test_subscribe_before_connection_ack_closes_the_socket(server: Server) -> None:
    async with open_socket(server.url) as socket:
        await socket.subscribe("t", TRAIL)

        assert (await socket.closed())[0] == 4401


async def test_second_connection_init_closes_the_socket(server: Server) -> None:
    async with server.socket() as socket:
        await socket.send(type="connection_init")

        assert (await socket.closed())[0] == 4429


@pytest.mark.parametrize(
    "payload",
    [
        {"Authorization": "Bearer x.y.z"},
        {"Authorization": "Basic YTpi"},
        {"Authorization": "Bearer"},
        {"Authorization": 7},
        {"Authorization": ["Bearer x"]},
        {"authorization": "Bearer a.b.c", "Authorization": "Bearer a.b.c"},
    ],
    ids=str,
)
async def test_invalid_token_closes_the_socket_with_its_code(server: Server, payload: Any) -> None:
    async with open_socket(server.url) as socket:
        await socket.send(type="connection_init", payload=payload)

        assert await socket.closed() == (4403, "TOKEN_REFUSED")


async def test_socket_ends_when_its_token_expires(database: str) -> None:
    clock = StoppedClock()
    async with serving(database, clock=clock) as server:
        token = await server.token(Role.COMMENTER)
        clock.instant = token.expires_at - timedelta(seconds=0.2)
        async with server.socket(token.text) as socket:
            await socket.subscribe("t", TRAIL)
            assert await socket.closed() == (4403, "TOKEN_EXPIRED")

        clock.instant = token.expires_at
        async with open_socket(server.url) as again:
            payload = {"Authorization": f"Bearer {token.text}"}
            await again.send(type="connection_init", payload=payload)
            assert await again.closed() == (4403, "TOKEN_EXPIRED")


@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1", "x"])
async def test_socket_of_another_origin_is_refused(server: Server, origin: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with open_socket(server.url, origin=origin):
            pass

    assert refused.value.response.status_code == 403
    assert b"ORIGIN_REFUSED" in refused.value.response.body


@pytest.mark.parametrize("path", ["/graphql/", "/health", "/"])
async def test_socket_elsewhere_is_told_where_the_api_is(server: Server, path: str) -> None:
    with pytest.raises(InvalidStatus) as refused:
        async with open_socket(server.url.removesuffix("/graphql") + path):
            pass

    assert refused.value.response.status_code == 404
    assert b"NOT_FOUND" in refused.value.response.body


async def test_socket_of_an_allowed_origin_is_served(database: str) -> None:
    allowed = "https://dashboard.example"
    async with serving(database, INTERSESSIONAL_ORIGINS=allowed) as server:
        for origin in (allowed, server.url.removesuffix("/graphql"), None):
            async with open_socket(server.url, origin=origin) as socket:
                assert "headPosition" in await socket.introduce()


@pytest.mark.parametrize("protocol", ["graphql-ws", "chat", None])
async def test_other_subprotocol_closes_the_socket(server: Server, protocol: str | None) -> None:
    async with open_socket(server.url, protocol=protocol) as socket:
        assert (await socket.closed())[0] == 4406


@pytest.mark.parametrize(
    "message",
    [
        "",
        "hello",
        "{",
        "[]",
        "null",
        "1",
        '"ping"',
        "{}",
        '{"type": "hello"}',
        '{"type": null}',
        '{"type": ["ping"]}',
        '{"type": "connection_init", "payload": ["Bearer"]}',
        '{"type": "connection_init", "payload": "Bearer"}',
        '{"type": "complete"}',
        '{"type": "complete", "id": 1}',
        '{"type": "subscribe"}',
        '{"type": "subscribe", "id": "1"}',
        '{"type": "subscribe", "id": 1, "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "", "payload": {"query": "{ __typename }"}}',
        '{"type": "subscribe", "id": "1", "payload": []}',
        '{"type": "subscribe", "id": "1", "payload": {"query": 1}}',
        '{"type": "subscribe", "id": "1", "payload": {"query": "{a}", "variables": []}}',
        "[" * 10_000,
        '{"type": "\ud800"}',
        b"\x00\x01",
    ],
    ids=lambda message: repr(message[:60]),
)
async def test_malformed_message_closes_the_socket(server: Server, message: str | bytes) -> None:
    async with server.socket() as socket:
        raw = message.encode(errors="surrogatepass") if isinstance(message, str) else message
        if isinstance(message, str) and "\ud800" not in message:
            await socket.connection.send(message)
            expected = 4400
        elif isinstance(message, str):
            # A text frame must be UTF-8: that is WebSocket's own business.
            await socket.connection.send(raw, text=True)
            expected = 1007
        else:
            await socket.connection.send(raw)
            expected = 4400

        code, reason = await socket.closed()

    assert code == expected
    assert len(reason.encode()) <= 123


async def test_too_large_message_closes_the_socket(server: Server) -> None:
    async with server.socket() as socket:
        await socket.send(id="1", type="subscribe", payload={"query": "x" * 100_000})

        assert (await socket.closed())[0] == 1009


async def test_operation_id_in_use_closes_the_socket(server: Server) -> None:
    async with server.socket() as socket:
        await socket.subscribe("t", TRAIL)
        await socket.subscribe("t", TRAIL)

        assert (await socket.closed())[0] == 4409


async def test_subscriptions_of_one_socket_are_bounded(server: Server) -> None:
    await server.token(Role.COMMENTER)
    async with server.socket() as socket:
        for number in range(101):
            await socket.subscribe(str(number), TRAIL)
        (error,) = await socket.error("100")
        assert error["extensions"]["code"] == "TOO_MANY_SUBSCRIPTIONS"

        await socket.send(id="0", type="complete")
        await socket.subscribe("100", TRAIL, after=0)
        assert (await socket.next("100"))["auditTrail"]["position"] == 1


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "SYNTAX"),
        ("", "SYNTAX"),
        ("subscription { nothing }", "VALIDATION"),
        ("subscription { auditTrail { position } a: auditTrail { position } }", "VALIDATION"),
        (
            "subscription ($after: Position!) { auditTrail(after: $after) { position } }",
            "BAD_VARIABLE",
        ),
        ("query { __typename } query { __typename }", "TOO_MANY_OPERATIONS"),
        ("query A { __typename } query B { __typename }", "TOO_MANY_OPERATIONS"),
        ("{" + "a " * 3_000 + "}", "QUERY_TOO_LARGE"),
        (
            "{ cycle(year: 1) " + "{ groups { nodes { cycle " * 6 + "{ year }" + "} } }" * 6 + "}",
            "QUERY_TOO_DEEP",
        ),
    ],
    ids=lambda value: str(value)[:40],
)
async def test_invalid_operation_gets_an_error_and_the_socket_goes_on(
    server: Server, query: str, code: str
) -> None:
    await server.token(Role.COMMENTER)
    async with server.socket() as socket:
        await socket.subscribe("wrong", query)
        errors = await socket.error("wrong")
        await socket.subscribe("right", TRAIL, after=0)

        assert (await socket.next("right"))["auditTrail"]["position"] == 1
    assert errors[0]["extensions"]["code"] == code


async def test_ping_is_answered(server: Server) -> None:
    async with server.socket() as socket:
        await socket.send(type="ping", payload={"any": "thing"})
        await socket.send(type="pong")

        assert (await socket.receive())["type"] == "pong"


async def test_complete_of_an_unknown_operation_is_ignored(server: Server) -> None:
    async with server.socket() as socket:
        await socket.send(id="never", type="complete")
        await socket.send(type="ping")

        assert (await socket.receive())["type"] == "pong"


async def test_stopping_server_tells_sockets_when_to_reconnect(database: str) -> None:
    async with (
        serving(database) as server,
        server.socket() as one,
        open_socket(server.url) as other,
    ):
        await one.subscribe("t", TRAIL)
        server.stop()

        for socket in (one, other):
            assert (await socket.closed())[0] == 1012


async def test_broken_socket_does_not_end_the_others(server: Server) -> None:
    async with forum_scenario(server) as scenario, server.socket() as good, server.socket() as bad:
        position = await server.caught_up()
        for socket in (good, bad):
            await socket.subscribe("t", TRAIL, after=position)
        await scenario.meet()
        first = (await good.next("t"))["auditTrail"]["position"]
        await bad.connection.send("no message")
        await bad.closed()
        await scenario.meet(2)

        assert (await good.next("t"))["auditTrail"]["position"] == first + 1
