"""Handlers, guards and reactions: functions that nouns and plugins give to the command bus."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.refusals import Refused


@dataclass(frozen=True)
class CommandHandler:
    """The function that handles one command, and the refusals that it declares.

    It gets the command and its context and answers the id of the aggregate that it changed.
    """

    command: type[Command]
    handler: Callable[[Any, CommandContext], Awaitable[UUID]]
    refuses: tuple[type[Refused], ...] = ()


@dataclass(frozen=True)
class Guard:
    """A function that runs before the handler of a command and may refuse it.

    So a plugin can refuse a command of the core.
    """

    command: type[Command]
    check: Callable[[Any, CommandContext], Awaitable[None]]
    refuses: tuple[type[Refused], ...] = ()


@dataclass(frozen=True)
class Reaction:
    """A function that gets each event of a kind after the handler, before the append.

    So a plugin keeps its own aggregates in step with others. Its events are recorded in the same
    append, after the event, as ``context.consequence()``; nothing reacts to them. It must not
    refuse.
    """

    event: type[DomainEvent]
    react: Callable[[Any, CommandContext], Awaitable[None]]
