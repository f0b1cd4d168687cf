"""States of a comment window."""

from enum import Enum


class WindowState(Enum):
    """The state of a comment window (DOMAIN A3)."""

    SCHEDULED = "SCHEDULED"
    """Its days are known, and no opening is on record: they are to come, or they are history."""
    DUE = "DUE"
    """Its days have come; it opens when the group publishes a draft."""
    OPEN = "OPEN"
    """Drafts can be commented on."""
    CLOSED = "CLOSED"
    """Drafts can no longer be commented on."""
    LAPSED = "LAPSED"
    """Its days passed without a published draft: it never opened."""
    CANCELLED = "CANCELLED"
    """The annual meeting was cancelled before it opened."""
