"""What every resolver can reach."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field, replace

import strawberry
from graphql import GraphQLError

from intersessional.domain.caller import NOBODY, Caller
from intersessional.domain.door import Door
from intersessional.graphql.sight import Sight
from intersessional.projections.moment import Moment
from intersessional.projections.reader import Feed, Reader, Record, Unreadable
from intersessional.projections.recorded import Recorded

SHOWN_MAX_S = 10.0
"""How long a request waits for the views to show what is recorded."""


def bearable() -> asyncio.Timeout:
    """As long as a request waits for the views."""
    return asyncio.timeout(SHOWN_MAX_S)


Passed = Callable[[int], None]
"""Hears a position, up to which nothing more is to come."""


def nobody(_: int) -> None:
    """Hears of no position."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of the record that a watched operation runs over; without an end it goes on live."""

    after: int
    until: int | None = None
    passed: Passed = nobody


@dataclass(kw_only=True)
class Context:
    """One request, or one socket."""

    reader: Reader
    record: Record
    feed: Feed
    door: Door
    caller: Caller = NOBODY
    connection_params: object = None
    stretch: Stretch | None = None
    _sights: dict[Moment, Sight] = field(default_factory=dict[Moment, Sight])
    _now: Moment | None = None
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)

    def for_operation(
        self, caller: Caller | None = None, stretch: Stretch | None = None
    ) -> "Context":
        """A context for one operation, which begins with nothing read."""
        return replace(
            self,
            caller=caller or self.caller,
            stretch=stretch,
            _sights={},
            _now=None,
            _looking=asyncio.Lock(),
        )

    async def follow(self, after: int | None) -> AsyncIterator[Recorded]:
        """The events after a position, each once the views have it; those to come when None.

        Whoever runs the operation may have set the stretch already. Raises Wrong for a position
        that the record has not reached.
        """
        stretch = self.stretch or Stretch(await self._start(after))
        async for recorded in self.feed.follow(stretch.after, stretch.until):
            await self.reader.reached(recorded.position)
            yield recorded
            stretch.passed(recorded.position)

    async def _start(self, after: int | None) -> int:
        head = await self.position()
        if after is None:
            return head
        if after > head and after > await self.record.head():
            raise Wrong("POSITION_AHEAD", f"The record stands at {head}.", headPosition=head)
        return after

    async def now(self) -> Moment:
        """The latest state that this request reads: the same for all of its fields."""
        async with self._looking:
            if self._now is None:
                self._now = Moment(await self.reader.position())
            return self._now

    async def position(self) -> int:
        """The position of that state, for telling it: such an answer changes with every event."""
        return (await self.now()).position

    async def shows(self, position: int) -> bool:
        """Wait until the views show a position; False when they do not in bearable time."""
        try:
            async with bearable():
                await self.reader.reached(position)
        except (TimeoutError, Unreadable):
            return False
        return True

    def at(self, moment: Moment) -> Sight:
        """What is seen at a moment, its batches shared by the whole request."""
        return self._sights.setdefault(moment, self.look(moment))

    def look(self, moment: Moment) -> Sight:
        """What is seen at a moment, with nothing kept from before."""
        return Sight(self.reader, self.record, moment)


Info = strawberry.Info[Context, None]


class Wrong(GraphQLError):
    """The request itself cannot be answered: a stable code and a sentence."""

    def __init__(self, code: str, message: str, **facts: object) -> None:
        """``facts`` stand in the error's extensions beside the code."""
        super().__init__(message, extensions={"code": code, **facts})
