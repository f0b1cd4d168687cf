"""States of a session at the annual meeting."""

from enum import Enum


class SessionState(Enum):
    """The state of a session of a group at the annual meeting (DOMAIN row 38)."""

    REQUESTED = "REQUESTED"
    """Asked for; it has no time yet."""
    SCHEDULED = "SCHEDULED"
    """It has a time in the programme."""
    HELD = "HELD"
    """It took place."""
    CANCELLED = "CANCELLED"
    """It does not take place."""

    @property
    def is_final(self) -> bool:
        """Whether it was held or cancelled."""
        return self in (SessionState.HELD, SessionState.CANCELLED)
