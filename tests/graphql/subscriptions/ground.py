"""A node that tests of one file share, each from where the record stands when it begins."""

import asyncio
from contextlib import AsyncExitStack
from dataclasses import dataclass, replace
from itertools import count
from typing import Any

from tests.graphql.server import WAIT_MAX_S, Server
from tests.graphql.socket import Socket
from tests.graphql.subscriptions.notes import note
from tests.graphql.subscriptions.probe import Probe

_NAMES = (f"test {number}" for number in count(1))


@dataclass(frozen=True)
class Ground:
    """A node that counts what it executes, on a record that stands at ``start``."""

    node: Server
    probe: Probe
    dsn: str
    name: str = ""
    """What is counted for this test alone: groups of others may linger."""
    start: int = 0

    async def anew(self) -> "Ground":
        """The same, from where the record stands now, with nothing counted."""
        start = await self.node.caught_up()
        async for _ in self.node.backend.feed.follow(start - 1, start):
            pass
        return replace(self, start=start, name=next(_NAMES))

    @property
    def counted(self) -> str:
        """A field that is counted."""
        return f'counted(by: "{self.name}")'

    @property
    def trail(self) -> str:
        """What most watch."""
        return (
            "subscription ($after: Position) {"
            f" auditTrail(after: $after) {{ position {self.counted} }} }}"
        )

    async def note(self, number: int, text: str = "") -> None:
        """Record so many events."""
        await note(self.dsn, number, text)

    def positions(self, first: int, last: int) -> list[int]:
        """Some positions in a row, counted from the start."""
        return list(range(self.start + first, self.start + last + 1))

    @property
    def executed(self) -> dict[int, int]:
        """How often each position was executed, counted from the start."""
        counted = self.probe.executed[self.name]
        return {at - self.start: times for at, times in sorted(counted.items())}

    async def until_open(self, number: int) -> None:
        """Wait until just so many are open at the node."""
        async with asyncio.timeout(WAIT_MAX_S):
            while len(self.node.app.state.sessions) != number:  # noqa: ASYNC110  No bell rings.
                await asyncio.sleep(0.01)

    async def watchers(
        self, stack: AsyncExitStack, number: int, query: str | None = None, **variables: Any
    ) -> list[Socket]:
        """So many sockets, each of which watches the same."""
        sockets = [await stack.enter_async_context(self.node.socket()) for _ in range(number)]
        for socket in sockets:
            await socket.subscribe("w", query or self.trail, **variables)
        return sockets


async def seen(socket: Socket, number: int, id: str = "w") -> list[int]:
    """The positions of the next entries."""
    return [(await socket.next(id))["auditTrail"]["position"] for _ in range(number)]


async def begun(socket: Socket) -> None:
    """Wait until what was asked before has begun: messages are taken in order."""
    await socket.subscribe("q", "{ __typename }")
    while (await socket.receive())["type"] != "complete":
        pass
