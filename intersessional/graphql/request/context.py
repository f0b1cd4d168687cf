"""The context of one operation, which every resolver gets."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from uuid import UUID

import strawberry
from graphql import GraphQLError

from intersessional.concurrency.backoff import Backoff
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.kernel.caller import ANONYMOUS, Caller
from intersessional.graphql.request.answer_size import AnswerSize, AnswerSizes
from intersessional.graphql.request.charge import Charge, free
from intersessional.graphql.request.dependencies import Dependencies
from intersessional.graphql.request.event_lists import EventLists
from intersessional.graphql.request.history_importer import HistoryImporter
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.request.text_loader import TextLoader
from intersessional.log_context import note_position
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.epochs import RecordChanged, epoch_of
from intersessional.projections.kernel.feed import Feed
from intersessional.projections.kernel.reader import (
    DocumentReader,
    EventReader,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.kernel.view_errors import ViewUnavailable

VIEW_TIMEOUT_S = 10.0
"""How long a request waits for the views to reach a position."""


_POSITIONS_MAX = 500
"""Positions of past events that are found at once."""
_EVENTS_MAX = 32
"""Past events that are read at once, of any size."""
_LOOK_MIN_S, _LOOK_MAX_S = 0.02, 0.5
"""The time between two looks whether this node has seen an epoch begin."""


def view_timeout() -> asyncio.Timeout:
    """The time limit of a request that waits for the views."""
    return asyncio.timeout(VIEW_TIMEOUT_S)


OnProgress = Callable[[int], None]
"""Called with a position when all events up to it have been yielded."""


def ignore_progress(_: int) -> None:
    """Do nothing."""


Turn = Callable[[], AbstractAsyncContextManager[None]]
"""Waits until an event may be read or executed: others take turns."""


@dataclass(frozen=True, slots=True)
class PositionRange:
    """The positions that a subscription reads; without ``until`` it goes on with new events."""

    after: int
    until: int | None = None
    on_progress: OnProgress = ignore_progress
    turn: Turn = nullcontext


@dataclass(kw_only=True)
class Context:
    """The ports, the caller and the loaders of one operation."""

    reader: DocumentReader
    """Resolvers read through ``Loaders``, which notes what a cached result depends on."""
    record: EventReader
    """A resolver that reads the log itself sets ``dependencies.any_event``."""
    feed: Feed
    event_lists: EventLists = field(default_factory=EventLists)
    """Shared by all subscriptions of a node."""
    command_bus: CommandBus
    importer: HistoryImporter
    caller: Caller = ANONYMOUS
    charge: Charge = free
    """Takes the points of what is executed."""
    positions: PositionRange | None = None
    dependencies: Dependencies = field(default_factory=Dependencies)
    """What the result of the operation depends on, noted as it is read."""
    answer: AnswerSize = field(default_factory=lambda: AnswerSize(AnswerSizes()))
    """The size of the operation's answer while it is made."""
    recorded: list[int] = field(default_factory=list[int])
    """The last position of each command that a mutation has recorded."""
    _loaders: dict[AsOf, Loaders] = field(default_factory=dict[AsOf, Loaders])
    _latest: AsOf | None = None
    _lock: asyncio.Lock = field(default_factory=asyncio.Lock)

    def for_operation(
        self,
        caller: Caller | None = None,
        positions: PositionRange | None = None,
        charge: Charge | None = None,
        charge_done: Charge | None = None,
    ) -> "Context":
        """A context for one operation, with nothing loaded.

        ``charge_done`` takes the points of what was computed, and raises nothing.
        """
        return replace(
            self,
            caller=caller or self.caller,
            positions=positions,
            charge=charge or self.charge,
            dependencies=Dependencies(),
            answer=self.answer.new(charge_done),
            recorded=[],
            _loaders={},
            _latest=None,
            _lock=asyncio.Lock(),
        )

    def reading_at(self, position: int) -> "Context":
        """A context for one operation that reads the state at this position by default."""
        note_position(position)
        context = self.for_operation()
        record = self.record.of_request(context.answer.compute)
        return replace(context, record=record, _latest=AsOf(position))

    async def follow(self, after: int | None) -> AsyncIterator[RecordedEvent]:
        """The events after a position, each once the views reach it; only new ones when None.

        The range may have been set already by the code that runs the operation. Raises
        BadRequest for a position that the record has not reached.
        """
        positions = self.positions or PositionRange(await self._start(after))
        async for recorded in self._walk(positions):
            yield recorded

    async def follow_documents(
        self, view: AnyView, of: UUID | ListKey, after: int | None
    ) -> AsyncIterator[RecordedEvent]:
        """The events after a position that may concern a document, or the documents of a list.

        Those of the past are found in the view; others are passed by the ids that they carry.
        Raises what ``follow`` and reading the view raise.
        """
        positions = self.positions or PositionRange(await self._start(after))
        while positions.until is not None and positions.after < positions.until:
            await self.reader.wait_until_reached(positions.until)
            found = await self.reader.event_positions(
                view, of, after=positions.after, until=positions.until, limit=_POSITIONS_MAX
            )
            async for recorded in self._at(found.positions):
                yield recorded
            if found.until <= positions.after:
                # The view has stopped; an event after that is an error only if it concerns these.
                break
            positions = replace(positions, after=found.until)
            positions.on_progress(found.until)
        async for recorded in self._walk(positions):
            if await self._may_concern(view, of, recorded):
                yield recorded

    async def _walk(self, positions: PositionRange) -> AsyncIterator[RecordedEvent]:
        async for recorded in self.feed.follow(positions.after, positions.until):
            await self.reader.wait_until_reached(recorded.position)
            yield recorded
            positions.on_progress(recorded.position)

    async def _at(self, positions: Sequence[int]) -> AsyncIterator[RecordedEvent]:
        for begin in range(0, len(positions), _EVENTS_MAX):
            events = await self.record.by_position(positions[begin : begin + _EVENTS_MAX])
            for position in positions[begin : begin + _EVENTS_MAX]:
                yield events[position]

    async def _may_concern(
        self, view: AnyView, of: UUID | ListKey, recorded: RecordedEvent
    ) -> bool:
        if isinstance(of, UUID):
            return of in view.keys(recorded.fact)
        return of in await self.event_lists.of(
            view, recorded, self.reader, self.feed.epochs.present
        )

    async def check_epoch(self, position: int) -> None:
        """Raise BadRequest for a position in an epoch of which the record has lost that event."""
        epoch = epoch_of(position)
        if epoch is None:
            return
        try:
            if epoch not in self.feed.epochs:
                # Another node may have seen it begin first; then this one sees it soon.
                (await self.record.epochs()).check(position)
                backoff = Backoff(_LOOK_MIN_S, _LOOK_MAX_S)
                async with view_timeout():
                    while epoch not in self.feed.epochs:
                        await backoff.wait()
            self.feed.epochs.check(position)
        except RecordChanged as changed:
            raise record_changed(self.feed, changed.after) from None

    async def _start(self, after: int | None) -> int:
        if after is not None:
            await self.check_epoch(after)
        head = await self.position()
        if after is None:
            return head
        if after > head and after > await self.record.head():
            raise BadRequest(
                "POSITION_AHEAD", f"The last position of the record is {head}.", headPosition=head
            )
        return after

    async def latest_state(self) -> AsOf:
        """The latest state, the same for all fields of the operation."""
        async with self._lock:
            if self._latest is None:
                self._latest = AsOf(await self.reader.position())
                note_position(self._latest.position)
            return self._latest

    async def position(self) -> int:
        """The position of that state, as a part of a result, which then changes with any event."""
        self.dependencies.any_event = True
        return (await self.latest_state()).position

    async def wait_for_views(self, position: int) -> bool:
        """Wait until the views reach a position; False after ``VIEW_TIMEOUT_S``."""
        try:
            async with view_timeout():
                await self.reader.wait_until_reached(position)
        except (TimeoutError, ViewUnavailable, RecordChanged):
            return False
        return True

    def loaders(self, as_of: AsOf) -> Loaders:
        """The loaders for a state, shared by the whole operation."""
        if as_of not in self._loaders:
            self._loaders[as_of] = self.new_loaders(as_of)
        return self._loaders[as_of]

    def new_loaders(self, as_of: AsOf) -> Loaders:
        """Loaders for a state, with nothing loaded."""
        texts = TextLoader(self.record, self.answer)
        reader = self.reader.batched(self.answer.compute, self.answer.spend_rows)
        return Loaders(reader, self.record, as_of, self.dependencies, texts)

    def event_loaders(self, position: int) -> Loaders:
        """Loaders for the state after an event of a subscription: each has its own answer.

        It reads little, and waits for no turn of the event loop: many wait for it.
        """
        texts = TextLoader(self.record, self.answer.new())
        return Loaders(self.reader, self.record, AsOf(position), self.dependencies, texts)


Info = strawberry.Info[Context, None]


class BadRequest(GraphQLError):
    """The request is invalid: a stable code and a sentence."""

    def __init__(self, code: str, message: str, **facts: object) -> None:
        """``facts`` are added to the error's extensions, beside the code."""
        super().__init__(message, extensions={"code": code, **facts})


def record_changed(feed: Feed, after: int) -> BadRequest:
    """The error of a position that stood for an event that the record has lost."""
    return BadRequest(
        "RECORD_CHANGED",
        f"The record has lost what it held after {after}: go on after this position, or read anew.",
        after=after,
        epoch=feed.epochs.present,
        headPosition=feed.position,
    )
