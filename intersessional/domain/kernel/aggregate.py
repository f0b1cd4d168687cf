"""Base classes of aggregates and of their events, on the eventsourcing library.

An aggregate is folded in the order in which its events took effect, its first event before all
others: an event that is recorded late takes its place in time.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import Any, ClassVar, Self, TypeVar, cast
from uuid import UUID

from eventsourcing.domain import (
    AggregateEvent,
    BaseAggregate,
    CanInitAggregate,
    CanMutateAggregate,
)

from intersessional.domain.kernel.act import LIVE, Act
from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.sealed import Sealed

A = TypeVar("A", bound=BaseAggregate[UUID])

PendingEvents = list[CanMutateAggregate[UUID]]
"""New events of several aggregates, in order, in the type of the library."""


class Belongs(Enum):
    """Whose something is, and so who acts on it."""

    TO_WHO_BEGAN_IT = "who began it"
    TO_A_BODY = "a body"
    """It is a body's, whoever records that it began."""
    TO_ALL = "all"
    """Whoever names it first begins it, and has no more right to it than others."""


State = dict[str, Any]
"""An event as JSON: its ``act`` and its ``data``."""

Upcast = Callable[[State], State]
"""Makes the state of a later topic from that of an earlier one."""


class DomainEvent(AggregateEvent):
    """An event with the act that caused it: who, when, on what evidence."""

    UPCASTS: ClassVar[Sequence[tuple[str, Upcast]]] = ()
    """The earlier topics of the event, the first one first, each with its step to the next."""

    CLOSES: ClassVar[tuple[str, ...]] = ()
    """The fields that name texts which nobody may read from then on, as paths with dots; the path
    of a tuple's items goes on from each of them (ADR 0025).
    """

    IS_MILESTONE: ClassVar[bool] = False
    """Whether a timeline marks it: events that few are of, and many look for."""

    FIXED: ClassVar[tuple[str, ...]] = ()
    """The fields that no correction may change, though their types would allow it: they say which
    thing the event is about, or the record made them itself (ADR 0063).
    """

    act: Act

    def check_values(self) -> None:
        """Check that the fields that a correction may change fit each other. Raises BadValue."""

    def closed_texts(self) -> Sequence[Sealed]:
        """The texts that the event closes."""
        return [text for path in self.CLOSES for text in _values_at(self, path.split("."))]

    def mutate(self, aggregate: A | None) -> A | None:
        """Apply the event to its aggregate, at its place in the order of effect."""
        return _with_effect(super().mutate(aggregate), self)

    @classmethod
    def sentence(cls) -> str:
        """The docstring of the event class, as one line.

        The library's metaclass builds each nested class anew without its docstring, so the
        docstring is looked for in the bases.
        """
        written = next(kind for kind in cls.__mro__ if not _generated_doc(kind))
        return " ".join((written.__doc__ or "").split())


def _values_at(value: object, path: Sequence[str]) -> Iterator[Any]:
    """The values of a field of a field, one for each item of a tuple; none for None."""
    if isinstance(value, tuple):
        for item in cast("tuple[object, ...]", value):
            yield from _values_at(item, path)
    elif path and value is not None:
        yield from _values_at(getattr(value, path[0]), path[1:])
    elif value is not None:
        yield value


def _generated_doc(kind: type) -> bool:
    return kind.__doc__ is None or kind.__doc__.startswith(f"{kind.__name__}(")


class CreatedEvent(CanInitAggregate[UUID], DomainEvent):
    """The first event of an aggregate."""

    originator_topic: str

    def mutate(self, aggregate: A | None) -> A | None:
        """The new aggregate. Raises AssertionError when there is one already."""
        return _with_effect(CanInitAggregate[UUID].mutate(self, aggregate), self)


class Aggregate(BaseAggregate[UUID]):
    """An aggregate: decides which events happen to it, or raises a refusal.

    Its attributes are immutable values, replaced and never changed in place, so a shallow copy is
    a copy.
    """

    TOPIC: ClassVar[str]
    """The name under which the aggregate is stored; its events' topics begin with it."""

    BELONGS: ClassVar[Belongs] = Belongs.TO_WHO_BEGAN_IT
    """Whose it is (ADR 0066)."""

    class Event(DomainEvent):
        """Base class of the events of this aggregate."""

    def __base_init__(
        self, originator_id: Any, originator_version: int, timestamp: datetime
    ) -> None:
        super().__base_init__(originator_id, originator_version, timestamp)
        self._effects: tuple[DomainEvent, ...] = ()
        """The events in the order of effect, the first event before all others."""
        self._is_past = False

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
        """Append and apply the next event. Raises TypeError on a past state."""
        if self._is_past:
            raise TypeError(f"nothing can be recorded on a past state of the {self.noun()}")
        self.trigger_event(event, timestamp=act.occurred.begins, act=act, **data)

    def copy(self) -> Self:
        """A copy with a list of pending events of its own."""
        # Not copy.copy: it asks how to reduce an object, which takes ten times as long.
        clone = object.__new__(type(self))
        vars(clone).update(vars(self))
        clone._pending_events = []
        return clone

    def at(self, occurred: Occurred) -> Self:
        """The aggregate as the events had made it that took effect by a time, only to be read.

        The first event always counts. A rule is checked against the state at the time of the fact.
        """
        opening, *others = self._effects
        until = occurred.effect
        if not others or others[-1].act.occurred.effect <= until:
            return self
        return self._folded((opening, *(one for one in others if one.act.occurred.effect <= until)))

    @property
    def opening(self) -> Act:
        """The act that began it."""
        return self._effects[0].act

    @property
    def begun_here(self) -> bool:
        """Whether a person or a body whose it is began it here, and can speak for it."""
        match self.BELONGS:
            case Belongs.TO_WHO_BEGAN_IT:
                return self.opening.is_own
            case Belongs.TO_A_BODY:
                return self.opening.provenance == LIVE
            case Belongs.TO_ALL:
                return False

    @property
    def last_instant(self) -> datetime | None:
        """The instant of its first or last event, the later one, where either gives an instant."""
        ends = (self._effects[0].act.occurred, self._effects[-1].act.occurred)
        return max((at.begins for at in ends if at.precision is Precision.INSTANT), default=None)

    def add_effect(self, event: DomainEvent) -> None:
        """Put an event that was just applied at its place, and fold again if it is not the last."""
        events = (*self._effects, event)
        if len(events) > 2 and event.act.occurred.effect < events[-2].act.occurred.effect:
            opening, *others = events
            others.sort(key=lambda one: one.act.occurred.effect)
            events = (opening, *others)
            vars(self).update(self._folded(events)._folded_state())
        self._effects = events

    def fact(self, version: int) -> DomainEvent | None:
        """The event of a version, as it was corrected last; None for a correction, or a later."""
        return next((one for one in self._effects if one.originator_version == version), None)

    @property
    def corrections(self) -> int:
        """The number of its events that corrected others."""
        return self.version - len(self._effects)

    def facts_of_command(self, command: UUID) -> Sequence[DomainEvent]:
        """The events that a command recorded, by version, as they were corrected last."""
        facts = [one for one in self._effects if one.act.command == command]
        return sorted(facts, key=lambda one: one.originator_version)

    def replace_effect(self, fact: DomainEvent) -> None:
        """Put a corrected event in the place of the one with its version, and fold again."""
        version = fact.originator_version
        opening, *others = (
            fact if one.originator_version == version else one for one in self._effects
        )
        # Events of one time take effect as they were recorded.
        others.sort(key=lambda one: (one.act.occurred.effect, one.originator_version))
        vars(self).update(self._folded((opening, *others))._folded_state())

    def check_corrected(self) -> None:
        """Check what must still hold after a correction of one of its events. Raises BadValue."""

    def _folded(self, events: Sequence[DomainEvent]) -> Self:
        opening, *others = events
        folded = cast("Self", opening.mutate(None))
        for event in others:
            event.apply(folded)
        folded.version = self.version
        folded._effects = tuple(events)
        folded._is_past = True
        return folded

    def _folded_state(self) -> dict[str, Any]:
        """The attributes that the events make."""
        own = ("_is_past", "_pending_events", "_version", "_modified_on")
        return {name: value for name, value in vars(self).items() if name not in own}

    def share_pending_events(self, shared: PendingEvents) -> None:
        """Append new events to this list from now on, and those that are pending."""
        shared += self._pending_events
        self._pending_events = shared

    def take_pending_events(self) -> Sequence[DomainEvent]:
        """Take the pending events; a second call returns none of them."""
        return [event for event in self.collect_events() if isinstance(event, DomainEvent)]


def _with_effect(aggregate: A | None, event: DomainEvent) -> A | None:
    if isinstance(aggregate, Aggregate):
        aggregate.add_effect(event)
    return aggregate


def events_of(aggregate: type[Aggregate]) -> Sequence[type[DomainEvent]]:
    """The event classes that an aggregate declares.

    Found by ``vars``, as the library's metaclass leaves earlier versions among the subclasses.
    """
    return [
        value
        for name, value in vars(aggregate).items()
        if isinstance(value, type) and issubclass(value, DomainEvent) and name != "Event"
    ]
