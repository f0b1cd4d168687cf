"""Event store in memory, for tests: it holds sealed events, as the log does."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import reduce
from hashlib import sha256
from typing import Any, Self, TypeVar, cast
from uuid import UUID

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import HandledCommand, StaleAnswer
from intersessional.domain.command_handling.question import (
    Answer,
    AnyQuestion,
    Question,
    QuestionKey,
)
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.fact_corrected import as_corrected, fact_of
from intersessional.domain.kernel.refusals import CommandReused, StaleVersion
from intersessional.domain.kernel.sealed import Sealed

A = TypeVar("A")


class InMemoryEventStore:
    """An ``EventStore`` without a database."""

    def __init__(self) -> None:
        self.events: list[DomainEvent] = []
        """Every event in the order of its position, with its texts sealed."""
        self.last_appended: Sequence[DomainEvent] = ()
        """The events of the last append as they happened, before their texts were sealed."""
        self.epoch = ""
        self._streams: dict[UUID, list[DomainEvent]] = {}
        self._texts: dict[str, str] = {}
        self._closed: set[str] = set()
        """The commitments of the texts that nobody may read."""
        self._questions: dict[str, AnyQuestion] = {}
        """The questions that were asked, by their ids."""
        self._commands: dict[UUID, tuple[CommandEnvelope, CommandResult]] = {}

    def copy(self) -> Self:
        """A store with the same events, which changes alone."""
        twin = type(self)()
        twin.events = [*self.events]
        twin._streams = {id: [*stream] for id, stream in self._streams.items()}
        twin._texts = {**self._texts}
        twin._closed = {*self._closed}
        twin._questions = {**self._questions}
        twin._commands = {**self._commands}
        return twin

    @property
    def texts(self) -> Mapping[str, str]:
        """The sealed texts by their commitments."""
        return self._texts

    def erase_texts(self) -> None:
        """Erase every sealed text."""
        self._texts.clear()

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        """The aggregate, from its events; None when it does not exist."""
        return reduce(_applied, self._streams.get(id, ()), None)

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The texts behind commitments; one that nobody may read or that was erased is left out."""
        readable = [one for one in sealed if one.sealed not in self._closed]
        return {one: text for one in readable if (text := self._texts.get(one.sealed or ""))}

    async def ask(self, question: Question[A], key: UUID) -> Answer[A]:
        """The answer to a question, from all events."""
        self._questions[question.id] = question
        return Answer(question.folded(None, key, as_corrected(self.events)), len(self.events))

    async def results_of(
        self, envelopes: Sequence[CommandEnvelope]
    ) -> Sequence[CommandResult | CommandReused | None]:
        """The first result of each recorded command, as a repeat; None for a new one."""
        return [self._result_of(one) for one in envelopes]

    def _result_of(self, envelope: CommandEnvelope) -> CommandResult | CommandReused | None:
        command_id = envelope.command.command_id
        if command_id not in self._commands:
            return None
        recorded, result = self._commands[command_id]
        if recorded != envelope:
            return CommandReused(command_id=envelope.public_id)
        return replace(result, repeated=True)

    async def are_latest(self, versions: Mapping[UUID, int]) -> bool:
        """Whether each stream has this version; 0 where it does not exist."""
        return all(len(self._streams.get(id, ())) == version for id, version in versions.items())

    async def append(
        self,
        commands: Sequence[HandledCommand],
        *,
        expects: Mapping[UUID, int],
        asked: Mapping[QuestionKey, int],
        aggregates: Sequence[Aggregate],
        epoch: str | None = None,
    ) -> Sequence[CommandResult]:
        """Append the events of all commands. Raises StaleVersion, StaleAnswer, CommandReused."""
        found: list[CommandResult] = []
        for result in await self.results_of([one.envelope for one in commands]):
            if isinstance(result, CommandReused):
                raise result
            found += [] if result is None else [result]
        if found:
            if len(found) < len(commands):
                raise CommandReused(command_id=found[0].command_id)
            return found
        for id, expected in expects.items():
            actual = len(self._streams.get(id, ()))
            if actual != expected:
                raise StaleVersion(id=id, expected=expected, actual=actual)
        for one, answered in asked.items():
            self._check_answer(one, answered)
        self.last_appended = [event for command in commands for event in command.events]
        commitments: dict[int, Sealed] = {}
        return [self._record(command, commitments) for command in commands]

    def _check_answer(self, asked: QuestionKey, answered: int) -> None:
        id, key = asked
        question = self._questions[id]
        for position, event in enumerate(self.events[answered:], answered + 1):
            if key in question.keys(fact_of(event)):
                raise StaleAnswer(asked, answered, position)

    def _record(self, command: HandledCommand, commitments: dict[int, Sealed]) -> CommandResult:
        for event in command.events:
            self._append_event(event, commitments)
        command_id = command.envelope.command.command_id
        result = CommandResult(
            command_id=command.envelope.public_id,
            subject=command.subject,
            position=len(self.events),
            repeated=False,
        )
        self._commands[command_id] = command.envelope, result
        return result

    def _append_event(self, event: DomainEvent, commitments: dict[int, Sealed]) -> None:
        stream = self._streams.setdefault(event.originator_id, [])
        if event.originator_version != len(stream) + 1:
            raise ValueError(f"{event} is not the next event of its stream")
        place = f"{event.originator_id}/{event.originator_version}"
        for text in event.closed_texts():
            if text.sealed is None and id(text) not in commitments:
                raise ValueError(f"{event} closes a text that it seals itself")
        sealed: DomainEvent = self._sealed(event, place, commitments)
        stream.append(sealed)
        self.events.append(sealed)
        self._closed |= {str(text.sealed) for text in sealed.closed_texts()}

    def _sealed(self, value: Any, place: str, commitments: dict[int, Sealed]) -> Any:
        """The value with each text replaced by its commitment."""
        if isinstance(value, Sealed):
            if id(value) not in commitments:
                commitments[id(value)] = self._commit(value, place)
            return commitments[id(value)]
        if isinstance(value, tuple):
            items = cast("tuple[object, ...]", value)
            return tuple(
                self._sealed(item, f"{place}/{n}", commitments) for n, item in enumerate(items)
            )
        if not is_dataclass(value) or isinstance(value, type):
            return value
        before = {field.name: getattr(value, field.name) for field in fields(value)}
        after = {
            name: self._sealed(inner, f"{place}/{name}", commitments)
            for name, inner in before.items()
        }
        return value if before == after else replace(value, **after)

    def _commit(self, text: Sealed, place: str) -> Sealed:
        if text.sealed is not None:
            return text
        if text.value is None:
            raise ValueError(f"{place} is sealed and has neither a text nor a commitment")
        commitment = sha256(f"{place} {text.value}".encode()).hexdigest()
        self._texts[commitment] = text.value
        return Sealed(sealed=commitment)


def _applied(aggregate: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    return event.mutate(aggregate)
