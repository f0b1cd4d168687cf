"""The one door: what it is given to work with, and what it answers."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Protocol
from uuid import UUID

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import Refused


@dataclass(frozen=True)
class CommandHandler:
    """How one command is answered: by a handler, which may refuse for reasons of its own.

    The handler gets the command and the desk and tells the id of the subject that it changed.
    """

    command: type[Command]
    handler: Callable[[Any, CommandContext], Awaitable[UUID]]
    refuses: tuple[type[Refused], ...] = ()


@dataclass(frozen=True)
class Guard:
    """Who stands before a handler and may refuse: how a plugin has a say in a core command."""

    command: type[Command]
    check: Callable[[Any, CommandContext], Awaitable[None]]
    refuses: tuple[type[Refused], ...] = ()


@dataclass(frozen=True)
class Reaction:
    """What follows from an event at once: how a plugin keeps its own subjects in step with others.

    It gets each event of this kind that a handler let happen, and the desk. What it lets happen is
    recorded in the same append, after what it follows from; nothing reacts to that in turn. It
    cannot refuse: to have a say, a plugin guards.
    """

    event: type[DomainEvent]
    react: Callable[[Any, CommandContext], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class CommandResult:
    """What a command did: its subject, and the positions of its events.

    ``repeated`` tells that it had been done before, and was not done again.
    """

    command_id: UUID
    subject: UUID
    first: int
    position: int
    repeated: bool


class CommandBus(Protocol):
    """Where every command enters."""

    async def submit(self, command: Command, caller: Caller) -> CommandResult:
        """Record what the command asks for, durably. Raises Refused when nothing was recorded."""
        ...
