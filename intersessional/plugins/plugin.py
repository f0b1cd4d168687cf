"""The plugin contract: a frozen value that says what it adds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.command_bus import CommandBus
from intersessional.domain.kernel.command_handler import CommandHandler, Guard, Reaction
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.projections.kernel.reader import DocumentReader, EventReader, Feed
from intersessional.projections.kernel.view import AnyView


@dataclass(frozen=True, kw_only=True)
class Services:
    """The running system, as far as a plugin's background task may use it."""

    command_bus: CommandBus
    reader: DocumentReader
    record: EventReader
    feed: Feed
    clock: Callable[[], datetime]


Task = Callable[[Services], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """Everything one plugin adds; every part may be empty."""

    name: str
    """What it is called: unique among the plugins of a system."""

    aggregates: tuple[type[Aggregate], ...] = ()
    """What its events happen to."""

    command_handlers: tuple[CommandHandler, ...] = ()
    """The commands it answers."""

    guards: tuple[Guard, ...] = ()
    """Where it has a say in commands that others answer."""

    reactions: tuple[Reaction, ...] = ()
    """What follows, in the same append, from events of subjects that may not be its own."""

    views: tuple[AnyView, ...] = ()
    """What it lets readers see."""

    schema: SchemaPart = field(default_factory=SchemaPart)
    """Its part of the API."""

    tasks: tuple[Task, ...] = ()
    """What it does by itself while the system runs, on every node: so only by commands whose ids
    are the same on every node."""
