"""Refusals about comment windows."""

from datetime import datetime
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


class WindowNotScheduled(Refused):
    """The group has no comment window yet (DOMAIN row 36)."""

    code = "WINDOW_NOT_SCHEDULED"
    sentence = "There is no comment window yet: the annual meeting's days are not confirmed."
    group: UUID
    """The id of the group."""


class WindowNotOpen(Refused):
    """The comment was made before the comment window opens (DOMAIN row 36)."""

    code = "WINDOW_NOT_OPEN"
    sentence = "The comment window opens at {opens_at}."
    opens_at: datetime
    """The first instant at which comments can be made."""
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


class NothingToAdvance(Refused):
    """No opening or closing of the window is due."""

    code = "NOTHING_TO_TURN"
    sentence = "There is no opening or closing to record."
    window: UUID
    """The id of the window."""
    advances_at: datetime | None
    """The instant at which it opens or closes next."""


class NothingToDerive(Refused):
    """The windows of the cycle are up to date."""

    code = "NOTHING_TO_DERIVE"
    sentence = "The windows of {year} are up to date."
    year: int
    """The year of the cycle."""
