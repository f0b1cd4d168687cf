"""The view of meetings of the MAG."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting, MeetingKind
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class MeetingDocument:
    """A meeting of the MAG."""

    cycle_id: UUID
    kind: MeetingKind
    ordinal: int
    held: Occurred
    label: Sealed
    note: Sealed | None = None
    summary: Sealed | None = None
    states: tuple[UUID, ...] = ()
    corrected: bool = False


def _evolve(meeting: MeetingDocument | None, recorded: RecordedEvent) -> MeetingDocument | None:
    event = recorded.event
    if isinstance(event, Meeting.Scheduled):
        return MeetingDocument(
            cycle_id=event.cycle_id,
            kind=event.kind,
            ordinal=event.ordinal,
            held=event.held,
            label=event.label,
            note=event.note,
        )
    if meeting is None:
        return None
    match event:
        case Meeting.SummaryPublished():
            return replace(meeting, summary=event.summary, states=event.states)
        case Meeting.SummaryCorrected():
            return replace(meeting, summary=event.summary, states=event.states, corrected=True)
        case _:
            return meeting


MEETINGS = View(
    name="meetings",
    version=1,
    document=MeetingDocument,
    keys=stream_of(Meeting),
    evolve=_evolve,
    lists=lambda meeting: under(meeting.cycle_id, meeting.kind.value),
)
