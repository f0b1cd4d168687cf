"""The preview of commands: what they would record now, without an append."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.event_store import EventStore, HandledCommand
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.refusals import CommandReused, OverrideRequired, Refused

REFUSED_MAX = 20
"""Refusals of a batch after which none of its further commands is handled."""

HandleAt = Callable[[CommandEnvelope, UnitOfWork, datetime], Awaitable[HandledCommand]]
"""Handles a command at a time, with the reactions to its events. Raises Refused."""


@dataclass(frozen=True, kw_only=True)
class CommandPreview:
    """What a command would record, or why it would be refused; empty where it was not handled."""

    handled: HandledCommand | None = None
    """The command with all events of the append, in order: the handler's, then of reactions."""
    refused: Refused | None = None
    """The refusal that it would get."""
    overrides_needed: Sequence[OverrideRequired] = ()
    """The gates that it deviates from without an override, in the order in which they are met."""
    repeated: bool = False
    """Whether the command is recorded already: then it would record nothing more."""

    @property
    def events(self) -> Sequence[DomainEvent]:
        """The events that it would record."""
        return () if self.handled is None else self.handled.events

    def needing(self, overrides: Sequence[OverrideRequired]) -> Self:
        """The preview of a command that needs overrides and has none: it is refused."""
        if not overrides:
            return self
        return replace(self, handled=None, refused=overrides[0], overrides_needed=overrides)


async def preview_of(
    envelope: CommandEnvelope, event_store: EventStore, handle: HandleAt, now: datetime
) -> CommandPreview:
    """The preview of a command, with every gate that it meets. Raises Unanswerable."""
    for recorded in (await _recorded([envelope], event_store)).values():
        return recorded
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


async def previews_of(
    envelopes: Sequence[CommandEnvelope], event_store: EventStore, handle: HandleAt, now: datetime
) -> Sequence[CommandPreview]:
    """The previews of commands, each after what those before it would record.

    A command that is refused is left out for those after it. Raises Unanswerable.
    """
    done = await _recorded(envelopes, event_store)
    while True:
        previews = dict(done)
        unit_of_work = UnitOfWork(event_store, fresh=True)
        for place, envelope in enumerate(envelopes):
            if place in done or _refusals(done) >= REFUSED_MAX:
                continue
            previews[place] = await _handled(envelope, unit_of_work, handle, now)
            if previews[place].refused is None:
                continue
            done[place] = previews[place]
            if unit_of_work.take_new_events():
                # The unit of work holds what the command had begun: all are handled without it.
                break
        else:
            return [previews.get(place, CommandPreview()) for place in range(len(envelopes))]


def _refusals(done: dict[int, CommandPreview]) -> int:
    return sum(one.refused is not None for one in done.values())


async def _recorded(
    envelopes: Sequence[CommandEnvelope], event_store: EventStore
) -> dict[int, CommandPreview]:
    """The previews of commands whose ids are recorded already, by their places."""
    results = await event_store.results_of(envelopes)
    return {
        place: CommandPreview(refused=result)
        if isinstance(result, CommandReused)
        else CommandPreview(repeated=True)
        for place, result in enumerate(results)
        if result is not None
    }


async def _handled(
    envelope: CommandEnvelope, unit_of_work: UnitOfWork, handle: HandleAt, now: datetime
) -> CommandPreview:
    try:
        return CommandPreview(handled=await handle(envelope, unit_of_work, now))
    except Refused as refused:
        return CommandPreview(refused=refused)
