"""A node that tests share; each test begins after the last event."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tests.graphql.server import WAIT_MAX_S, Server
from tests.graphql.socket import Socket
from tests.graphql.subscriptions.execution_probe import ExecutionProbe
from tests.graphql.subscriptions.record_events import record_events

_NAMES = (f"test {number}" for number in count(1))


@dataclass(frozen=True)
class SubscriptionNode:
    """A node whose executions are counted, on a log that ends at ``start``."""

    server: Server
    probe: ExecutionProbe
    dsn: str
    name: str = ""
    """The name under which this test is counted: subscriptions of other tests may linger."""
    start: int = 0

    async def from_now(self) -> "SubscriptionNode":
        """The same node, beginning after the last event, with nothing counted."""
        return replace(self, start=await self.until_read(), name=next(_NAMES))

    async def until_read(self) -> int:
        """Wait until what is recorded is the past for the node, too; the last position."""
        last = await self.server.caught_up()
        async for _ in self.server.backend.feed.follow(last - 1, last):
            pass
        return last

    @property
    def counted(self) -> str:
        """A field whose executions are counted."""
        return f'counted(by: "{self.name}")'

    @property
    def trail(self) -> str:
        """A subscription to the audit trail with the counted field."""
        return (
            "subscription ($after: Position) {"
            f" auditTrail(after: $after) {{ position {self.counted} }} }}"
        )

    async def record_events(self, number: int, text: str = "") -> None:
        """Record events."""
        await record_events(self.dsn, number, text)

    def positions(self, first: int, last: int) -> list[int]:
        """A range of positions, relative to the start."""
        return list(range(self.start + first, self.start + last + 1))

    @property
    def executed(self) -> dict[int, int]:
        """The number of executions by position, relative to the start."""
        counted = self.probe.executed[self.name]
        return {at - self.start: times for at, times in sorted(counted.items())}

    async def until_open(self, number: int) -> None:
        """Wait until the server has this number of open connections."""
        async with asyncio.timeout(WAIT_MAX_S):
            while len(self.server.app.state.sessions) != number:  # noqa: ASYNC110  There is no event.
                await asyncio.sleep(0.01)

    async def subscribed_sockets(
        self, stack: AsyncExitStack, number: int, query: str | None = None, **variables: Any
    ) -> list[Socket]:
        """Open sockets that subscribe to the same operation."""
        sockets = [await stack.enter_async_context(self.server.socket()) for _ in range(number)]
        for socket in sockets:
            await socket.subscribe("w", query or self.trail, **variables)
        return sockets


async def next_positions(socket: Socket, number: int, operation_id: str = "w") -> list[int]:
    """The positions of the next payloads."""
    return [(await socket.next(operation_id))["auditTrail"]["position"] for _ in range(number)]


async def until_started(socket: Socket) -> None:
    """Wait until the earlier operations have started: messages are handled in order."""
    await socket.subscribe("q", "{ __typename }")
    while (await socket.receive())["type"] != "complete":
        pass
