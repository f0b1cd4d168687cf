"""Edge cases of graphql-transport-ws: overlapping messages and long texts."""

import asyncio
from contextlib import suppress

import pytest
from websockets.exceptions import ConnectionClosed

from tests.graphql.socket import Socket
from tests.graphql.subscriptions.subscription_node import (
    SubscriptionNode,
    next_positions,
    until_started,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_operation_id_can_be_reused_right_after_complete(
    any_node: SubscriptionNode,
) -> None:
    node = any_node
    await node.record_events(40)
    async with node.server.socket() as socket:
        for _ in range(20):
            await socket.subscribe("w", node.trail, after=node.start)
            await socket.send(id="w", type="complete")
        await socket.subscribe("w", "{ __typename }")

        while (message := await socket.receive())["payload"]["data"] != {"__typename": "Query"}:
            # Sent before the complete message arrived.
            assert message["payload"]["data"]["auditTrail"]["position"] > node.start
        assert await socket.receive() == {"id": "w", "type": "complete"}
        await node.record_events(2)
        await socket.subscribe("w", node.trail, after=node.positions(40, 40)[0])
        assert await next_positions(socket, 2) == node.positions(41, 42)


@pytest.mark.parametrize("character", ["x", "é", "€", "😀"])
async def test_close_reason_is_truncated_to_a_control_frame(
    node: SubscriptionNode, character: str
) -> None:
    async with node.server.socket() as socket:
        await socket.send(type=character * 2_000)
        assert (await socket.closed())[0] == 4400
    async with node.server.socket() as socket:
        for _ in range(2):
            await socket.subscribe(character * 200, node.trail)
        code, reason = await socket.closed()
        assert code == 4409
        assert reason.startswith(f"Subscriber for {character}")


async def test_no_message_follows_a_close_frame(any_node: SubscriptionNode) -> None:
    node = any_node
    async with node.server.socket() as socket:
        await socket.subscribe("w", node.trail, after=node.start)
        await until_started(socket)
        await asyncio.gather(node.record_events(50), send_malformed(socket))

        # A frame after a close frame would be a violation, which has another code.
        assert socket.connection.close_code == 4400


async def send_malformed(socket: Socket) -> None:
    """Wait for a message, send a malformed one, and read until the socket is closed."""
    await socket.receive()
    await socket.send(type="mistake")
    with suppress(ConnectionClosed):
        while True:
            await socket.receive()
