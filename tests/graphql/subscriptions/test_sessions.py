"""Whoever is signed out is gone at once, wherever they are; and nobody takes all there is."""

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
from tests.graphql.subscriptions.ground import Ground, begun, seen
from tests.infra.auth.auth_node import ShiftedClock

pytestmark = pytest.mark.asyncio(loop_scope="session")

REVOKED = (4403, "TOKEN_REVOKED")


async def refused(node: Server, token: str) -> tuple[int, str]:
    """How a socket is closed whose token is not accepted."""
    async with open_socket(node.url) as socket:
        payload = {"Authorization": f"Bearer {token}"}
        await socket.send(type="connection_init", payload=payload)
        return await socket.closed()


@asynccontextmanager
async def a_stream(node: Server, token: str, query: str) -> AsyncGenerator[httpx.Response]:
    """A stream of events, once it has begun."""
    headers = {"Authorization": f"Bearer {token}", "Accept": "text/event-stream"}
    async with (
        httpx.AsyncClient(headers=headers, timeout=WAIT_MAX_S, trust_env=False) as client,
        client.stream("POST", node.url, json={"query": query}) as response,
    ):
        yield response


async def test_a_token_revoked_while_it_watches_closes_its_socket_on_every_node(
    grounds: dict[str, Ground], ground: Ground
) -> None:
    one, other = ground.node, grounds["plain"].node
    lost = await one.token(Role.COMMENTER, name="Ann")
    kept = await one.token(Role.COMMENTER, name="Ann", lifetime=timedelta(hours=2))
    ground = await ground.anew()
    async with (
        one.socket(lost.text) as here,
        other.socket(lost.text) as there,
        one.socket(kept.text) as stays,
        one.socket() as nobodys,
    ):
        for socket in (here, there, stays, nobodys):
            await socket.subscribe("w", ground.trail, after=ground.start)
        await ground.note(1)
        for socket in (here, there, stays, nobodys):
            assert await seen(socket, 1) == ground.positions(1, 1)

        await one.backend.authenticator.revoke(lost.text)

        assert [await here.closed(), await there.closed()] == [REVOKED] * 2
        await ground.note(1)
        for socket in (stays, nobodys):
            assert await seen(socket, 1) == ground.positions(2, 2)
    assert await refused(other, lost.text) == REVOKED


async def test_a_person_who_is_signed_out_has_nothing_open_any_more_until_they_come_back(
    ground: Ground,
) -> None:
    node = ground.node
    tokens = [await node.token(Role.MAG_MEMBER, name="Bo") for _ in range(2)]
    another = await node.token(Role.MAG_MEMBER, name="Cy")
    assert tokens[0].person is not None
    async with AsyncExitStack() as stack:
        sockets = [await stack.enter_async_context(node.socket(one.text)) for one in tokens]
        cys = await stack.enter_async_context(node.socket(another.text))
        stream = await stack.enter_async_context(a_stream(node, tokens[0].text, ground.trail))

        await node.backend.authenticator.sign_out(tokens[0].person)

        assert [await socket.closed() for socket in sockets] == [REVOKED] * 2
        async with asyncio.timeout(WAIT_MAX_S):
            told = [line async for line in stream.aiter_lines()]
        assert any("TOKEN_REVOKED" in line for line in told)
        await begun(cys)
    assert await refused(node, tokens[1].text) == REVOKED


async def test_a_socket_ends_when_its_token_does(ground: Ground) -> None:
    clock = ShiftedClock()
    async with serving(ground.dsn, clock=clock) as node:
        token = await node.token(Role.COMMENTER, lifetime=timedelta(hours=1))
        # Time enough to be introduced, on a busy machine too.
        clock.ahead = timedelta(hours=1, seconds=-4)
        async with node.socket(token.text) as socket:
            assert await socket.closed() == (4403, "TOKEN_EXPIRED")


async def test_one_person_has_only_so_much_open_and_others_their_own(ground: Ground) -> None:
    async with serving(ground.dsn, INTERSESSIONAL_PERSON_SOCKETS_MAX="2") as node:
        ann, bo = [await node.token(Role.COMMENTER, name=name) for name in ("Ann", "Bo")]
        async with node.socket(ann.text), node.socket(bo.text), node.socket(), node.socket():
            async with node.socket(ann.text):
                code, reason = await refused(node, ann.text)
                assert (code, "as you may" in reason) == (1013, True)
            await replace(ground, node=node).until_open(4)

            async with node.socket(ann.text) as again:
                await begun(again)


async def test_a_node_serves_only_so_many(ground: Ground) -> None:
    async with serving(ground.dsn, INTERSESSIONAL_SOCKETS_MAX="2") as node:
        async with node.socket(), open_socket(node.url), open_socket(node.url) as one_more:
            code, reason = await one_more.closed()
            assert (code, "as it can" in reason) == (1013, True)
        await replace(ground, node=node).until_open(0)

        async with node.socket() as again:
            await begun(again)


async def test_a_sign_of_life_tells_how_far_the_record_and_the_socket_are(ground: Ground) -> None:
    async with serving(
        ground.dsn, composition=ground.probe.composition, INTERSESSIONAL_HEARTBEAT_SECONDS="1"
    ) as node:
        ground = await replace(ground, node=node).anew()
        async with node.socket() as quiet, node.socket() as watching, open_socket(node.url) as dumb:
            query = "subscription ($draft: ID!, $after: Position) {"
            query += " commentEvents(draft: $draft, after: $after) { position } }"
            nothing = "00000000-0000-0000-0000-000000000000"
            await watching.subscribe("w", query, draft=nothing, after=ground.start)
            await ground.note(3)
            [head] = ground.positions(3, 3)

            # Nothing concerns what is watched, and yet it need not be looked for again.
            for socket in (quiet, watching):
                told: dict[str, int] = {}
                while told != {"headPosition": head, "sentPosition": head}:
                    told = await sign_of_life(socket)
                    assert told["sentPosition"] <= told["headPosition"] <= head
            # Who has not introduced itself is told nothing.
            await dumb.introduce()


async def sign_of_life(socket: Socket) -> dict[str, int]:
    """What the next ping of the server tells."""
    async with asyncio.timeout(WAIT_MAX_S):
        message = json.loads(await socket.connection.recv())
        assert message["type"] == "ping", message
        told: dict[str, int] = message["payload"]
        return told
