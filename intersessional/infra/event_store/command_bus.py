"""The one door: guards, the handler, what follows, the append; a refusal leaves no trace."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel import event_store as errors
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_bus import CommandHandler, CommandResult, Guard, Reaction
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import (
    COMMON_REFUSALS,
    CommandReused,
    Refused,
    StaleVersion,
)
from intersessional.domain.kernel.unit_of_work import UnitOfWork
from intersessional.infra.event_store.aggregate_repository import CachedAggregateRepository
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.entries import AppendRequest, Receipt, Submission
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.command_body import command_body

_TRIES_MAX = 10


@dataclass(frozen=True)
class CommandEnvelope:
    """A command and its sender."""

    command: Command
    caller: Caller


class CommandRefused(Exception):
    """One of several orders was refused, so none of them was recorded."""

    def __init__(self, place: int, refused: Refused) -> None:
        """``place`` counts the orders from 0."""
        super().__init__(str(refused))
        self.place = place
        self.refused = refused


class EventStoreCommandBus:
    """The door to the record."""

    def __init__(
        self,
        *,
        log: EventLog,
        sequencer: Sequencer,
        codec: Codec,
        command_handlers: Iterable[CommandHandler],
        guards: Iterable[Guard],
        reactions: Iterable[Reaction] = (),
        clock: Callable[[], datetime],
    ) -> None:
        """Raises ValueError when two answer the same command."""
        self._log = log
        self._sequencer = sequencer
        self._codec = codec
        self._repository = CachedAggregateRepository(log, codec)
        self._clock = clock
        self._answers: dict[type[Command], CommandHandler] = {}
        self._guards: dict[type[Command], list[Guard]] = {}
        self._reactions: dict[type[DomainEvent], list[Reaction]] = {}
        for answer in command_handlers:
            if self._answers.setdefault(answer.command, answer) is not answer:
                raise ValueError(f"two answer {answer.command.__name__}")
        for guard in guards:
            self._guards.setdefault(guard.command, []).append(guard)
        for reaction in reactions:
            self._reactions.setdefault(reaction.event, []).append(reaction)

    async def submit(self, command: Command, caller: Caller) -> CommandResult:
        """Record what the command asks for, durably. Raises Refused when nothing was recorded."""
        try:
            return (await self.submit_all([CommandEnvelope(command, caller)]))[0]
        except CommandRefused as error:
            raise error.refused from None

    async def submit_all(self, orders: Sequence[CommandEnvelope]) -> Sequence[CommandResult]:
        """Record all orders in one append, or none of them.

        What was done before is not done again, and answers its first outcome.
        Raises CommandRefused.
        """
        known = await self._known(orders) if len(orders) > 1 else {}
        unit_of_work = UnitOfWork(self._repository)
        for attempt in range(_TRIES_MAX):
            try:
                return await self._attempt(orders, known, unit_of_work)
            except CommandRefused:
                # What was read may have been kept from earlier, or this may be a repeat.
                known = await self._known(orders)
                if attempt > 0 and len(known) < len(orders):
                    raise
            except errors.CommandIdReused as error:
                place = [order.command.command_id for order in orders].index(error.command_id)
                raise CommandRefused(place, CommandReused(command_id=error.command_id)) from None
            except errors.VersionConflict as conflict:
                if attempt == _TRIES_MAX - 1:
                    raise CommandRefused(0, _stale(conflict)) from None
            self._repository.forget(unit_of_work.expects)
            unit_of_work = UnitOfWork(self._repository)
        raise AssertionError("unreachable: the last attempt answers or raises")

    async def _attempt(
        self,
        orders: Sequence[CommandEnvelope],
        known: dict[UUID, CommandResult],
        unit_of_work: UnitOfWork,
    ) -> Sequence[CommandResult]:
        submissions: list[Submission] = []
        for place, order in enumerate(orders):
            if order.command.command_id in known:
                continue
            try:
                submissions.append(await self._decide(order, unit_of_work))
            except Refused as refused:
                raise CommandRefused(place, refused) from refused
        done = dict(known)
        if submissions:
            receipts = await self._sequencer.append(
                AppendRequest(submissions=tuple(submissions), expects=unit_of_work.expects)
            )
            done |= {receipt.command_id: _done(receipt) for receipt in receipts}
            if not any(receipt.repeated for receipt in receipts):
                self._repository.keep(unit_of_work.aggregates)
        return [done[order.command.command_id] for order in orders]

    async def _decide(self, order: CommandEnvelope, unit_of_work: UnitOfWork) -> Submission:
        command = order.command
        answer = self._answers[type(command)]
        context = CommandContext(
            command=command, caller=order.caller, now=self._clock(), unit_of_work=unit_of_work
        )
        guards = self._guards.get(type(command), [])
        try:
            for guard in guards:
                await guard.check(command, context)
            subject = await answer.handler(command, context)
        except Refused as refused:
            declared = (*COMMON_REFUSALS, *answer.refuses, *(r for g in guards for r in g.refuses))
            if not isinstance(refused, declared):
                name = type(refused).__name__
                raise TypeError(f"{type(command).__name__} does not declare {name}") from refused
            raise
        happened = unit_of_work.collect()
        followed = await self._react(happened, context)
        return Submission(
            command_id=command.command_id,
            body=_body(order),
            subject=subject,
            events=tuple(self._codec.new_event(event) for event in (*happened, *followed)),
        )

    async def _react(
        self, happened: Sequence[DomainEvent], context: CommandContext
    ) -> Sequence[DomainEvent]:
        for event in happened:
            for reaction in self._reactions.get(type(event), ()):
                try:
                    await reaction.react(event, context)
                except Refused as refused:
                    name = type(event).__qualname__
                    raise TypeError(f"a reaction to {name} refused") from refused
        return context.unit_of_work.collect()

    async def _known(self, orders: Sequence[CommandEnvelope]) -> dict[UUID, CommandResult]:
        known: dict[UUID, CommandResult] = {}
        for place, order in enumerate(orders):
            try:
                receipt = await self._log.known(order.command.command_id, _body(order))
            except errors.CommandIdReused as error:
                refused = CommandReused(command_id=error.command_id)
                raise CommandRefused(place, refused) from None
            if receipt is not None:
                known[order.command.command_id] = _done(receipt)
        return known


def _body(order: CommandEnvelope) -> bytes:
    return command_body(order.command, order.caller)


def _done(receipt: Receipt) -> CommandResult:
    return CommandResult(
        command_id=receipt.command_id,
        subject=receipt.subject,
        first=receipt.first,
        position=receipt.last,
        repeated=receipt.repeated,
    )


def _stale(conflict: errors.VersionConflict) -> StaleVersion:
    return StaleVersion(id=conflict.stream, expected=conflict.expected, actual=conflict.actual)
