"""Refusals about comment windows."""

from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused
from intersessional.plugins.comment_window.window_state import WindowState


class WindowNotScheduled(Refused):
    """The group has no comment window yet (DOMAIN row 36)."""

    code = "WINDOW_NOT_SCHEDULED"
    sentence = "There is no comment window yet: the annual meeting's days are not confirmed."
    group: UUID
    """The id of the group."""


class NoCommentWindow(Refused):
    """The group's kind has no comment window (DOMAIN row 37)."""

    code = "NO_COMMENT_WINDOW"
    sentence = "The drafts of this group are not open for public comment."
    group: UUID
    """The id of the group."""


class WindowNotOpen(Refused):
    """The comment was made before the comment window opens (DOMAIN row 36)."""

    code = "WINDOW_NOT_OPEN"
    sentence = (
        "The comment window is {state}: it opens at {opens_at}, or after that when the group "
        "publishes its first draft."
    )
    state: WindowState
    """Its state when the comment was made: SCHEDULED, or DUE while there was no draft."""
    opens_at: datetime
    """The instant at which it opens if a draft has been published."""
    closes_at: datetime
    """The first instant at which comments can no longer be made."""


class WindowClosed(Refused):
    """The comment was made after the comment window had closed (DOMAIN row 36)."""

    code = "WINDOW_CLOSED"
    sentence = "The comment window closed at {closed_at}."
    opened_at: datetime
    """The first instant at which comments could be made."""
    closed_at: datetime
    """The first instant at which comments could no longer be made."""


class WindowLapsed(Refused):
    """The days of the comment window passed, and it never opened (DOMAIN row 36)."""

    code = "WINDOW_LAPSED"
    sentence = "The days of the comment window passed at {closes_at}, and it never opened."
    opens_at: datetime
    """The instant at which it would have opened if a draft had been published."""
    closes_at: datetime
    """The first instant after its days."""


class WindowFollowsClock(Refused):
    """The window opens and closes by the server's clock, not by what a source states."""

    code = "WINDOW_FOLLOWS_CLOCK"
    sentence = "This comment window opens and closes by the clock; no source tells it."
    window: UUID
    """The id of the window."""


class NothingToAdvance(Refused):
    """The clock brings nothing about for the window."""

    code = "NOTHING_TO_ADVANCE"
    sentence = "There is no opening or closing to record."
    window: UUID
    """The id of the window."""
    opens_at: datetime
    """The instant at which it opens if a draft has been published."""
    closes_at: datetime
    """The first instant at which comments can no longer be made."""


class NothingToDerive(Refused):
    """The windows of the cycle are up to date."""

    code = "NOTHING_TO_DERIVE"
    sentence = "The windows of {year} are up to date."
    year: int
    """The year of the cycle."""
