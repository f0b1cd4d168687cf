"""Commands about the annual meeting."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting_status import VenueStatus
from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class RecordVenueOption(Command):
    """Record a place where the meeting might be held."""

    TOPIC = "annual_meeting.record_venue_option"

    year: int
    """The year of the cycle."""
    rank: int
    """The rank among the options; 1 is the most wanted."""
    status: VenueStatus
    """The status of the option."""
    description: str
    """The place, and what the option depends on. At most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class ChangeVenueOption(Command):
    """Give a place where the meeting might be held another status or rank."""

    TOPIC = "annual_meeting.change_venue_option"

    year: int
    """The year of the cycle."""
    option: UUID
    """The option, by its id."""
    rank: int | None = None
    """The new rank; null if it stays."""
    status: VenueStatus | None = None
    """The new status; null if it stays."""
    reason: str | None = None
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class SetTentativeDates(Command):
    """Set a tentative time and place, with a condition if there is one."""

    TOPIC = "annual_meeting.set_tentative_dates"

    year: int
    """The year of the cycle."""
    within: Occurred
    """The time in which the meeting is expected."""
    place: str
    """The expected place; at most 300 bytes in UTF-8."""
    condition: str | None = None
    """The condition, if there is one. At most 20,000 bytes in UTF-8."""

    @property
    def created_id(self) -> UUID:
        """The annual meeting's id: a year has one."""
        return annual_meeting_id(self.year)


@dataclass(frozen=True, kw_only=True)
class ConfirmAnnualMeeting(Command):
    """Confirm the place and the days of the meeting; the same days can be confirmed again."""

    TOPIC = "annual_meeting.confirm"

    year: int
    """The year of the cycle."""
    starts_on: date
    """The first day."""
    ends_on: date
    """The last day."""
    place: str
    """The place; at most 300 bytes in UTF-8."""
    time_zone: str
    """The time zone of its place, by its IANA name."""

    @property
    def created_id(self) -> UUID:
        """The annual meeting's id: a year has one."""
        return annual_meeting_id(self.year)


@dataclass(frozen=True, kw_only=True)
class RescheduleAnnualMeeting(Command):
    """Move a confirmed meeting to other days, or to another place."""

    TOPIC = "annual_meeting.reschedule"

    year: int
    """The year of the cycle."""
    starts_on: date
    """The new first day."""
    ends_on: date
    """The new last day."""
    place: str | None = None
    """The new place; null if it stays. At most 300 bytes in UTF-8."""
    time_zone: str | None = None
    """The time zone of the new place, by its IANA name; null if it stays."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class CorrectAnnualMeeting(Command):
    """Correct the place or the time zone of a confirmed meeting, which was recorded wrongly."""

    TOPIC = "annual_meeting.correct"

    year: int
    """The year of the cycle."""
    place: str | None = None
    """The place; null if it was right. At most 300 bytes in UTF-8."""
    time_zone: str | None = None
    """The time zone of its place, by its IANA name; null if it was right."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class CancelAnnualMeeting(Command):
    """Cancel the annual meeting of a cycle."""

    TOPIC = "annual_meeting.cancel"

    year: int
    """The year of the cycle."""
    reason: str
    """The reason; at most 20,000 bytes in UTF-8."""
