"""Commands about comment windows; the API has no mutations for them."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command


@dataclass(frozen=True, kw_only=True)
class DeriveWindows(Command):
    """Derive the windows of a cycle from events recorded while this plugin was not installed."""

    TOPIC = "comment_window.derive"

    year: int
    """The year of the cycle."""


@dataclass(frozen=True, kw_only=True)
class AdvanceWindow(Command):
    """Record what the clock brings about: a window is due, opens, closes or lapses."""

    TOPIC = "comment_window.advance"

    window: UUID
    """The window, by its id."""


@dataclass(frozen=True, kw_only=True)
class RecordWindowOpening(Command):
    """Record that a window of history opened, as a source states; only imports send it."""

    TOPIC = "comment_window.record_opening"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle."""


@dataclass(frozen=True, kw_only=True)
class RecordWindowClosing(Command):
    """Record that a window of history closed, as a source states; only imports send it."""

    TOPIC = "comment_window.record_closing"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle."""
