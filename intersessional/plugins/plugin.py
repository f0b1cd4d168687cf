"""The plugin contract: a frozen value that says what it adds."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime

from intersessional.domain.door import Answer, Door, Guard, Reaction
from intersessional.domain.subject import Subject
from intersessional.graphql.part import SchemaPart
from intersessional.projections.reader import Feed, Reader, Record
from intersessional.projections.view import AnyView


@dataclass(frozen=True, kw_only=True)
class Services:
    """The running system, as far as a plugin's background task may use it."""

    door: Door
    reader: Reader
    record: Record
    feed: Feed
    clock: Callable[[], datetime]


Task = Callable[[Services], Awaitable[None]]


@dataclass(frozen=True, kw_only=True)
class Plugin:
    """Everything one plugin adds; every part may be empty."""

    name: str
    """What it is called: unique among the plugins of a system."""

    subjects: tuple[type[Subject], ...] = ()
    """What its events happen to."""

    answers: tuple[Answer, ...] = ()
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
