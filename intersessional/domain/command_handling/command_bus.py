"""Command bus: guards, the handler and reactions of each command, then one append."""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_batch import CommandBatch
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard, Reaction
from intersessional.domain.command_handling.command_preview import (
    CommandPreview,
    preview_of,
    previews_of,
)
from intersessional.domain.command_handling.command_result import CommandResult
from intersessional.domain.command_handling.event_store import (
    EventStore,
    HandledCommand,
    StaleAnswer,
    StaleEpoch,
    Unanswerable,
)
from intersessional.domain.command_handling.handler_checks import check_declared, check_nobodys
from intersessional.domain.command_handling.submission_limit import SubmissionLimit, no_limit
from intersessional.domain.command_handling.unit_of_work import UnitOfWork
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.refusals import (
    CommandReused,
    Refused,
    StaleVersion,
)
from intersessional.domain.rule.override import validated_overrides
from intersessional.domain.rule.soft_rule import SoftRule

A = TypeVar("A", bound=Aggregate)

OutcomeCheck = Callable[[Sequence[HandledCommand]], None]
"""Checks what is about to be appended. Raises Refused."""

_TRIES_MAX = 10


def any_outcome(_: Sequence[HandledCommand]) -> None:
    """Allow whatever is about to be appended."""


class CommandRefused(Exception):
    """One of several commands was refused, so none of them was recorded."""

    def __init__(self, place: int, refused: Refused) -> None:
        """``place`` counts the commands from 0."""
        super().__init__(str(refused))
        self.place = place
        self.refused = refused


class CommandBus:
    """Records commands: each one once, and all that it makes happen in one append."""

    def __init__(
        self,
        event_store: EventStore,
        *,
        command_handlers: Iterable[CommandHandler],
        guards: Iterable[Guard] = (),
        reactions: Iterable[Reaction] = (),
        rules: Iterable[SoftRule] = (),
        limit: SubmissionLimit = no_limit,
        clock: Callable[[], datetime],
    ) -> None:
        """``limit`` is for live commands. Raises ValueError when a command has two handlers."""
        self._limit = limit
        self._event_store = event_store
        self._clock = clock
        self.rules = {rule.key: rule for rule in rules}
        """The soft rules by their keys."""
        self._handlers: dict[type[Command], CommandHandler] = {}
        self._guards: dict[type[Command], list[Guard]] = {}
        self._reactions: dict[type[DomainEvent], list[Reaction]] = {}
        for handler in command_handlers:
            if self._handlers.setdefault(handler.command, handler) is not handler:
                raise ValueError(f"{handler.command.__name__} has two handlers")
        for guard in guards:
            self._guards.setdefault(guard.command, []).append(guard)
        for reaction in reactions:
            self._reactions.setdefault(reaction.event, []).append(reaction)

    async def submit(self, command: Command, caller: Caller) -> CommandResult:
        """Record a command durably. Raises Refused; then nothing was recorded.

        A command that was recorded before answers its first result.
        """
        return await self._submit(CommandEnvelope(command, caller))

    async def submit_from_client(self, command: Command, caller: Caller) -> CommandResult:
        """Record a command whose id a client has made: it means nothing to other senders.

        Raises Refused as ``submit`` does.
        """
        return await self._submit(CommandEnvelope.from_client(command, caller))

    async def _submit(self, envelope: CommandEnvelope) -> CommandResult:
        batch = CommandBatch([envelope])
        try:
            self._limit(envelope.command, envelope.caller, self._clock())
        except Refused as refused:
            check_declared(refused, self._handlers[type(envelope.command)], ())
            await self._find_repeats(batch)
            if batch.pending():
                raise
        [result] = await self._record(batch)
        return result

    async def find(self, kind: type[A], id: UUID) -> A | None:
        """An aggregate as this node knows it; None if it has none."""
        return await UnitOfWork(self._event_store).find(kind, id)

    async def dry_run(self, command: Command, caller: Caller) -> Refused | None:
        """The refusal that guards and the handler give a command now; None where there is none.

        Nothing is recorded, and nothing counts as submitted. Raises Unanswerable.
        """
        envelope = CommandEnvelope(command, caller)
        unit_of_work = UnitOfWork(self._event_store)
        refused = await self._refusal(envelope, unit_of_work)
        if await self._event_store.are_latest(unit_of_work.expects):
            return refused
        # An aggregate was cached.
        return await self._refusal(envelope, UnitOfWork(self._event_store, fresh=True))

    async def preview(self, command: Command, caller: Caller) -> CommandPreview:
        """The events that a command of a client would record now, or why it would be refused.

        Nothing is recorded, and nothing counts as submitted. Raises Unanswerable.
        """
        envelope = CommandEnvelope.from_client(command, caller)
        return await preview_of(envelope, self._event_store, self._handle, self._clock())

    async def preview_all(self, envelopes: Sequence[CommandEnvelope]) -> Sequence[CommandPreview]:
        """What several commands would record now in one append, as ``preview`` for one.

        A command that is refused is left out for those after it. Raises Unanswerable.
        """
        return await previews_of(envelopes, self._event_store, self._handle, self._clock())

    async def _refusal(self, envelope: CommandEnvelope, unit_of_work: UnitOfWork) -> Refused | None:
        try:
            await self._decide(self._context(envelope, unit_of_work, self._clock()))
        except Refused as refused:
            return refused
        return None

    async def submit_all(
        self, envelopes: Sequence[CommandEnvelope], check: OutcomeCheck = any_outcome
    ) -> Sequence[CommandResult]:
        """Record several commands in one append, or none of them. Raises CommandRefused.

        ``check`` gets those that were not recorded before, with their events.
        """
        batch = CommandBatch(envelopes)
        try:
            return await self._record(batch, check)
        except Refused as refused:
            raise CommandRefused(batch.refused_place, refused) from refused

    async def _record(
        self, batch: CommandBatch, check: OutcomeCheck = any_outcome
    ) -> Sequence[CommandResult]:
        if len(batch.envelopes) > 1:
            await self._find_repeats(batch)
        for tries in range(1, _TRIES_MAX + 1):
            unit_of_work = UnitOfWork(self._event_store, fresh=tries > 1)
            batch.refused_place = 0
            try:
                handled = await self._handle_all(batch, unit_of_work)
                if handled:
                    check(handled)
            except (Refused, Unanswerable) as error:
                # The refusal may rest on a cached aggregate, and a repeat is not refused.
                await self._find_repeats(batch)
                batch.is_behind(unit_of_work.last_instant)
                if batch.pending() and (tries > 1 or isinstance(error, Unanswerable)):
                    raise
                continue
            if not handled:
                break
            if batch.is_behind(unit_of_work.last_instant) and tries < _TRIES_MAX:
                continue
            try:
                await self._append(batch, handled, unit_of_work)
                break
            except (StaleVersion, StaleAnswer, StaleEpoch):
                if tries == _TRIES_MAX:
                    raise
        return [batch.results[one.command.command_id] for one in batch.envelopes]

    async def _append(
        self, batch: CommandBatch, handled: Sequence[HandledCommand], unit_of_work: UnitOfWork
    ) -> None:
        try:
            results = await self._event_store.append(
                handled,
                expects=unit_of_work.expects,
                asked=unit_of_work.asked,
                aggregates=unit_of_work.aggregates,
                epoch=unit_of_work.epoch,
            )
        except CommandReused as reused:
            batch.refused_place = batch.place_of(reused.command_id)
            raise
        for one, result in zip(handled, results, strict=True):
            batch.results[one.envelope.command.command_id] = result

    async def _handle_all(
        self, batch: CommandBatch, unit_of_work: UnitOfWork
    ) -> Sequence[HandledCommand]:
        handled: list[HandledCommand] = []
        for place, envelope in batch.pending():
            try:
                batch.now = max(self._clock(), batch.now)
                handled.append(await self._handle(envelope, unit_of_work, batch.now))
            except Refused:
                batch.refused_place = place
                raise
        return handled

    async def _handle(
        self, envelope: CommandEnvelope, unit_of_work: UnitOfWork, now: datetime
    ) -> HandledCommand:
        context = self._context(envelope, unit_of_work, now)
        subject = await self._decide(context)
        events = unit_of_work.take_new_events()
        await self._react(events, context)
        consequences = unit_of_work.take_new_events()
        check_nobodys(consequences)
        return HandledCommand(envelope=envelope, subject=subject, events=(*events, *consequences))

    def _context(
        self, envelope: CommandEnvelope, unit_of_work: UnitOfWork, now: datetime
    ) -> CommandContext:
        """The context of a command. Raises BadValue for an override of no soft rule."""
        return CommandContext(
            command=envelope.command,
            caller=envelope.caller,
            now=now,
            unit_of_work=unit_of_work,
            public_id=envelope.public_id,
            overrides=validated_overrides(envelope.command.overrides, self.rules),
        )

    async def _decide(self, context: CommandContext) -> UUID:
        command = context.command
        handler, guards = self._handlers[type(command)], self._guards.get(type(command), ())
        try:
            for guard in guards:
                await guard.check(command, context)
            subject = await handler.handler(command, context)
            await context.check_changed()
            return subject
        except Refused as refused:
            check_declared(refused, handler, guards)
            raise

    async def _react(self, events: Sequence[DomainEvent], context: CommandContext) -> None:
        for event in events:
            for reaction in self._reactions.get(type(event), ()):
                try:
                    await reaction.react(event, context)
                except Refused as refused:
                    name = type(event).__qualname__
                    raise TypeError(f"a reaction to {name} refused") from refused

    async def _find_repeats(self, batch: CommandBatch) -> None:
        pending = [*batch.pending()]
        results = await self._event_store.results_of([envelope for _, envelope in pending])
        for (place, envelope), result in zip(pending, results, strict=True):
            if isinstance(result, CommandReused):
                batch.refused_place = place
                raise result
            if result is not None:
                batch.results[envelope.command.command_id] = result
