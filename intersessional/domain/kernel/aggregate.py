"""Base classes of aggregates and of their events, on the eventsourcing library."""

import re
from collections.abc import Sequence
from typing import Any, ClassVar, Self
from uuid import UUID

from eventsourcing.domain import (
    AggregateEvent,
    BaseAggregate,
    CanInitAggregate,
    CanMutateAggregate,
)

from intersessional.domain.kernel.act import Act

PendingEvents = list[CanMutateAggregate[UUID]]
"""New events of several aggregates, in order, in the type of the library."""


class DomainEvent(AggregateEvent):
    """An event with the act that caused it: who, when, on what evidence."""

    act: Act

    @classmethod
    def sentence(cls) -> str:
        """The docstring of the event class, as one line.

        The library's metaclass builds each nested class anew without its docstring, so the
        docstring is looked for in the bases.
        """
        written = next(kind for kind in cls.__mro__ if not _generated_doc(kind))
        return " ".join((written.__doc__ or "").split())


def _generated_doc(kind: type) -> bool:
    return kind.__doc__ is None or kind.__doc__.startswith(f"{kind.__name__}(")


class CreatedEvent(CanInitAggregate[UUID], DomainEvent):
    """The first event of an aggregate."""

    originator_topic: str


class Aggregate(BaseAggregate[UUID]):
    """An aggregate: decides which events happen to it, or raises a refusal.

    Its attributes are immutable values, replaced and never changed in place, so a shallow copy is
    a copy.
    """

    TOPIC: ClassVar[str]
    """The name under which the aggregate is stored; its events' topics begin with it."""

    class Event(DomainEvent):
        """Base class of the events of this aggregate."""

    @classmethod
    def noun(cls) -> str:
        """The name of the class in a sentence."""
        if cls is Aggregate:
            return "subject"
        return re.sub("(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()

    @classmethod
    def create(cls, event: type[CreatedEvent], *, id: UUID, act: Act, **data: Any) -> Self:
        """Create the aggregate with its first event."""
        return cls._create(event, id=id, timestamp=act.occurred.begins, act=act, **data)

    def record(self, event: type[DomainEvent], *, act: Act, **data: Any) -> None:
        """Append and apply the next event."""
        self.trigger_event(event, timestamp=act.occurred.begins, act=act, **data)

    def copy(self) -> Self:
        """A copy with a list of pending events of its own."""
        # Not copy.copy: it asks how to reduce an object, which takes ten times as long.
        clone = object.__new__(type(self))
        vars(clone).update(vars(self))
        clone._pending_events = []
        return clone

    def share_pending_events(self, shared: PendingEvents) -> None:
        """Append new events to this list from now on, and those that are pending."""
        shared += self._pending_events
        self._pending_events = shared

    def take_pending_events(self) -> Sequence[DomainEvent]:
        """Take the pending events; a second call returns none of them."""
        return [event for event in self.collect_events() if isinstance(event, DomainEvent)]


def events_of(aggregate: type[Aggregate]) -> Sequence[type[DomainEvent]]:
    """The event classes that an aggregate declares.

    Found by ``vars``, as the library's metaclass leaves earlier versions among the subclasses.
    """
    return [
        value
        for name, value in vars(aggregate).items()
        if isinstance(value, type) and issubclass(value, DomainEvent) and name != "Event"
    ]
