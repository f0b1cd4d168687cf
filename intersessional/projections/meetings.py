"""The view of meetings of the MAG and of groups."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind, MeetingState
from intersessional.domain.meeting.stated_subject import StatedSubject
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


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


MEETINGS = View(
    name="meetings",
    version=3,
    document=MeetingDocument,
    keys=stream_of(Meeting),
    evolve=_evolve,
    lists=lambda meeting: under(
        meeting.group_id or meeting.cycle_id, *([meeting.kind.value] if meeting.kind else [])
    ),
)
