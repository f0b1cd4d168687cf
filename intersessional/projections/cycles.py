"""The view of cycles."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group_kind import GroupKind
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, under


class AnnualMeetingStatus(Enum):
    """The status of the annual meeting (DOMAIN A3)."""

    PLANNED = "PLANNED"
    """Place and time are open."""
    TENTATIVE = "TENTATIVE"
    """Place and time are set tentatively."""
    CONFIRMED = "CONFIRMED"
    """Place and days are confirmed."""
    RESCHEDULED = "RESCHEDULED"
    """Moved to other days after it was confirmed."""


@dataclass(frozen=True)
class AnnualMeetingDocument:
    """The annual meeting, with place and days as far as they are set."""

    status: AnnualMeetingStatus = AnnualMeetingStatus.PLANNED
    place: Sealed | None = None
    condition: Sealed | None = None
    within: Occurred | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None


@dataclass(frozen=True)
class AssessmentDocument:
    """One assessment of the year's resources by the Secretariat."""

    id: UUID
    capacity: int
    note: Sealed | None


@dataclass(frozen=True)
class CycleDocument:
    """One IGF year."""

    year: int
    annual_meeting: AnnualMeetingDocument | None = None
    proposals_due_on: date | None = None
    bpfs: int = 0
    assessments: tuple[AssessmentDocument, ...] = ()


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    match recorded.event:
        case Cycle.Event():
            return (recorded.stream,)
        case (
            AnnualMeeting.Planned()
            | AnnualMeeting.VenueOptionRecorded()
            | AnnualMeeting.Tentative()
            | AnnualMeeting.Confirmed()
            | AnnualMeeting.Rescheduled() as event
        ):
            return (event.cycle_id,)
        case _:
            return ()


def _evolve(cycle: CycleDocument | None, recorded: RecordedEvent) -> CycleDocument | None:
    event = recorded.event
    if isinstance(event, Cycle.Opened):
        return CycleDocument(year=event.year)
    if cycle is None:
        return None
    match event:
        case Cycle.ProposalDeadlineSet():
            return replace(cycle, proposals_due_on=event.due_on)
        case Cycle.ResourcesAssessed():
            assessment = AssessmentDocument(event.assessment_id, event.capacity, event.note)
            return replace(cycle, assessments=(*cycle.assessments, assessment))
        case Cycle.GroupAdmitted(kind=GroupKind.BPF):
            return replace(cycle, bpfs=cycle.bpfs + 1)
        case _:
            meeting = _meeting(cycle.annual_meeting or AnnualMeetingDocument(), recorded)
            return cycle if meeting is None else replace(cycle, annual_meeting=meeting)


def _meeting(
    meeting: AnnualMeetingDocument, recorded: RecordedEvent
) -> AnnualMeetingDocument | None:
    match recorded.event:
        case AnnualMeeting.Planned() | AnnualMeeting.VenueOptionRecorded():
            return meeting
        case AnnualMeeting.Tentative() as event:
            return replace(
                meeting,
                status=AnnualMeetingStatus.TENTATIVE,
                place=event.place,
                condition=event.condition,
                within=event.within,
            )
        case AnnualMeeting.Confirmed() as event:
            return AnnualMeetingDocument(
                status=AnnualMeetingStatus.CONFIRMED,
                place=event.place,
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                time_zone=event.time_zone,
            )
        case AnnualMeeting.Rescheduled() as event:
            return replace(
                meeting,
                status=AnnualMeetingStatus.RESCHEDULED,
                starts_on=event.starts_on,
                ends_on=event.ends_on,
            )
        case _:
            return None


CYCLES = View(
    name="cycles",
    version=2,
    document=CycleDocument,
    keys=_keys,
    evolve=_evolve,
    lists=lambda _: under(None),
)
