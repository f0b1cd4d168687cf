"""Event store in PostgreSQL: the ``EventStore`` of the command bus."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import HandledCommand
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.refusals import CommandReused
from intersessional.domain.kernel.sealed import Sealed
from intersessional.infra.event_store.aggregate_repository import CachedAggregateRepository
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.command_body import command_body


class PostgresEventStore:
    """Encodes and appends through the sequencer, loads through a cache of aggregates."""

    def __init__(self, *, log: EventLog, sequencer: Sequencer, codec: Codec) -> None:
        self._log = log
        self._sequencer = sequencer
        self._codec = codec
        self._repository = CachedAggregateRepository(log, codec)

    async def load(self, id: UUID, *, fresh: bool = False) -> Aggregate | None:
        """A copy of an aggregate, from the cache unless ``fresh``; None when it does not exist."""
        return await self._repository.load(id, fresh=fresh)

    async def reveal(self, sealed: Sealed) -> str | None:
        """The text behind a commitment; None when it has been erased."""
        return await self._repository.reveal(sealed)

    async def result_of(self, envelope: CommandEnvelope) -> CommandResult | None:
        """The first result of a recorded command, as a repeat. Raises CommandReused."""
        command_id = envelope.command.command_id
        recorded = await self._log.recorded_command(command_id)
        if recorded is None:
            return None
        if not recorded.has_body(command_body(envelope)):
            raise CommandReused(command_id=command_id)
        return _result(recorded.as_repeat())

    async def append(
        self,
        commands: Sequence[HandledCommand],
        *,
        expects: Mapping[UUID, int],
        aggregates: Sequence[Aggregate],
    ) -> Sequence[CommandResult]:
        """Append the events of all commands and cache the aggregates.

        Raises StaleVersion, CommandReused and EventStoreError.
        """
        request = AppendRequest(commands=tuple(map(self._encoded, commands)), expects=expects)
        recorded = await self._sequencer.append(request)
        if not any(one.repeated for one in recorded):
            self._repository.cache(aggregates)
        return [_result(one) for one in recorded]

    def _encoded(self, command: HandledCommand) -> EncodedCommand:
        return EncodedCommand(
            command_id=command.envelope.command.command_id,
            body=command_body(command.envelope),
            subject=command.subject,
            events=tuple(map(self._codec.new_event, command.events)),
        )


def _result(recorded: RecordedCommand) -> CommandResult:
    return CommandResult(
        command_id=recorded.command_id,
        subject=recorded.subject,
        position=recorded.last,
        repeated=recorded.repeated,
    )
