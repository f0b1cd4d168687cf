"""Unit of work: the aggregates and answers that one append relies on, and its new events."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from intersessional.domain.command_handling.event_store import EventStore
from intersessional.domain.command_handling.question import Question, QuestionKey
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, PendingEvents
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound, StaleVersion
from intersessional.domain.kernel.sealed import Sealed

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")


class UnitOfWork:
    """Loads each aggregate once; the append relies on the version of each, and on each absence.

    It relies on the answers to the questions that were asked, too.
    """

    def __init__(self, event_store: EventStore, *, fresh: bool = False) -> None:
        """With ``fresh``, no aggregate comes from a cache."""
        self._event_store = event_store
        self.epoch = event_store.epoch
        """The epoch of the log that it relies on."""
        self._fresh = fresh
        self._aggregates: dict[UUID, Aggregate | None] = {}
        self._pending: PendingEvents = []
        self._taken: list[DomainEvent] = []
        """The new events that were taken."""
        self._answers: dict[QuestionKey, _RunningAnswer] = {}
        self.asked: dict[QuestionKey, int] = {}
        """The position as of which each question was answered."""
        self.expects: dict[UUID, int] = {}
        """The version that the append expects of each stream; 0: it does not exist."""

    async def find(self, kind: type[A], id: UUID, expected: int | None = None) -> A | None:
        """The aggregate with this id, or None. Raises StaleVersion for an unexpected version."""
        if id not in self._aggregates:
            found = await self._event_store.load(id, fresh=self._fresh)
            self._aggregates[id] = found
            self.expects[id] = found.version if found else 0
            if found is not None:
                found.share_pending_events(self._pending)
        aggregate = self._aggregates[id]
        aggregate = aggregate if isinstance(aggregate, kind) else None
        _check_version(id, expected, 0 if aggregate is None else aggregate.version)
        return aggregate

    async def load(self, kind: type[A], id: UUID, expected: int | None = None) -> A:
        """The aggregate with this id. Raises NotFound, StaleVersion for an unexpected version."""
        aggregate = await self.find(kind, id)
        if aggregate is None:
            raise NotFound(kind=kind.noun(), id=str(id))
        _check_version(id, expected, aggregate.version)
        return aggregate

    def add(self, aggregate: Aggregate) -> None:
        """Add a new aggregate. Raises AlreadyRecorded."""
        if self._aggregates.get(aggregate.id) is not None:
            raise AlreadyRecorded(kind=aggregate.noun(), id=aggregate.id)
        self._aggregates[aggregate.id] = aggregate
        self.expects.setdefault(aggregate.id, 0)
        aggregate.share_pending_events(self._pending)

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The sealed texts, also of new events; an erased text is left out."""
        new = {one: one.value for one in sealed if one.sealed is None and one.value is not None}
        recorded = [one for one in sealed if one.sealed is not None]
        return {**new, **await self._event_store.reveal(recorded)} if recorded else new

    async def ask(self, question: Question[T], key: UUID) -> T | None:
        """The answer to a question, with the events of this unit of work. Raises Unanswerable."""
        asked = question.id, key
        if asked not in self._answers:
            answer = await self._event_store.ask(question, key)
            self.asked[asked] = answer.position
            self._answers[asked] = _RunningAnswer(answer.value)
        running = self._answers[asked]
        events = self._new_events(running.events)
        running.value = question.folded(running.value, key, events)
        running.events += len(events)
        value: T | None = running.value
        return value

    @property
    def aggregates(self) -> Sequence[Aggregate]:
        """Every aggregate that was loaded or added."""
        return [one for one in self._aggregates.values() if one is not None]

    @property
    def changed(self) -> Sequence[Aggregate]:
        """The aggregates with new events that were not taken."""
        ids = {event.originator_id for event in self._new_events(len(self._taken))}
        return [one for one in self.aggregates if one.id in ids]

    @property
    def last_instant(self) -> datetime | None:
        """The latest instant that an aggregate's first or last event gives."""
        instants = (one.last_instant for one in self.aggregates)
        return max((at for at in instants if at is not None), default=None)

    def take_new_events(self) -> Sequence[DomainEvent]:
        """The events since the last call, in the order in which they happened."""
        events = self._new_events(len(self._taken))
        self._taken += events
        self._pending.clear()
        return events

    def _new_events(self, after: int) -> Sequence[DomainEvent]:
        """The new events, taken or not, without the first ones."""
        pending = self._pending[max(0, after - len(self._taken)) :]
        events = (event for event in pending if isinstance(event, DomainEvent))
        return [*self._taken[after:], *events]


@dataclass(slots=True)
class _RunningAnswer:
    """An answer, with the first ``events`` of the unit of work folded in."""

    value: Any
    events: int = 0


def _check_version(id: UUID, expected: int | None, actual: int) -> None:
    if expected not in (None, actual):
        raise StaleVersion(id=id, expected=expected, actual=actual)
