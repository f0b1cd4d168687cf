"""The view of annual meetings."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.annual_meeting_status import (
    AnnualMeetingStatus,
    VenueStatus,
)
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class VenueOptionDocument:
    """A place where the meeting might be held."""

    id: UUID
    rank: int
    status: VenueStatus
    description: Sealed
    reason: Sealed | None = None
    """Why its status or rank changed last."""


@dataclass(frozen=True)
class AnnualMeetingDocument:
    """The annual meeting of a cycle, with place and days as far as they are set."""

    cycle_id: UUID
    status: AnnualMeetingStatus = AnnualMeetingStatus.PLANNED
    place: Sealed | None = None
    condition: Sealed | None = None
    within: Occurred | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    reason: Sealed | None = None
    """Why it was moved, corrected or cancelled last."""
    options: tuple[VenueOptionDocument, ...] = ()


_EVENTS = (
    AnnualMeeting.Named,
    AnnualMeeting.VenueOptionRecorded,
    AnnualMeeting.VenueOptionChanged,
    AnnualMeeting.Tentative,
    AnnualMeeting.Confirmed,
    AnnualMeeting.Rescheduled,
    AnnualMeeting.Corrected,
    AnnualMeeting.Cancelled,
)


def _evolve(
    meeting: AnnualMeetingDocument | None, recorded: RecordedEvent
) -> AnnualMeetingDocument | None:
    """Any event begins the document: the one that is told first may take effect last."""
    event = recorded.event
    if not isinstance(event, _EVENTS):
        return meeting
    meeting = meeting or AnnualMeetingDocument(cycle_id=event.cycle_id)
    match event:
        case AnnualMeeting.VenueOptionRecorded() | AnnualMeeting.VenueOptionChanged():
            return replace(meeting, options=_options(meeting.options, event))
        case AnnualMeeting.Tentative() if not meeting.status.has_days:
            return replace(
                meeting,
                status=AnnualMeetingStatus.TENTATIVE,
                place=event.place,
                condition=event.condition,
                within=event.within,
                starts_on=None,
                ends_on=None,
                time_zone=None,
            )
        case AnnualMeeting.Confirmed():
            return AnnualMeetingDocument(
                cycle_id=meeting.cycle_id,
                status=AnnualMeetingStatus.CONFIRMED,
                place=event.place,
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                time_zone=event.time_zone,
                options=meeting.options,
            )
        case _:
            return _changed(meeting, recorded)


def _changed(meeting: AnnualMeetingDocument, recorded: RecordedEvent) -> AnnualMeetingDocument:
    match recorded.event:
        case AnnualMeeting.Rescheduled() as event:
            return replace(
                meeting,
                status=AnnualMeetingStatus.RESCHEDULED,
                starts_on=event.starts_on,
                ends_on=event.ends_on,
                place=event.place or meeting.place,
                time_zone=event.time_zone or meeting.time_zone,
                reason=event.reason,
            )
        case AnnualMeeting.Corrected() as event:
            return replace(
                meeting,
                place=event.place or meeting.place,
                time_zone=event.time_zone or meeting.time_zone,
                reason=event.reason,
            )
        case AnnualMeeting.Cancelled() as event:
            return replace(meeting, status=AnnualMeetingStatus.CANCELLED, reason=event.reason)
        case _:
            return meeting


def _options(
    options: tuple[VenueOptionDocument, ...],
    event: AnnualMeeting.VenueOptionRecorded | AnnualMeeting.VenueOptionChanged,
) -> tuple[VenueOptionDocument, ...]:
    if isinstance(event, AnnualMeeting.VenueOptionRecorded):
        option = VenueOptionDocument(event.option_id, event.rank, event.status, event.description)
        return (*options, option)
    return tuple(
        replace(
            option,
            rank=event.rank or option.rank,
            status=event.status or option.status,
            reason=event.reason,
        )
        if option.id == event.option_id
        else option
        for option in options
    )


ANNUAL_MEETINGS = View(
    name="annual_meetings",
    version=2,
    document=AnnualMeetingDocument,
    keys=stream_of(AnnualMeeting),
    evolve=_evolve,
    lists=lambda meeting: under(meeting.cycle_id),
)
