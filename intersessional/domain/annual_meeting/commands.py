"""Commands about the annual meeting."""

from dataclasses import dataclass
from datetime import date

from intersessional.domain.annual_meeting.annual_meeting import VenueStatus
from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class RecordVenueOption(Command):
    """Note a place where the meeting might be held."""

    TOPIC = "annual_meeting.record_venue_option"

    year: int
    """The year of the cycle."""
    rank: int
    """Its place among the options, 1 for the one that is most wanted."""
    status: VenueStatus
    """How far it has come."""
    description: str
    """Where it is, and what it depends on."""


@dataclass(frozen=True, kw_only=True)
class SetTentativeDates(Command):
    """Tell roughly when and where the meeting is expected, and under which condition."""

    TOPIC = "annual_meeting.set_tentative_dates"

    year: int
    """The year of the cycle."""
    within: Occurred
    """The time in which the meeting is expected."""
    place: str
    """Where it is expected."""
    condition: str | None = None
    """What it depends on."""


@dataclass(frozen=True, kw_only=True)
class ConfirmAnnualMeeting(Command):
    """Tell where and on which days the meeting takes place."""

    TOPIC = "annual_meeting.confirm"

    year: int
    """The year of the cycle."""
    starts_on: date
    """Its first day."""
    ends_on: date
    """Its last day."""
    place: str
    """Where it takes place."""
    time_zone: str
    """The time zone of its place, by its IANA name."""


@dataclass(frozen=True, kw_only=True)
class RescheduleAnnualMeeting(Command):
    """Move a confirmed meeting to other days."""

    TOPIC = "annual_meeting.reschedule"

    year: int
    """The year of the cycle."""
    starts_on: date
    """Its new first day."""
    ends_on: date
    """Its new last day."""
    reason: str
    """Why it moves."""
