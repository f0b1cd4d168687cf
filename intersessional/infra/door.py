"""The one door: guards, the handler, what follows, the append; a refusal leaves no trace."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from intersessional.domain.answers import COMMON_REFUSALS
from intersessional.domain.caller import Caller
from intersessional.domain.command import Command
from intersessional.domain.desk import Desk
from intersessional.domain.door import Answer, Done, Guard, Reaction
from intersessional.domain.refused import CommandReused, Refused, StaleVersion
from intersessional.domain.subject import Happening
from intersessional.domain.workspace import Workspace
from intersessional.infra.record import errors
from intersessional.infra.record.codec import Codec
from intersessional.infra.record.entries import Append, Receipt, Submission
from intersessional.infra.record.log import Log
from intersessional.infra.record.sequencer import Sequencer
from intersessional.infra.record.state import plain
from intersessional.infra.repository import WarmRepository

_TRIES_MAX = 10


@dataclass(frozen=True)
class Order:
    """A command and its sender."""

    command: Command
    caller: Caller


class OrderRefused(Exception):
    """One of several orders was refused, so none of them was recorded."""

    def __init__(self, place: int, refused: Refused) -> None:
        """``place`` counts the orders from 0."""
        super().__init__(str(refused))
        self.place = place
        self.refused = refused


class RecordDoor:
    """The door to the record."""

    def __init__(
        self,
        *,
        log: Log,
        sequencer: Sequencer,
        codec: Codec,
        answers: Iterable[Answer],
        guards: Iterable[Guard],
        reactions: Iterable[Reaction] = (),
        clock: Callable[[], datetime],
    ) -> None:
        """Raises ValueError when two answer the same command."""
        self._log = log
        self._sequencer = sequencer
        self._codec = codec
        self._repository = WarmRepository(log, codec)
        self._clock = clock
        self._answers: dict[type[Command], Answer] = {}
        self._guards: dict[type[Command], list[Guard]] = {}
        self._reactions: dict[type[Happening], list[Reaction]] = {}
        for answer in answers:
            if self._answers.setdefault(answer.command, answer) is not answer:
                raise ValueError(f"two answer {answer.command.__name__}")
        for guard in guards:
            self._guards.setdefault(guard.command, []).append(guard)
        for reaction in reactions:
            self._reactions.setdefault(reaction.event, []).append(reaction)

    async def submit(self, command: Command, caller: Caller) -> Done:
        """Record what the command asks for, durably. Raises Refused when nothing was recorded."""
        try:
            return (await self.submit_all([Order(command, caller)]))[0]
        except OrderRefused as error:
            raise error.refused from None

    async def submit_all(self, orders: Sequence[Order]) -> Sequence[Done]:
        """Record all orders in one append, or none of them.

        What was done before is not done again, and answers its first outcome.
        Raises OrderRefused.
        """
        known = await self._known(orders) if len(orders) > 1 else {}
        workspace = Workspace(self._repository)
        for attempt in range(_TRIES_MAX):
            try:
                return await self._attempt(orders, known, workspace)
            except OrderRefused:
                # What was read may have been kept from earlier, or this may be a repeat.
                known = await self._known(orders)
                if attempt > 0 and len(known) < len(orders):
                    raise
            except errors.CommandReused as error:
                place = [order.command.command_id for order in orders].index(error.command_id)
                raise OrderRefused(place, CommandReused(command_id=error.command_id)) from None
            except errors.Conflict as conflict:
                if attempt == _TRIES_MAX - 1:
                    raise OrderRefused(0, _stale(conflict)) from None
            self._repository.forget(workspace.expects)
            workspace = Workspace(self._repository)
        raise AssertionError("unreachable: the last attempt answers or raises")

    async def _attempt(
        self, orders: Sequence[Order], known: dict[UUID, Done], workspace: Workspace
    ) -> Sequence[Done]:
        submissions: list[Submission] = []
        for place, order in enumerate(orders):
            if order.command.command_id in known:
                continue
            try:
                submissions.append(await self._decide(order, workspace))
            except Refused as refused:
                raise OrderRefused(place, refused) from refused
        done = dict(known)
        if submissions:
            receipts = await self._sequencer.append(
                Append(submissions=tuple(submissions), expects=workspace.expects)
            )
            done |= {receipt.command_id: _done(receipt) for receipt in receipts}
            if not any(receipt.repeated for receipt in receipts):
                self._repository.keep(workspace.subjects)
        return [done[order.command.command_id] for order in orders]

    async def _decide(self, order: Order, workspace: Workspace) -> Submission:
        command = order.command
        answer = self._answers[type(command)]
        desk = Desk(command=command, caller=order.caller, now=self._clock(), workspace=workspace)
        guards = self._guards.get(type(command), [])
        try:
            for guard in guards:
                await guard.check(command, desk)
            subject = await answer.handler(command, desk)
        except Refused as refused:
            declared = (*COMMON_REFUSALS, *answer.refuses, *(r for g in guards for r in g.refuses))
            if not isinstance(refused, declared):
                name = type(refused).__name__
                raise TypeError(f"{type(command).__name__} does not declare {name}") from refused
            raise
        happened = workspace.collect()
        followed = await self._react(happened, desk)
        return Submission(
            command_id=command.command_id,
            body=_body(order),
            subject=subject,
            events=tuple(self._codec.new_event(event) for event in (*happened, *followed)),
        )

    async def _react(self, happened: Sequence[Happening], desk: Desk) -> Sequence[Happening]:
        for event in happened:
            for reaction in self._reactions.get(type(event), ()):
                try:
                    await reaction.react(event, desk)
                except Refused as refused:
                    name = type(event).__qualname__
                    raise TypeError(f"a reaction to {name} refused") from refused
        return desk.workspace.collect()

    async def _known(self, orders: Sequence[Order]) -> dict[UUID, Done]:
        known: dict[UUID, Done] = {}
        for place, order in enumerate(orders):
            try:
                receipt = await self._log.known(order.command.command_id, _body(order))
            except errors.CommandReused as error:
                refused = CommandReused(command_id=error.command_id)
                raise OrderRefused(place, refused) from None
            if receipt is not None:
                known[order.command.command_id] = _done(receipt)
        return known


def _body(order: Order) -> bytes:
    """The order in bytes, the same whenever it is sent again."""
    body = {
        "command": type(order.command).__name__,
        "fields": plain(order.command, "command", lambda _path, text: text),
        "person": str(order.caller.person),
    }
    return json.dumps(body, sort_keys=True).encode()


def _done(receipt: Receipt) -> Done:
    return Done(
        command_id=receipt.command_id,
        subject=receipt.subject,
        first=receipt.first,
        position=receipt.last,
        repeated=receipt.repeated,
    )


def _stale(conflict: errors.Conflict) -> StaleVersion:
    return StaleVersion(id=conflict.stream, expected=conflict.expected, actual=conflict.actual)
