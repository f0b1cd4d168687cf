"""A revoked token closes its connections at once; connections are bounded."""

import asyncio
import json
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import timedelta

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import Socket, open_socket
from tests.graphql.subscriptions.subscription_node import (
    SubscriptionNode,
    next_positions,
    until_started,
)
from tests.infra.auth.auth_node import StoppedClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

REVOKED = (4403, "TOKEN_REVOKED")

# ``iat`` counts whole seconds: what somebody is issued later in the second of a sign-out is revoked
# too, so no other test of this database may sign this person in.
SIGNED_OUT = "who is signed out"


async def close_frame(server: Server, token: str) -> tuple[int, str]:
    """The close code and reason of a socket with this token."""
    async with open_socket(server.url) as socket:
        payload = {"Authorization": f"Bearer {token}"}
        await socket.send(type="connection_init", payload=payload)
        return await socket.closed()


@asynccontextmanager
async def a_stream(server: Server, token: str, query: str) -> AsyncGenerator[httpx.Response]:
    """A stream of events, once it has begun."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    async with (
        httpx.AsyncClient(headers=headers, timeout=WAIT_MAX_S, trust_env=False) as client,
        client.stream("POST", server.url, json={"query": query}) as response,
    ):
        yield response


async def test_revoked_token_closes_its_sockets_on_every_node(
    nodes: dict[str, SubscriptionNode], node: SubscriptionNode
) -> None:
    one, other = node.server, nodes["plain"].server
    lost = await one.token(Role.COMMENTER, name="Ann")
    remaining = await one.token(Role.COMMENTER, name="Ann", lifetime=timedelta(hours=2))
    node = await node.from_now()
    async with (
        one.socket(lost.text) as here,
        other.socket(lost.text) as there,
        one.socket(remaining.text) as stays,
        one.socket() as anonymous,
    ):
        for socket in (here, there, stays, anonymous):
            await socket.subscribe("w", node.trail, after=node.start)
        await node.record_events(1)
        for socket in (here, there, stays, anonymous):
            assert await next_positions(socket, 1) == node.positions(1, 1)

        await one.backend.authenticator.revoke(lost.text)

        assert [await here.closed(), await there.closed()] == [REVOKED] * 2
        await node.record_events(1)
        for socket in (stays, anonymous):
            assert await next_positions(socket, 1) == node.positions(2, 2)
    assert await close_frame(other, lost.text) == REVOKED


async def test_signing_out_a_person_closes_all_their_connections(
    node: SubscriptionNode,
) -> None:
    server = node.server
    tokens = [await server.token(Role.MAG_MEMBER, name=SIGNED_OUT) for _ in range(2)]
    another = await server.token(Role.MAG_MEMBER, name="Cy")
    assert tokens[0].person is not None
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(server.socket(one.text)) for one in tokens]
        cys = await stack.enter_async_context(server.socket(another.text))
        stream = await stack.enter_async_context(a_stream(server, tokens[0].text, node.trail))

        await server.backend.authenticator.sign_out(tokens[0].person)

        assert [await socket.closed() for socket in sockets] == [REVOKED] * 2
        async with asyncio.timeout(WAIT_MAX_S):
            received = [line async for line in stream.aiter_lines()]
        assert any("TOKEN_REVOKED" in line for line in received)
        await until_started(cys)
    assert await close_frame(server, tokens[1].text) == REVOKED


async def test_socket_closes_when_its_token_expires(node: SubscriptionNode) -> None:
    clock = StoppedClock()
    async with serving(node.dsn, clock=clock) as server:
        token = await server.token(Role.COMMENTER)
        clock.instant = token.expires_at - timedelta(seconds=0.2)
        async with server.socket(token.text) as socket:
            assert await socket.closed() == (4403, "TOKEN_EXPIRED")


async def test_connections_of_one_person_are_bounded(node: SubscriptionNode) -> None:
    async with serving(node.dsn, INTERSESSIONAL_PERSON_SOCKETS_MAX="2") as server:
        ann, bo = [await server.token(Role.COMMENTER, name=name) for name in ("Ann", "Bo")]
        async with (
            server.socket(ann.text),
            server.socket(bo.text),
            server.socket(),
            server.socket(),
        ):
            async with server.socket(ann.text):
                code, reason = await close_frame(server, ann.text)
                assert (code, "You have" in reason) == (1013, True)
            await replace(node, server=server).until_open(4)

            async with server.socket(ann.text) as again:
                await until_started(again)


async def test_connections_of_a_node_are_bounded(node: SubscriptionNode) -> None:
    async with serving(node.dsn, INTERSESSIONAL_SOCKETS_MAX="2") as server:
        async with server.socket(), open_socket(server.url), open_socket(server.url) as one_more:
            code, reason = await one_more.closed()
            assert (code, "This server has" in reason) == (1013, True)
        await replace(node, server=server).until_open(0)

        async with server.socket() as again:
            await until_started(again)


async def test_heartbeat_has_the_positions_of_the_log_and_the_socket(
    node: SubscriptionNode,
) -> None:
    async with serving(
        node.dsn,
        composition=node.probe.composition,
        INTERSESSIONAL_HEARTBEAT_SECONDS="1",
        INTERSESSIONAL_INIT_SECONDS_MAX="600",
    ) as server:
        node = await replace(node, server=server).from_now()
        async with (
            server.socket() as quiet,
            server.socket() as watching,
            open_socket(server.url) as dumb,
        ):
            query = "subscription ($draft: ID!, $after: Position) {"
            query += " commentEvents(draft: $draft, after: $after) { position } }"
            nothing = "00000000-0000-0000-0000-000000000000"
            await watching.subscribe("w", query, draft=nothing, after=node.start)
            await node.record_events(3)
            [head] = node.positions(3, 3)

            # Nothing concerns what is watched, and yet it need not be looked for again.
            for socket in (quiet, watching):
                received: dict[str, int] = {}
                epoch = server.backend.feed.epochs.present
                while received != {"headPosition": head, "sentPosition": head, "epoch": epoch}:
                    received = await next_ping(socket)
                    assert received["sentPosition"] <= received["headPosition"] <= head
            # A socket that has sent no connection_init gets no ping.
            await dumb.introduce()


async def next_ping(socket: Socket) -> dict[str, int]:
    """The payload of the next ping of the server."""
    async with asyncio.timeout(WAIT_MAX_S):
        message = json.loads(await socket.connection.recv())
        assert message["type"] == "ping", message
        received: dict[str, int] = message["payload"]
        return received
