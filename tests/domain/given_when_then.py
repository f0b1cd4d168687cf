"""Given what has happened, when someone says something, then this happens or is refused.

Commands go through the command bus to an event store in memory: a handler reads events back with
their texts sealed.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.core import CORE_DOMAIN
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_bus import CommandBus
from intersessional.domain.kernel.in_memory_event_store import InMemoryEventStore
from intersessional.domain.kernel.refusals import BadValue, Refused
from tests.domain.field_paths import field_at

A = TypeVar("A", bound=Aggregate)
T = TypeVar("T")

NOW = datetime(2018, 4, 4, 12, tzinfo=UTC)
"""Where the server's clock stands, unless a story says otherwise."""


@dataclass(frozen=True)
class Said:
    """What someone asks of the record, and when."""

    caller: Caller
    command: Command
    now: datetime = NOW


@dataclass(frozen=True)
class Expected:
    """An event of a kind, with the data that matter."""

    kind: type[DomainEvent]
    data: Mapping[str, object]


def event(kind: type[DomainEvent], /, **data: object) -> Expected:
    """An event of a kind, with the data that matter."""
    return Expected(kind, data)


@dataclass(frozen=True)
class Record:
    """A record in memory, with what happened last."""

    event_store: InMemoryEventStore = field(default_factory=InMemoryEventStore)
    last: Sequence[DomainEvent] = ()
    written: Sequence[DomainEvent] = ()
    """Every event as it happened, before its texts were sealed."""

    def find(self, id: UUID) -> Aggregate | None:
        """An aggregate, from its events."""
        return run(self.event_store.load(id))

    def subject(self, kind: type[A], id: UUID) -> A:
        """An aggregate that exists."""
        found = self.find(id)
        assert isinstance(found, kind), f"there is no {kind.__name__} {id}"
        return found

    def after(self, said: Said) -> "Record":
        """The record with everything that a command made happen. Raises Refused."""
        event_store = self.event_store.copy()
        command_bus = CommandBus(
            event_store, command_handlers=CORE_DOMAIN.command_handlers, clock=lambda: said.now
        )
        result = run(command_bus.submit(said.command, said.caller))
        assert not result.repeated, f"{said.command} was recorded before"
        last = event_store.last_appended
        return Record(event_store, last, (*self.written, *last))

    def happened(self) -> Sequence[DomainEvent]:
        """Every event in order of position, as it is read back."""
        return self.event_store.events

    def erased(self) -> "Record":
        """The record after the erasure of every text in it."""
        event_store = self.event_store.copy()
        event_store.erase_texts()
        return Record(event_store)


@dataclass(frozen=True)
class Outcome:
    """What came of something that was said: the record after it, or a refusal."""

    of: Record | Refused

    def then(self, *expected: Expected | type[DomainEvent] | Refused) -> Record:
        """These events happened, in this order and no others; or this was refused."""
        if isinstance(self.of, Refused):
            assert [_facts(self.of)] == [_facts(one) for one in expected]
            return Record()
        names = [_kind(one).__qualname__ for one in expected]
        assert [type(one).__qualname__ for one in self.of.last] == names
        for one, happened in zip(expected, self.of.last, strict=True):
            if isinstance(one, Expected):
                assert {name: getattr(happened, name) for name in one.data} == one.data
        return self.of


@dataclass(frozen=True)
class Given:
    """What has happened before."""

    record: Record

    def when(self, said: Said) -> Outcome:
        """Someone says something. A refused value must name a field of the command."""
        try:
            return Outcome(self.record.after(said))
        except Refused as refused:
            if isinstance(refused, BadValue):
                field_at(said.command, refused.field)
            return Outcome(refused)


def given(*said: Said | Sequence[Said], record: Record | None = None) -> Given:
    """All this was said before, and none of it was refused."""
    record = record or Record()
    for one in said:
        for each in [one] if isinstance(one, Said) else one:
            record = record.after(each)
    return Given(record)


def run(coroutine: Awaitable[T]) -> T:
    """Let a coroutine run that never waits for anything."""
    try:
        next(coroutine.__await__())
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("it waits, although nothing in the domain does")


def _kind(expected: Expected | type[DomainEvent] | Refused) -> type:
    if isinstance(expected, Expected):
        return expected.kind
    return expected if isinstance(expected, type) else type(expected)


def _facts(one: object) -> object:
    return (type(one), vars(one)) if isinstance(one, Refused) else one
