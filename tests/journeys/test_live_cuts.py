"""Subscribers whose connections are cut at random get every event once and in order."""

import asyncio
import random
from contextlib import suppress
from dataclasses import dataclass

import orjson
import pytest
from websockets.exceptions import ConnectionClosed

from tests.graphql.server import Server, serving
from tests.graphql.socket import open_socket
from tests.graphql.subscriptions.record_events import record_events

CLIENTS = 30
EVENTS = 2_500
PATIENCE_S = 300

SELECTIONS = ("position", "name", "stream version")
"""Selections of a subscription; a payload has its position with each of them."""


@dataclass
class Client:
    """A client whose connection is cut at random."""

    selection: str
    chance: random.Random
    seen: int = 0
    cuts: int = 0

    async def watch(self, *nodes: Server) -> None:
        """Subscribe at any node, and continue at any after each cut."""
        while self.seen < EVENTS:
            with suppress(ConnectionClosed):
                await self._watch(self.chance.choice(nodes))

    async def _watch(self, node: Server) -> None:
        query = "subscription ($after: Position) { auditTrail(after: $after) { %s } }"
        async with open_socket(node.url) as socket:
            await socket.introduce()
            await socket.subscribe("w", query % self.selection, after=self.seen)
            for _ in range(self.chance.randint(0, 1_000)):
                message = orjson.loads(await socket.connection.recv())
                if message["type"] == "next":
                    payload = message["payload"]
                    assert payload["data"]["auditTrail"].keys() == set(self.selection.split())
                    assert payload["extensions"]["position"] == self.seen + 1
                    self.seen += 1
                if self.seen == EVENTS:
                    return
            self.cuts += 1
            socket.cut()


@pytest.mark.timeout(PATIENCE_S + 60)
async def test_subscribers_get_every_event_once_and_in_order(database_url: str) -> None:
    clients = [
        Client(SELECTIONS[number % len(SELECTIONS)], random.Random(number))
        for number in range(CLIENTS)
    ]
    async with (
        serving(database_url) as one,
        serving(database_url) as other,
        asyncio.timeout(PATIENCE_S),
        asyncio.TaskGroup() as tasks,
    ):
        for client in clients:
            tasks.create_task(client.watch(one, other))
        tasks.create_task(record_events(database_url, EVENTS))

    assert [client.seen for client in clients] == [EVENTS] * CLIENTS
    assert sum(client.cuts for client in clients) > 2 * CLIENTS
