"""A fake execution of a subscription, and a sink that records what it gets."""

import asyncio
from collections.abc import AsyncGenerator, Callable, Sequence
from contextlib import nullcontext
from typing import Any, cast

from intersessional.graphql.request.context import Turn, ignore_progress
from intersessional.graphql.subscriptions.payload import Payload
from intersessional.graphql.subscriptions.subscription_execution import SubscriptionExecution
from intersessional.projections.kernel.epochs import Epoch, Epochs
from intersessional.projections.kernel.feed import Feed

WAIT_MAX_S = 30


class FakeExecution:
    """Executes over numbered events; every ``step``-th one makes a payload."""

    def __init__(self, *, step: int = 1, head: int = 0, size: int = 10, pauses: int = 0) -> None:
        self.head = head
        self.cost = 1
        """What one payload costs, in points."""
        self.executed = 0
        """The number of payloads that were made."""
        self.executing = self.executing_most = 0
        """The payloads that are being made now, and at most at the same time."""
        self.fault: Exception | None = None
        """Raised by the next event."""
        self.texts_closed_at = 0
        """The last event that closed a text."""
        self.epochs = Epochs([Epoch("a", 0)])
        self._step = step
        self._size = size
        self._pauses = pauses
        self._recorded = asyncio.Event()

    @property
    def as_execution(self) -> SubscriptionExecution:
        """This object, typed as a SubscriptionExecution."""
        return cast(SubscriptionExecution, self)

    @property
    def as_feed(self) -> Feed:
        """This object, typed as the Feed that it executes."""
        return cast(Feed, self)

    @property
    def position(self) -> int:
        """The last position, as a Feed has it."""
        return self.head

    def record(self, count: int, *, closes_texts: bool = False) -> None:
        """Append events, of which the last one may close a text."""
        self.head += count
        self.texts_closed_at = self.head if closes_texts else self.texts_closed_at
        self._recorded.set()
        self._recorded = asyncio.Event()

    def fail(self, fault: Exception) -> None:
        """Append an event whose execution fails."""
        self.fault = fault
        self.record(1)

    def concerning(self, after: int, until: int) -> list[int]:
        """The positions of the payloads in a range."""
        return [position for position in range(after + 1, until + 1) if position % self._step == 0]

    async def payloads(
        self,
        after: int,
        until: int | None = None,
        *,
        on_progress: Callable[[int], None] = ignore_progress,
        turn: Turn = nullcontext,
    ) -> AsyncGenerator[Payload, None]:
        """Yield the payloads after a position."""
        position = after
        while until is None or position < until:
            while position >= self.head:
                await self._recorded.wait()
            position += 1
            texts_closed_at = self.texts_closed_at
            await asyncio.sleep(0)
            if self.fault is not None:
                fault, self.fault = self.fault, None
                raise fault
            if position % self._step == 0:
                async with turn():
                    self.executed += 1
                    self.executing += 1
                    self.executing_most = max(self.executing_most, self.executing)
                    for _ in range(self._pauses):
                        await asyncio.sleep(0)
                    self.executing -= 1
                yield Payload(position, b"x" * self._size, texts_closed_at)
            on_progress(position)


class RecordingSink:
    """Records payloads; ``pauses`` delay its ``drain``."""

    def __init__(self, *, pauses: int = 0) -> None:
        self.begun: int | None = None
        self.seen: list[int] = []
        self.texts_closed_at: list[int] = []
        """For each payload the last event that had closed a text when it was made."""
        self.closed_before = 0
        """The last event that had closed a text when it joined."""
        self.writes = 0
        """The number of calls of ``send``."""
        self.failures: list[Any] = []
        self._pauses = pauses
        self._changed = asyncio.Event()

    def start(self, position: int) -> None:
        self.begun = position

    def send(self, payloads: Sequence[Payload]) -> None:
        self.seen += [one.position for one in payloads]
        self.texts_closed_at += [one.texts_closed_at for one in payloads]
        self.writes += 1
        self._changed.set()

    def fail(self, body: bytes) -> None:
        self.failures.append(body)
        self._changed.set()

    async def drain(self) -> None:
        for _ in range(self._pauses):
            await asyncio.sleep(0)

    async def until(self, enough: Callable[["RecordingSink"], bool]) -> None:
        """Wait until a condition holds."""
        async with asyncio.timeout(WAIT_MAX_S):
            while not enough(self):
                self._changed.clear()
                await self._changed.wait()
