"""Given what has happened, when someone says something, then this happens or is refused.

The record is kept in memory, in the form in which the log would hold it: whatever a handler reads
again was written in canonical JSON, its texts sealed away.
"""

from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import reduce
from typing import TypeVar
from uuid import UUID

import orjson

from intersessional.domain.core import CORE_DOMAIN
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import COMMON_REFUSALS, BadValue, Refused
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.unit_of_work import UnitOfWork
from intersessional.infra.event_store.entries import LogRow
from intersessional.infra.event_store.format.codec import Codec
from tests.domain.field_paths import field_at

S = TypeVar("S", bound=Aggregate)
T = TypeVar("T")

NOW = datetime(2018, 4, 4, 12, tzinfo=UTC)
"""Where the server's clock stands, unless a story says otherwise."""

_ANSWERS = {answer.command: answer for answer in CORE_DOMAIN.command_handlers}
_CODEC = Codec(CORE_DOMAIN.aggregates)


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

    streams: Mapping[UUID, Sequence[LogRow]] = field(default_factory=dict[UUID, Sequence[LogRow]])
    openings: Mapping[str, str] = field(default_factory=dict[str, str])
    last: Sequence[DomainEvent] = ()

    async def find(self, id: UUID) -> Aggregate | None:
        """The subject, rehydrated from its stream."""
        return reduce(_after, _CODEC.events(self.streams.get(id, ())), None)

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment, until it is erased."""
        return self.openings.get(sealed.sealed or "")

    def subject(self, kind: type[S], id: UUID) -> S:
        """A subject as the record has it."""
        found = run(self.find(id))
        assert isinstance(found, kind), f"there is no {kind.__name__} {id}"
        return found

    def after(self, said: Said) -> "Record":
        """The record with everything that a command made happen. Raises Refused."""
        answer = _ANSWERS[type(said.command)]
        unit_of_work = UnitOfWork(self)
        context = CommandContext(
            command=said.command, caller=said.caller, now=said.now, unit_of_work=unit_of_work
        )
        run(answer.handler(said.command, context))
        return self._with(unit_of_work.collect())

    def happened(self) -> Sequence[DomainEvent]:
        """Everything in it, in order of position, as it is read back."""
        rows = [row for stream in self.streams.values() for row in stream]
        return _CODEC.events(sorted(rows, key=lambda row: row.position))

    def erased(self) -> "Record":
        """The record after the erasure of every text in it."""
        return Record(self.streams)

    def _with(self, happened: Sequence[DomainEvent]) -> "Record":
        streams, openings = dict(self.streams), dict(self.openings)
        for happening in happened:
            new = _CODEC.new_event(happening)
            stream = streams.get(new.stream, ())
            assert new.version == len(stream) + 1, f"{new.topic} is not the next of its stream"
            row = LogRow(
                position=sum(map(len, streams.values())) + 1,
                recorded_at=NOW,
                stream=new.stream,
                version=new.version,
                topic=new.topic,
                state=new.state,
            )
            streams[new.stream] = (*stream, row)
            for opening in new.openings:
                openings[opening.commitment.hex()] = orjson.loads(opening.value)
        return Record(streams, openings, happened)


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
        """Someone says something. A refusal that its answer does not declare is a fault.

        So is one for a value that names no field of what was said.
        """
        answer = _ANSWERS[type(said.command)]
        declared: tuple[type[Refused], ...] = (*COMMON_REFUSALS, *answer.refuses)
        try:
            return Outcome(self.record.after(said))
        except declared as refused:
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


def _after(subject: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    """The subject as the event leaves it."""
    return event.mutate(subject)


def _kind(expected: Expected | type[DomainEvent] | Refused) -> type:
    if isinstance(expected, Expected):
        return expected.kind
    return expected if isinstance(expected, type) else type(expected)


def _facts(one: object) -> object:
    return (type(one), vars(one)) if isinstance(one, Refused) else one
