"""The plugin contract: a frozen value of everything that a plugin adds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.command_handler import CommandHandler, Guard, Reaction
from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.rule.soft_rule import SoftRule
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.plugins.page import PagePart
from intersessional.projections.kernel.feed import Feed
from intersessional.projections.kernel.reader import DocumentReader, EventReader
from intersessional.projections.kernel.view import AnyView


@dataclass(frozen=True, kw_only=True)
class Services:
    """The ports of the running system that a background task may use."""

    command_bus: CommandBus
    reader: DocumentReader
    record: EventReader
    feed: Feed
    clock: Callable[[], datetime]


Task = Callable[[Services], Awaitable[None]]


@dataclass(frozen=True, kw_only=True, eq=False)
class Plugin:
    """Everything one plugin adds; every part may be empty. It is equal to itself alone."""

    name: str
    """The name, unique among the plugins of a system."""

    aggregates: tuple[type[Aggregate], ...] = ()
    """The aggregates that its events change."""

    command_handlers: tuple[CommandHandler, ...] = ()
    """The handlers of its commands."""

    questions: tuple[AnyQuestion, ...] = ()
    """What handlers, guards and reactions can ask of the whole record."""

    rules: tuple[SoftRule, ...] = ()
    """The soft rules that its commands, or those that it guards, can deviate from."""

    guards: tuple[Guard, ...] = ()
    """Checks before commands of other plugins; each may refuse."""

    reactions: tuple[Reaction, ...] = ()
    """Events that follow other events in the same append, also those of other plugins."""

    views: tuple[AnyView, ...] = ()
    """The views."""

    schema: SchemaPart = field(default_factory=SchemaPart)
    """The part of the API."""

    page: PagePart | None = None
    """The part of the page."""

    histories: tuple[Path, ...] = ()
    """Data files of history for its commands, which `demo` records after those of the core."""

    tasks: tuple[Task, ...] = ()
    """Background tasks. Every node runs them, so they send only commands of which the second is
    refused."""
