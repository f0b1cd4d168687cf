"""Given, when, then: commands sent to an event store in memory, for tests."""

from collections.abc import Awaitable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import reduce
from itertools import chain
from typing import TypeVar
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard, Reaction
from intersessional.domain.command_handling.field_path import field_at
from intersessional.domain.command_handling.in_memory_event_store import InMemoryEventStore
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.caller import OPERATOR, Caller
from intersessional.domain.kernel.refusals import BadValue, Refused
from intersessional.domain.rule.soft_rule import SoftRule

A = TypeVar("A", bound=Aggregate)
R = TypeVar("R", bound=Refused)
T = TypeVar("T")

NOW = datetime(2027, 10, 1, 12, tzinfo=UTC)
"""The time of a command that names none."""


@dataclass(frozen=True)
class SentCommand:
    """A command, its caller, and the time at which it is sent."""

    command: Command
    caller: Caller = OPERATOR
    now: datetime = NOW


@dataclass(frozen=True)
class ExpectedEvent:
    """An event of a class, with the fields that matter."""

    event: type[DomainEvent]
    fields: Mapping[str, object]


def event(kind: type[DomainEvent], /, **fields: object) -> ExpectedEvent:
    """An event of a class, with the fields that matter."""
    return ExpectedEvent(kind, fields)


@dataclass(frozen=True)
class Scenario:
    """A record in memory, to which commands are sent one after the other."""

    command_handlers: Sequence[CommandHandler]
    guards: Sequence[Guard] = ()
    reactions: Sequence[Reaction] = ()
    rules: Sequence[SoftRule] = ()
    event_store: InMemoryEventStore = field(default_factory=InMemoryEventStore)
    appended: Sequence[DomainEvent] = ()
    """The events of the last command, before their texts were sealed."""
    unsealed: Sequence[DomainEvent] = ()
    """All events, before their texts were sealed."""
    _begun: dict[SentCommand, "Scenario"] = field(
        default_factory=dict[SentCommand, "Scenario"], repr=False, compare=False
    )
    """The scenarios that begin with this one and a further command."""

    def given(self, *commands: SentCommand | Iterable[SentCommand]) -> "Scenario":
        """The scenario after these commands, made once. Raises Refused."""
        groups = [[one] if isinstance(one, SentCommand) else one for one in commands]
        return reduce(Scenario._after_once, chain.from_iterable(groups), self)

    def when(self, sent: SentCommand) -> "ScenarioOutcome":
        """The outcome of one more command. A refused value must name a field of the command."""
        try:
            return ScenarioOutcome(self.after(sent))
        except Refused as refused:
            if isinstance(refused, BadValue):
                field_at(sent.command, refused.field)
            return ScenarioOutcome(self, refused)

    def after(self, sent: SentCommand) -> "Scenario":
        """The scenario after one more command. Raises Refused."""
        event_store = self.event_store.copy()
        command_bus = CommandBus(
            event_store,
            command_handlers=self.command_handlers,
            guards=self.guards,
            reactions=self.reactions,
            rules=self.rules,
            clock=lambda: sent.now,
        )
        result = run(command_bus.submit(sent.command, sent.caller))
        assert not result.repeated, f"{sent.command} was recorded before"
        appended = event_store.last_appended
        return replace(
            self,
            event_store=event_store,
            appended=appended,
            unsealed=(*self.unsealed, *appended),
            _begun={},
        )

    def _after_once(self, sent: SentCommand) -> "Scenario":
        if sent not in self._begun:
            self._begun[sent] = self.after(sent)
        return self._begun[sent]

    def events(self) -> Sequence[DomainEvent]:
        """All events in the order of their positions, with their texts sealed."""
        return self.event_store.events

    def erased(self) -> "Scenario":
        """The scenario after the erasure of every text."""
        event_store = self.event_store.copy()
        event_store.erase_texts()
        return replace(self, event_store=event_store, _begun={})

    def find(self, id: UUID) -> Aggregate | None:
        """An aggregate; None when it does not exist."""
        return run(self.event_store.load(id))

    def aggregate(self, kind: type[A], id: UUID) -> A:
        """An aggregate that exists."""
        found = self.find(id)
        assert isinstance(found, kind), f"there is no {kind.__name__} {id}"
        return found


@dataclass(frozen=True)
class ScenarioOutcome:
    """The scenario after a command; or the one before it, with the refusal of the command."""

    scenario: Scenario
    refused: Refused | None = None

    def then(self, *expected: ExpectedEvent | type[DomainEvent] | Refused) -> Scenario:
        """Assert that exactly these events were appended, in this order; or this refusal raised."""
        if self.refused is not None:
            assert [_facts(self.refused)] == [_facts(one) for one in expected]
            return self.scenario
        appended = self.scenario.appended
        assert [type(one).__qualname__ for one in appended] == [
            _class_of(one).__qualname__ for one in expected
        ]
        for one, actual in zip(expected, appended, strict=True):
            if isinstance(one, ExpectedEvent):
                assert {name: getattr(actual, name) for name in one.fields} == one.fields
        return self.scenario

    def refusal(self, kind: type[R]) -> R:
        """The refusal, which must be of this class."""
        assert isinstance(self.refused, kind), f"{self.refused!r} is no {kind.__name__}"
        return self.refused


def run(coroutine: Awaitable[T]) -> T:
    """The result of a coroutine that never waits: the domain has no I/O."""
    try:
        next(coroutine.__await__())
    except StopIteration as done:
        result: T = done.value
        return result
    raise AssertionError("it waits, although nothing in the domain does")


def _class_of(expected: ExpectedEvent | type[DomainEvent] | Refused) -> type:
    if isinstance(expected, ExpectedEvent):
        return expected.event
    return expected if isinstance(expected, type) else type(expected)


def _facts(one: object) -> object:
    return (type(one), vars(one)) if isinstance(one, Refused) else one
