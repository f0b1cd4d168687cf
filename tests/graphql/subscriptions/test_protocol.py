"""The corners of graphql-transport-ws: what may overlap, and what may be said how long."""

import asyncio
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.graphql.socket import Socket
from tests.graphql.subscriptions.ground import Ground, begun, seen

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_who_stops_while_catching_up_may_use_the_id_at_once_for_something_else(
    either: Ground,
) -> None:
    ground = either
    await ground.note(40)
    async with ground.node.socket() as socket:
        for _ in range(20):
            await socket.subscribe("w", ground.trail, after=ground.start)
            await socket.send(id="w", type="complete")
        await socket.subscribe("w", "{ __typename }")

        while (message := await socket.receive())["payload"]["data"] != {"__typename": "Query"}:
            # What was sent before it was told to stop.
            assert message["payload"]["data"]["auditTrail"]["position"] > ground.start
        assert await socket.receive() == {"id": "w", "type": "complete"}
        await ground.note(2)
        await socket.subscribe("w", ground.trail, after=ground.positions(40, 40)[0])
        assert await seen(socket, 2) == ground.positions(41, 42)


@pytest.mark.parametrize("character", ["x", "é", "€", "😀"])
async def test_a_socket_is_closed_however_long_what_it_was_sent_is(
    ground: Ground, character: str
) -> None:
    async with ground.node.socket() as socket:
        await socket.send(type=character * 2_000)
        assert (await socket.closed())[0] == 4400
    async with ground.node.socket() as socket:
        for _ in range(2):
            await socket.subscribe(character * 200, ground.trail)
        code, reason = await socket.closed()
        assert code == 4409
        assert reason.startswith(f"Subscriber for {character}")


async def test_nothing_is_said_after_a_socket_was_closed(either: Ground) -> None:
    ground = either
    async with ground.node.socket() as socket:
        await socket.subscribe("w", ground.trail, after=ground.start)
        await begun(socket)
        await asyncio.gather(ground.note(50), closed_by_a_mistake(socket))

        # A frame after a close frame would be a violation, which is told as another code.
        assert socket.connection.close_code == 4400


async def closed_by_a_mistake(socket: Socket) -> None:
    """Wait until something is received; then say what is no message, and go on to read."""
    await socket.receive()
    await socket.send(type="mistake")
    with suppress(ConnectionClosed):
        while True:
            await socket.receive()
