"""The preview of a command: what it would record now."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.event_store import EventStore, HandledCommand
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.refusals import CommandReused, OverrideRequired, Refused

HandleAt = Callable[[CommandEnvelope, UnitOfWork, datetime], Awaitable[HandledCommand]]
"""Handles a command at a time, with the reactions to its events. Raises Refused."""


@dataclass(frozen=True, kw_only=True)
class CommandPreview:
    """The events that a command would record, or why it would be refused."""

    events: Sequence[DomainEvent] = ()
    """All events of the append, in order: the handler's, then those of reactions."""
    refused: Refused | None = None
    """The refusal that it would get."""
    overrides_needed: Sequence[OverrideRequired] = ()
    """The gates that it deviates from without an override, in the order in which they are met."""
    repeated: bool = False
    """Whether the command is recorded already: then it would record nothing more."""

    def needing(self, overrides: Sequence[OverrideRequired]) -> Self:
        """The preview of a command that needs overrides and has none: it is refused."""
        if not overrides:
            return self
        return replace(self, events=(), refused=overrides[0], overrides_needed=overrides)


async def preview_of(
    envelope: CommandEnvelope, event_store: EventStore, handle: HandleAt, now: datetime
) -> CommandPreview:
    """The preview of a command, handled without an append. Raises Unanswerable."""
    try:
        if await event_store.result_of(envelope) is not None:
            return CommandPreview(repeated=True)
    except CommandReused as reused:
        return CommandPreview(refused=reused)
    needed: list[OverrideRequired] = []
    fresh = False
    while True:
        unit_of_work = UnitOfWork(event_store, fresh=fresh)
        preview = await _handled(envelope, unit_of_work, handle, now)
        last = unit_of_work.last_instant
        if not fresh and not await event_store.are_latest(unit_of_work.expects):
            # An aggregate was cached.
            fresh = True
        elif last is not None and last > now:
            # An event of a node with a faster clock: a command takes effect after it.
            now = last
        elif isinstance(preview.refused, OverrideRequired):
            needed.append(preview.refused)
            envelope = envelope.overriding(preview.refused.rule)
        else:
            return preview.needing(needed)


async def _handled(
    envelope: CommandEnvelope, unit_of_work: UnitOfWork, handle: HandleAt, now: datetime
) -> CommandPreview:
    try:
        handled = await handle(envelope, unit_of_work, now)
    except Refused as refused:
        return CommandPreview(refused=refused)
    return CommandPreview(events=handled.events)
