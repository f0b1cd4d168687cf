"""Something that is watched, as a test tells it, and someone who watches."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from typing import Any, cast

from intersessional.graphql.request.context import ignore_progress
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution

WAIT_MAX_S = 30


class Script:
    """A record of numbered events; those at every ``step`` concern the operation."""

    def __init__(self, *, step: int = 1, head: int = 0, size: int = 10) -> None:
        self.head = head
        self.executed = 0
        """How many payloads were made."""
        self.fault: Exception | None = None
        """What the next event ends in."""
        self._step = step
        self._size = size
        self._moved = asyncio.Event()

    @property
    def watched(self) -> SubscriptionExecution:
        """As a group is given it."""
        return cast(SubscriptionExecution, self)

    def record(self, count: int) -> None:
        """So many events happen."""
        self.head += count
        self._moved.set()
        self._moved = asyncio.Event()

    def fail(self, fault: Exception) -> None:
        """The next event happens, and cannot be shown."""
        self.fault = fault
        self.record(1)

    def concerning(self, after: int, until: int) -> list[int]:
        """The positions of the events in a stretch that concern the operation."""
        return [position for position in range(after + 1, until + 1) if position % self._step == 0]

    async def payloads(
        self,
        after: int,
        until: int | None = None,
        *,
        on_progress: Callable[[int], None] = ignore_progress,
    ) -> AsyncGenerator[Payload, None]:
        """What the operation shows after a position."""
        position = after
        while until is None or position < until:
            while position >= self.head:
                await self._moved.wait()
            position += 1
            await asyncio.sleep(0)
            if self.fault is not None:
                fault, self.fault = self.fault, None
                raise fault
            if position % self._step == 0:
                self.executed += 1
                yield Payload(position, b"x" * self._size)
            on_progress(position)


class Watcher:
    """Takes everything; how fast it makes room is for the test to say."""

    def __init__(self, *, pauses: int = 0) -> None:
        self.begun: int | None = None
        self.seen: list[int] = []
        self.writes = 0
        """How often it was given something."""
        self.failures: list[Any] = []
        self._pauses = pauses
        self._told = asyncio.Event()

    def start(self, position: int) -> None:
        self.begun = position

    def send(self, payloads: Sequence[Payload]) -> None:
        self.seen += [one.position for one in payloads]
        self.writes += 1
        self._told.set()

    def fail(self, body: bytes) -> None:
        self.failures.append(body)
        self._told.set()

    async def drain(self) -> None:
        for _ in range(self._pauses):
            await asyncio.sleep(0)

    async def until(self, enough: Callable[["Watcher"], bool]) -> None:
        """Wait until what it was told is enough."""
        async with asyncio.timeout(WAIT_MAX_S):
            while not enough(self):
                self._told.clear()
                await self._told.wait()
