"""A rehearsal: what commands would record together, without an append."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import EventStore, HandledCommand
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.refusals import CommandReused, Refused

REFUSED_MAX = 20
"""Refusals after which no further command is rehearsed."""

Handle = Callable[[CommandEnvelope, UnitOfWork], Awaitable[HandledCommand]]


@dataclass(slots=True)
class RehearsedCommand:
    """A command with what it would record; with neither, it was not rehearsed."""

    envelope: CommandEnvelope
    handled: HandledCommand | None = None
    result: CommandResult | None = None
    """Its result, where it is recorded already."""
    refused: Refused | None = None

    @property
    def events(self) -> Sequence[DomainEvent]:
        """The events that it would record."""
        return () if self.handled is None else self.handled.events


class Rehearsal:
    """Commands that are handled one after the other in one unit of work."""

    def __init__(self, envelopes: Sequence[CommandEnvelope]) -> None:
        self.commands = [RehearsedCommand(one) for one in envelopes]
        self.complete = False

    async def find_repeats(self, event_store: EventStore) -> None:
        """Find the commands that are recorded already, and those whose ids stand for others."""
        for command in self.commands:
            try:
                command.result = await event_store.result_of(command.envelope)
            except CommandReused as refused:
                command.refused = refused

    async def run(self, unit_of_work: UnitOfWork, handle: Handle) -> None:
        """Handle the commands until one is refused that had begun to record something.

        What it had begun does not count: the rehearsal is run again without it. Raises
        Unanswerable.
        """
        for command in self.commands:
            command.handled = None
        for command in self.commands:
            if command.refused is not None or command.result is not None:
                continue
            if self._refusals >= REFUSED_MAX:
                break
            try:
                command.handled = await handle(command.envelope, unit_of_work)
            except Refused as refused:
                command.refused = refused
                if unit_of_work.take_new_events():
                    return
        self.complete = True

    @property
    def _refusals(self) -> int:
        return sum(one.refused is not None for one in self.commands)
