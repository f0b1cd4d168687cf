"""The event store, as the command bus needs it, and its errors.

EventStoreError
├── StaleAnswer      the answer to a question has changed since it was given
├── StaleEpoch       the log is another one than the commands were made in
├── Unanswerable     a question cannot be answered at the moment
├── TooBusy          the queue of appends is full
├── Unavailable      the database did not answer an append in time: its outcome is unknown
├── Unreachable      the database cannot be read at the moment
├── ClockDiffers     the time is not known for certain: nothing is recorded
├── UnreadableEvent  an event is of a later version of the program, or was changed
└── Closed           the component has stopped
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar
from uuid import UUID

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.question import Answer, Question, QuestionKey
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.refusals import CommandReused
from intersessional.domain.kernel.sealed import Sealed

A = TypeVar("A")


@dataclass(frozen=True, kw_only=True)
class HandledCommand:
    """A command with the events that it made happen and the aggregate that it answers."""

    envelope: CommandEnvelope
    subject: UUID
    events: Sequence[DomainEvent]


class EventStore(Protocol):
    """Appends events and loads aggregates from them."""

    @property
    def epoch(self) -> str:
        """The epoch of the log that is read: an append that was made in another one is refused."""
        ...

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        """A copy of an aggregate; None when it does not exist.

        It may be older than the log, unless it is to be ``fresh``: the append checks its version.
        """
        ...

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The texts behind commitments; an erased text is left out."""
        ...

    async def ask(self, question: Question[A], key: UUID) -> Answer[A]:
        """The answer to a question, not older than this call. Raises Unanswerable."""
        ...

    async def results_of(
        self, envelopes: Sequence[CommandEnvelope]
    ) -> Sequence[CommandResult | CommandReused | None]:
        """The first result of each recorded command, as a repeat; None for a new one.

        CommandReused where another command was recorded under its id.
        """
        ...

    async def are_latest(self, versions: Mapping[UUID, int]) -> bool:
        """Whether each stream has this version now; 0 where it does not exist."""
        ...

    async def append(
        self,
        commands: Sequence[HandledCommand],
        *,
        expects: Mapping[UUID, int],
        asked: Mapping[QuestionKey, int],
        aggregates: Sequence[Aggregate],
        epoch: str | None = None,
    ) -> Sequence[CommandResult]:
        """Append the events of all commands durably, or none of them; one result for each command.

        ``expects`` is the version of each stream that the commands rely on, 0 where it must not
        exist; ``asked`` is the position as of which each question was answered: no later event may
        concern it. ``aggregates`` are those that were loaded or added, with the events applied.
        ``epoch`` is that of the log from which they were loaded. Commands that were recorded before
        answer their first results. Raises StaleVersion, StaleAnswer, StaleEpoch, CommandReused and
        EventStoreError.
        """
        ...


class EventStoreError(Exception):
    """The event store did not append or read."""


class StaleAnswer(EventStoreError):
    """The answer to a question has changed since it was given; nothing was recorded."""

    def __init__(self, question: QuestionKey, answered: int, changed: int) -> None:
        name, key = question
        super().__init__(f"{name} of {key} was answered at {answered}, and changed at {changed}")
        self.question = question
        self.answered = answered
        self.changed = changed


class StaleEpoch(EventStoreError):
    """The log is another one than the commands were made in; nothing was recorded."""

    def __init__(self, actual: str) -> None:
        """``actual`` is the epoch of the log."""
        super().__init__(f"epoch {actual} of the log has begun")
        self.actual = actual


class Unanswerable(EventStoreError):
    """A question cannot be answered: its view is being built, lags or has stopped."""

    def __init__(self, question: str, reason: str) -> None:
        super().__init__(f"the question {question} cannot be answered: {reason}")
        self.question = question


class TooBusy(EventStoreError):
    """The queue of appends is full; nothing was recorded."""

    def __init__(self, waiting: int) -> None:
        super().__init__(f"{waiting} appends are already waiting")
        self.waiting = waiting


class Unavailable(EventStoreError):
    """The database did not answer in time.

    The append may or may not have been recorded; send the same command id again to find out.
    """


class Unreachable(EventStoreError):
    """The database cannot be read at the moment; reading again later may succeed."""


class ClockDiffers(EventStoreError):
    """The clock differs from the database's or from the record's; nothing was recorded."""


class UnreadableEvent(EventStoreError):
    """An event of an aggregate is of a later version of the program, or its bytes were changed."""

    def __init__(self, topic: str, position: int) -> None:
        super().__init__(f"{topic} at position {position} cannot be decoded")
        self.topic = topic
        self.position = position


class Closed(EventStoreError):
    """The sequencer or the tail has stopped; a running append may or may not be recorded."""
