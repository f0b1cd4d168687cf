"""Commands of the background task; the API has no mutations for them."""

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
    """Record that a window opened or closed, once the clock has passed the instant."""

    TOPIC = "comment_window.turn"

    window: UUID
    """The window, by its id."""
