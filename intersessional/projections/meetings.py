"""The view of meetings of the MAG and of groups."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind, MeetingState
from intersessional.domain.meeting.stated_subject import StatedSubject
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ANY_KIND, ListKey, View, stream_of, under


@dataclass(frozen=True)
class MeetingDocument:
    """A meeting of the MAG, or of a group."""

    body: MeetingBody
    cycle_id: UUID | None
    group_id: UUID | None
    kind: MeetingKind | None
    ordinal: int | None
    planned: Occurred
    label: Sealed
    year: int | None = None
    duration_minutes: int | None = None
    time_zone: str | None = None
    note: Sealed | None = None
    state: MeetingState = MeetingState.PLANNED
    began: Occurred | None = None
    ended: Occurred | None = None
    reason: Sealed | None = None
    """Why it was moved or cancelled."""
    summary: Sealed | None = None
    stated: tuple[StatedSubject, ...] = ()
    corrected: bool = False

    @property
    def hours(self) -> tuple[datetime, datetime] | None:
        """The instants at which it began and ended, or is to; None where no source tells the first.

        The end is the beginning where nothing tells how long it took.
        """
        begins = next((at for at in (self.began, self.planned) if at and _is_instant(at)), None)
        if begins is None:
            return None
        if self.ended is not None and _is_instant(self.ended):
            return begins.begins, max(begins.begins, self.ended.begins)
        return begins.begins, begins.begins + timedelta(minutes=self.duration_minutes or 0)


def _is_instant(at: Occurred) -> bool:
    return at.precision is Precision.INSTANT


def _evolve(meeting: MeetingDocument | None, recorded: RecordedEvent) -> MeetingDocument | None:
    event = recorded.event
    if isinstance(event, Meeting.Scheduled):
        return MeetingDocument(
            body=event.body,
            cycle_id=event.cycle_id,
            group_id=event.group_id,
            kind=event.kind,
            ordinal=event.ordinal,
            planned=event.planned,
            year=event.year,
            duration_minutes=event.duration_minutes,
            time_zone=event.time_zone,
            label=event.label,
            note=event.note,
        )
    if meeting is None:
        return None
    match event:
        case Meeting.Moved() if not meeting.state.is_final:
            return replace(
                meeting,
                state=meeting.state.after_move(meeting.planned, event.planned),
                planned=event.planned,
                time_zone=event.time_zone or meeting.time_zone,
                duration_minutes=event.duration_minutes or meeting.duration_minutes,
                reason=event.reason or meeting.reason,
            )
        case Meeting.Held():
            return replace(meeting, state=MeetingState.HELD, began=event.began, ended=event.ended)
        case Meeting.Cancelled():
            return replace(meeting, state=MeetingState.CANCELLED, reason=event.reason)
        case Meeting.SummaryPublished():
            return replace(meeting, summary=event.summary, stated=event.stated)
        case Meeting.SummaryCorrected():
            return replace(meeting, summary=event.summary, stated=event.stated, corrected=True)
        case _:
            return meeting


def in_calendar(year: int | None) -> ListKey:
    """The list of the meetings of the MAG and of groups, of one cycle or all."""
    return ListKey(None, ANY_KIND if year is None else str(year))


def _lists(meeting: MeetingDocument) -> Collection[ListKey]:
    kinds = () if meeting.kind is None else (meeting.kind.value,)
    years = (None,) if meeting.year is None else (None, meeting.year)
    listed = under(meeting.group_id or meeting.cycle_id, *kinds)
    return (*dict.fromkeys((*listed, *map(in_calendar, years))),)


MEETINGS = View(
    name="meetings",
    version=4,
    document=MeetingDocument,
    keys=stream_of(Meeting),
    evolve=_evolve,
    lists=_lists,
)
