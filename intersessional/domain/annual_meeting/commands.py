"""What can be asked of the record about the annual meeting."""

from dataclasses import dataclass
from datetime import date

from intersessional.domain.annual_meeting.annual_meeting import VenueStatus
from intersessional.domain.command import Command
from intersessional.domain.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class RecordVenueOption(Command):
    """Note a place where the meeting might be held."""

    year: int
    rank: int
    status: VenueStatus
    description: str


@dataclass(frozen=True, kw_only=True)
class SetTentativeDates(Command):
    """Tell roughly when and where the meeting is expected, and under which condition."""

    year: int
    within: Occurred
    place: str
    condition: str | None = None


@dataclass(frozen=True, kw_only=True)
class ConfirmAnnualMeeting(Command):
    """Tell where and on which days the meeting takes place."""

    year: int
    starts_on: date
    ends_on: date
    place: str
    time_zone: str


@dataclass(frozen=True, kw_only=True)
class RescheduleAnnualMeeting(Command):
    """Move a confirmed meeting to other days."""

    year: int
    starts_on: date
    ends_on: date
    reason: str
