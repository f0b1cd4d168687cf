"""Sockets and streams without a person leave places to others."""

import asyncio
from contextlib import AsyncExitStack

import pytest
from websockets.exceptions import ConnectionClosed

from intersessional.domain.kernel.act import Role
from intersessional.infra.connections import places
from tests.graphql.client import Client
from tests.graphql.server import WAIT_MAX_S, Server, serving
from tests.graphql.socket import open_socket

pytestmark = pytest.mark.asyncio(loop_scope="session")

PLACES_MAX, ADDRESS_MAX = 10, 3
ANONYMOUS_MAX = 8
TRAIL = "subscription { auditTrail { position } }"


async def sign_in(
    stack: AsyncExitStack, node: Server, address: str, token: str | None = None
) -> str:
    """Open a socket from an address; the reason why it is closed, or nothing."""
    socket = await stack.enter_async_context(open_socket(node.url, address=address))
    try:
        await socket.introduce(token)
    except ConnectionClosed:
        assert socket.connection.close_code == 1013
        return socket.connection.close_reason or "?"
    return ""


async def stream_status(node: Server, token: str | None = None) -> int:
    """The status of a request for a stream of events, which is then left."""
    headers = {"Accept": "text/event-stream"}
    async with (
        Client(node.url, token=token) as client,
        client.http.stream("POST", node.url, json={"query": TRAIL}, headers=headers) as response,
    ):
        return response.status_code


async def until_left(node: Server, count: int) -> None:
    """Wait until a node has noticed that no more than so many are there."""
    async with asyncio.timeout(WAIT_MAX_S):
        while len(node.app.state.sessions) > count:  # noqa: ASYNC110  Sessions ring no bell.
            await asyncio.sleep(0.001)


async def test_address_and_all_without_a_person_have_a_share_of_the_places(
    database: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with (
        serving(
            database,
            INTERSESSIONAL_SOCKETS_MAX=PLACES_MAX,
            INTERSESSIONAL_ADDRESS_SOCKETS_MAX=ADDRESS_MAX,
        ) as node,
        AsyncExitStack() as stack,
    ):
        tokens = [(await node.token(Role.COMMENTER)).text for _ in range(3)]
        one = [await sign_in(stack, node, "127.0.0.1") for _ in range(ADDRESS_MAX + 1)]
        assert await stream_status(node) == 503
        signed_in = await sign_in(stack, node, "127.0.0.1", tokens[0])
        others = [await sign_in(stack, node, f"127.0.0.{2 + n % 3}") for n in range(6)]
        assert await stream_status(node, tokens[1]) == 200
        await until_left(node, PLACES_MAX - 1)
        assert await sign_in(stack, node, "127.0.0.1", tokens[1]) == ""

        assert one == [
            "",
            "",
            "",
            "The address 127.0.0.1 has 3 open connections without a person, as many as allowed.",
        ]
        assert signed_in == ""
        assert others[:5] == [""] * 5
        assert others[5].startswith("This server has 8 open connections without a person")
        assert len(node.app.state.sessions) == PLACES_MAX

    lines = [record.getMessage() for record in caplog.records if "refused" in record.getMessage()]
    assert len(lines) == 2
    assert lines[0].startswith("sockets and streams of events are refused: The address 127.0.0.1")
    assert lines[1] == "sockets and streams of events are accepted again; 3 were refused"


async def test_sockets_that_do_not_say_who_they_are_give_way(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "PENDING_S", 0.0)
    async with (
        serving(
            database, INTERSESSIONAL_SOCKETS_MAX=3, INTERSESSIONAL_INIT_SECONDS_MAX=600
        ) as node,
        AsyncExitStack() as stack,
    ):
        silent = [await stack.enter_async_context(open_socket(node.url)) for _ in range(3)]
        token = (await node.token(Role.COMMENTER)).text

        assert await sign_in(stack, node, "127.0.0.1", token) == ""
        assert (await silent[0].closed())[0] == 1013
        assert await sign_in(stack, node, "127.0.0.1", token) == ""
        assert (await silent[1].closed())[0] == 1013
        assert silent[2].connection.close_code is None
