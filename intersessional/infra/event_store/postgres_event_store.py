"""Event store in PostgreSQL: the ``EventStore`` of the command bus."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import islice
from typing import Protocol, TypeVar
from uuid import UUID

from cachetools import LRUCache

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import HandledCommand, StaleEpoch
from intersessional.domain.command_handling.question import Answer, Question, QuestionKey
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.refusals import CommandReused
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.command_body import command_body
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.log_context import note_position
from intersessional.tracing import span

A = TypeVar("A")

CACHE_BYTES_MAX = 32 * 1024 * 1024
_ABSENT_MAX = 1_000
_ENTRY_BYTES = 4_000
"""What an aggregate and its events take beside the bytes of their states and texts."""


@dataclass(frozen=True, slots=True)
class _CachedAggregate:
    """An aggregate, which holds its events, with the bytes of their states and texts."""

    aggregate: Aggregate
    size_bytes: int


class AnswerReader(Protocol):
    """Answers questions from what was folded."""

    async def answer(self, question: Question[A], key: UUID, reached: int) -> Answer[A]:
        """The answer as of a position that is not before ``reached``. Raises Unanswerable."""
        ...


class PostgresEventStore:
    """Appends through the sequencer; loads aggregates from their events, and caches them.

    A cached aggregate may be older than the log when another node has appended, and so may be the
    knowledge that there is none. That is safe: an append checks the versions, and the command bus
    loads afresh before it answers a refusal.
    """

    def __init__(
        self,
        *,
        log: EventLog,
        sequencer: Sequencer,
        codec: Codec,
        answers: AnswerReader,
        epoch: str = "",
    ) -> None:
        """``codec`` and ``answers`` know the same questions; ``epoch`` is the log's now."""
        self.epoch = epoch
        self._log = log
        self._answers = answers
        self._sequencer = sequencer
        self._codec = codec
        self._cache: LRUCache[UUID, _CachedAggregate] = LRUCache(
            CACHE_BYTES_MAX, getsizeof=_size_bytes
        )
        self._absent: LRUCache[UUID, None] = LRUCache(_ABSENT_MAX)
        """The ids of which there was no aggregate."""

    def begin_epoch(self, epoch: str) -> None:
        """Drop all cached aggregates: the log is another one."""
        self.epoch = epoch
        self._cache = LRUCache(self._cache.maxsize, getsizeof=_size_bytes)
        self._absent.clear()

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        """A copy of an aggregate, from the cache unless ``fresh``; None when it does not exist."""
        cached = None if fresh else self._cache.get(id)
        if cached is not None:
            return cached.aggregate.copy()
        if not fresh and id in self._absent:
            return None
        epoch = self.epoch
        rows = await self._log.stream(id)
        aggregate = reduce(_applied, self._codec.events(rows), None)
        if aggregate is None:
            if epoch == self.epoch:
                self._absent[id] = None
            return None
        if epoch == self.epoch:
            self._cache.pop(id, None)
            self._put(aggregate, sum(len(row.state) for row in rows))
        return aggregate.copy()

    async def reveal(self, sealed: Collection[Sealed]) -> Mapping[Sealed, str]:
        """The texts behind commitments; one that nobody may read or that was erased is left out."""
        texts = await self._log.reveal(sealed)
        return {one: text for one, text in texts.items() if isinstance(text, str)}

    async def ask(self, question: Question[A], key: UUID) -> Answer[A]:
        """The answer to a question, from its view. Raises Unanswerable and EventStoreError."""
        reached = await self._log.last_concerning((question.id, key))
        return await self._answers.answer(question, key, reached)

    async def results_of(
        self, envelopes: Sequence[CommandEnvelope]
    ) -> Sequence[CommandResult | CommandReused | None]:
        """The first result of each recorded command, as a repeat; None for a new one."""
        ids = {id for one in envelopes for id in (one.command.command_id, one.public_id)}
        recorded = await self._log.recorded_commands(ids)
        return [_first_result(one, recorded) for one in envelopes]

    async def are_latest(self, versions: Mapping[UUID, int]) -> bool:
        """Whether each stream has this version now; 0 where it does not exist."""
        return await self._log.are_latest(versions)

    async def append(
        self,
        commands: Sequence[HandledCommand],
        *,
        expects: Mapping[UUID, int],
        asked: Mapping[QuestionKey, int],
        aggregates: Sequence[Aggregate],
        epoch: str | None = None,
    ) -> Sequence[CommandResult]:
        """Append the events of all commands and cache the aggregates.

        Raises StaleVersion, StaleEpoch, CommandReused and EventStoreError.
        """
        encoded = self._encoded(commands)
        made_in = epoch or None
        request = AppendRequest(commands=encoded, expects=expects, asked=asked, epoch=made_in)
        try:
            with span("append", commands=len(encoded)):
                recorded = await self._sequencer.append(request)
        except StaleEpoch as stale:
            self.begin_epoch(stale.actual)
            raise
        note_position(recorded[-1].last)
        if epoch in (None, self.epoch) and not any(one.repeated for one in recorded):
            new_events = _by_stream(request)
            for aggregate in aggregates:
                self._put_changed(aggregate, new_events.get(aggregate.id, ()))
        return [
            _result(one, command.envelope.public_id)
            for one, command in zip(recorded, commands, strict=True)
        ]

    def _put_changed(self, aggregate: Aggregate, new_events: Sequence[NewEvent]) -> None:
        """Cache an aggregate after an append, without texts, which may be closed or erased later.

        With texts, its new events are applied as they are stored to the aggregate that was cached.
        """
        self._absent.pop(aggregate.id, None)
        cached = self._cache.get(aggregate.id)
        size_bytes = sum(len(event.state) for event in new_events)
        if cached is not None:
            size_bytes += cached.size_bytes
        if not any(event.held_texts for event in new_events):
            self._put(aggregate, size_bytes)
        elif cached is not None and cached.aggregate.version == new_events[0].version - 1:
            stored = map(self._codec.stored, new_events)
            self._put(reduce(_changed, stored, cached.aggregate.copy()), size_bytes)
        else:
            self._cache.pop(aggregate.id, None)

    def _put(self, aggregate: Aggregate, size_bytes: int) -> None:
        """Cache an aggregate, unless a later version is cached or it is larger than the cache."""
        self._absent.pop(aggregate.id, None)
        cached = self._cache.get(aggregate.id)
        if cached is not None and cached.aggregate.version >= aggregate.version:
            return
        self._cache.pop(aggregate.id, None)
        if _ENTRY_BYTES + size_bytes <= CACHE_BYTES_MAX:
            self._cache[aggregate.id] = _CachedAggregate(aggregate, size_bytes)

    def _encoded(self, commands: Sequence[HandledCommand]) -> tuple[EncodedCommand, ...]:
        # All events together, for a text that several of them hold is sealed once.
        new_events = iter(self._codec.new_events(e for one in commands for e in one.events))
        return tuple(
            EncodedCommand(
                command_id=command.envelope.command.command_id,
                body=command_body(command.envelope),
                subject=command.subject,
                events=tuple(islice(new_events, len(command.events))),
                sent_id=command.envelope.sent_id,
            )
            for command in commands
        )


def _size_bytes(cached: _CachedAggregate) -> int:
    return _ENTRY_BYTES + cached.size_bytes


def _result(recorded: RecordedCommand, command_id: UUID) -> CommandResult:
    return CommandResult(
        command_id=command_id,
        subject=recorded.subject,
        position=recorded.last,
        repeated=recorded.repeated,
    )


def _by_stream(request: AppendRequest) -> dict[UUID, list[NewEvent]]:
    """The new events of each stream, in order."""
    by_stream: dict[UUID, list[NewEvent]] = {}
    for command in request.commands:
        for event in command.events:
            by_stream.setdefault(event.stream, []).append(event)
    return by_stream


def _changed(aggregate: Aggregate, event: DomainEvent) -> Aggregate:
    event.mutate(aggregate)
    return aggregate


def _applied(aggregate: Aggregate | None, event: DomainEvent) -> Aggregate | None:
    return event.mutate(aggregate)


def _first_result(
    envelope: CommandEnvelope, recorded: Mapping[UUID, RecordedCommand]
) -> CommandResult | CommandReused | None:
    """What was recorded under the id of a command: it, another one, or nothing."""
    own, sent = envelope.command.command_id, envelope.public_id
    found = [recorded[id] for id in (own, sent) if id in recorded]
    body = command_body(envelope) if found else b""
    # Under the id as sent, versions without senders' ids may have recorded another sender's.
    for one in found:
        if one.has_body(body):
            return _result(one.as_repeat(), sent)
    return CommandReused(command_id=sent) if own in recorded else None
