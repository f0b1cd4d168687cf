"""What every resolver can reach."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import strawberry
from graphql import GraphQLError

from intersessional.domain.kernel.caller import NOBODY, Caller
from intersessional.domain.kernel.command_bus import CommandBus
from intersessional.graphql.request.dependencies import Dependencies
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    DocumentReader,
    EventReader,
    Feed,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view_errors import ViewUnavailable

SHOWN_MAX_S = 10.0
"""How long a request waits for the views to show what is recorded."""


def view_timeout() -> asyncio.Timeout:
    """As long as a request waits for the views."""
    return asyncio.timeout(SHOWN_MAX_S)


OnProgress = Callable[[int], None]
"""Hears a position, up to which nothing more is to come."""


def ignore_progress(_: int) -> None:
    """Hears of no position."""


@dataclass(frozen=True, slots=True)
class PositionRange:
    """The part of the record that a watched operation runs over; without an end it goes on live."""

    after: int
    until: int | None = None
    passed: OnProgress = ignore_progress


@dataclass(kw_only=True)
class Context:
    """One request, or one socket."""

    reader: DocumentReader
    """Resolvers read through ``Loaders``, which notes what a cached result depends on."""
    record: EventReader
    """A resolver that reads the log itself sets ``dependencies.any_event``."""
    feed: Feed
    command_bus: CommandBus
    caller: Caller = NOBODY
    stretch: PositionRange | None = None
    dependencies: Dependencies = field(default_factory=Dependencies)
    """What the result of the operation depends on, noted as it is read."""
    _loaders: dict[AsOf, Loaders] = field(default_factory=dict[AsOf, Loaders])
    _now: AsOf | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def for_operation(
        self, caller: Caller | None = None, stretch: PositionRange | None = None
    ) -> "Context":
        """A context for one operation, which begins with nothing read."""
        return replace(
            self,
            caller=caller or self.caller,
            stretch=stretch,
            dependencies=Dependencies(),
            _loaders={},
            _now=None,
            _looking=asyncio.Lock(),
        )

    def reading_at(self, position: int) -> "Context":
        """A context for one operation that reads the state at this position by default."""
        return replace(self.for_operation(), _now=AsOf(position))

    async def follow(self, after: int | None) -> AsyncIterator[RecordedEvent]:
        """The events after a position, each once the views have it; those to come when None.

        The range may have been set already by the code that runs the operation. Raises
        BadRequest for a position that the record has not reached.
        """
        stretch = self.stretch or PositionRange(await self._start(after))
        async for recorded in self.feed.follow(stretch.after, stretch.until):
            await self.reader.reached(recorded.position)
            yield recorded
            stretch.passed(recorded.position)

    async def _start(self, after: int | None) -> int:
        head = await self.position()
        if after is None:
            return head
        if after > head and after > await self.record.head():
            raise BadRequest("POSITION_AHEAD", f"The record stands at {head}.", headPosition=head)
        return after

    async def now(self) -> AsOf:
        """The latest state that this request reads: the same for all of its fields."""
        async with self._looking:
            if self._now is None:
                self._now = AsOf(await self.reader.position())
            return self._now

    async def position(self) -> int:
        """The position of that state, as a part of a result, which then changes with any event."""
        self.dependencies.any_event = True
        return (await self.now()).position

    async def shows(self, position: int) -> bool:
        """Wait until the views show a position; False when they do not in bearable time."""
        try:
            async with view_timeout():
                await self.reader.reached(position)
        except (TimeoutError, ViewUnavailable):
            return False
        return True

    def at(self, as_of: AsOf) -> Loaders:
        """What is seen at a moment, its batches shared by the whole request."""
        return self._loaders.setdefault(as_of, self.look(as_of))

    def look(self, as_of: AsOf) -> Loaders:
        """What is seen at a moment, with nothing kept from before."""
        return Loaders(self.reader, self.record, as_of, self.dependencies)


Info = strawberry.Info[Context, None]


class BadRequest(GraphQLError):
    """The request itself cannot be answered: a stable code and a sentence."""

    def __init__(self, code: str, message: str, **facts: object) -> None:
        """``facts`` stand in the error's extensions beside the code."""
        super().__init__(message, extensions={"code": code, **facts})
