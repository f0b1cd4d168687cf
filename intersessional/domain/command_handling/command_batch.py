"""A batch of commands that are recorded in one append."""

from collections.abc import Sequence
from datetime import UTC, datetime
from uuid import UUID

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult


class CommandBatch:
    """Commands that are recorded together, with the results so far."""

    def __init__(self, envelopes: Sequence[CommandEnvelope]) -> None:
        self.envelopes = envelopes
        self.results: dict[UUID, CommandResult] = {}
        self.refused_place = 0
        """The place of the command that was refused last."""
        self.now = datetime.min.replace(tzinfo=UTC)
        """The time of the command that is handled; it does not go back."""

    def is_behind(self, instant: datetime | None) -> bool:
        """Whether an event of a node with a faster clock is later than now; now moves up to it.

        An event that is recorded live takes effect after the events that it relies on.
        """
        if instant is None or instant <= self.now:
            return False
        self.now = instant
        return True

    def pending(self) -> Sequence[tuple[int, CommandEnvelope]]:
        """The commands without a result, with their places."""
        return [
            (place, envelope)
            for place, envelope in enumerate(self.envelopes)
            if envelope.command.command_id not in self.results
        ]

    def place_of(self, command_id: UUID) -> int:
        """The place of a command."""
        return [one.public_id for one in self.envelopes].index(command_id)
