"""Unit of work: the aggregates that one append relies on, and their new events."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.command_handling.event_store import EventStore
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent, PendingEvents
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound, StaleVersion
from intersessional.domain.kernel.sealed import Sealed

A = TypeVar("A", bound=Aggregate)


class UnitOfWork:
    """Loads each aggregate once; the append relies on the version of each, and on each absence."""

    def __init__(self, event_store: EventStore, *, fresh: bool = False) -> None:
        """With ``fresh``, no aggregate comes from a cache."""
        self._event_store = event_store
        self._fresh = fresh
        self._aggregates: dict[UUID, Aggregate | None] = {}
        self._pending: PendingEvents = []
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

    @property
    def aggregates(self) -> Sequence[Aggregate]:
        """Every aggregate that was loaded or added."""
        return [one for one in self._aggregates.values() if one is not None]

    @property
    def last_instant(self) -> datetime | None:
        """The latest instant that an aggregate's first or last event gives."""
        instants = (one.last_instant for one in self.aggregates)
        return max((at for at in instants if at is not None), default=None)

    def take_new_events(self) -> Sequence[DomainEvent]:
        """The events since the last call, in the order in which they happened."""
        events = [event for event in self._pending if isinstance(event, DomainEvent)]
        self._pending.clear()
        return events


def _check_version(id: UUID, expected: int | None, actual: int) -> None:
    if expected not in (None, actual):
        raise StaleVersion(id=id, expected=expected, actual=actual)
