"""What events happen to: the base of every aggregate and of every event."""

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
"""What has happened to several subjects, in order; the library counts all of its events in."""


class DomainEvent(AggregateEvent):
    """Something happened, and who did it, when and on what ground."""

    act: Act

    @classmethod
    def sentence(cls) -> str:
        """What an event of this kind says: its docstring.

        The library's metaclass builds each nested class anew, without its docstring; the class as
        it was written stands behind it.
        """
        written = next(kind for kind in cls.__mro__ if not _generated_doc(kind))
        return " ".join((written.__doc__ or "").split())


def _generated_doc(kind: type) -> bool:
    return kind.__doc__ is None or kind.__doc__.startswith(f"{kind.__name__}(")


class CreatedEvent(CanInitAggregate[UUID], DomainEvent):
    """The event that begins a subject."""

    originator_topic: str


class Aggregate(BaseAggregate[UUID]):
    """An aggregate: it says what may happen to it. Its attributes are immutable values, replaced
    and never changed in place, so a shallow copy is a copy.
    """

    TOPIC: ClassVar[str]
    """The name under which the record knows it; its events' topics begin with it."""

    class Event(DomainEvent):
        """Something happened to this subject."""

    @classmethod
    def noun(cls) -> str:
        """What it is called in a sentence."""
        if cls is Aggregate:
            return "subject"
        return re.sub("(?<=[a-z])(?=[A-Z])", " ", cls.__name__).lower()

    @classmethod
    def begin(cls, event: type[CreatedEvent], *, id: UUID, act: Act, **data: Any) -> Self:
        """Create the subject with its first event."""
        return cls._create(event, id=id, timestamp=act.occurred.begins, act=act, **data)

    def record(self, event: type[DomainEvent], *, act: Act, **data: Any) -> None:
        """Let the next event happen to this subject."""
        self.trigger_event(event, timestamp=act.occurred.begins, act=act, **data)

    def copy(self) -> Self:
        """A copy to decide on, whose pending events are its own."""
        # Not copy.copy: it asks how to reduce an object, which takes ten times as long.
        twin = object.__new__(type(self))
        vars(twin).update(vars(self))
        twin._pending_events = []
        return twin

    def tell(self, happened: PendingEvents) -> None:
        """Tell there what happens to it from now on, and what has happened since it was loaded."""
        happened += self._pending_events
        self._pending_events = happened

    def collect(self) -> Sequence[DomainEvent]:
        """The events that happened since it was loaded, handed over once."""
        return [event for event in self.collect_events() if isinstance(event, DomainEvent)]


def events_of(subject: type[Aggregate]) -> Sequence[type[DomainEvent]]:
    """The events a subject declares. Its ``vars`` are asked: the library's metaclass leaves
    earlier versions of each class among the subclasses.
    """
    return [
        value
        for name, value in vars(subject).items()
        if isinstance(value, type) and issubclass(value, DomainEvent) and name != "Event"
    ]
