"""The status of an annual meeting and of the places where it might be held."""

from enum import Enum


class AnnualMeetingStatus(Enum):
    """The status of the annual meeting (DOMAIN A3)."""

    PLANNED = "PLANNED"
    """Place and time are open."""
    TENTATIVE = "TENTATIVE"
    """Place and time are set tentatively."""
    CONFIRMED = "CONFIRMED"
    """Place and days are confirmed."""
    RESCHEDULED = "RESCHEDULED"
    """Moved to other days or another place after it was confirmed."""
    CANCELLED = "CANCELLED"
    """It is not held."""

    def after_tentative(self) -> "AnnualMeetingStatus":
        """The status after a tentative date: it is of no effect on a confirmed meeting."""
        return self if self.has_days else AnnualMeetingStatus.TENTATIVE

    @property
    def has_days(self) -> bool:
        """Whether place and days are confirmed."""
        return self in (AnnualMeetingStatus.CONFIRMED, AnnualMeetingStatus.RESCHEDULED)


class VenueStatus(Enum):
    """The status of a venue option (DOMAIN row 4)."""

    PURSUED = "PURSUED"
    """Actively pursued."""
    EXPLORED = "EXPLORED"
    """Under exploration."""
    DROPPED = "DROPPED"
    """No longer considered."""
