"""How commands about a MAG meeting are answered."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.desk import Desk
from intersessional.domain.ids import cycle_id
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.refused import AlreadyRecorded, BadValue
from intersessional.domain.texts import NAME_MAX, optional_text, text


async def schedule_meeting(command: ScheduleMeeting, desk: Desk) -> UUID:
    """Answer ScheduleMeeting: the ordinal is unique per cycle and kind (DOMAIN row 1)."""
    act = await desk.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    if command.ordinal < 1:
        raise BadValue(field="ordinal", problem="meetings count from 1.")
    cycle = await desk.load(Cycle, cycle_id(command.year))
    id = command.begins
    if await desk.find(Meeting, id) is not None:
        raise AlreadyRecorded(kind="meeting", id=id)
    desk.add(
        Meeting.begin(
            Meeting.Scheduled,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=command.year,
            kind=command.kind,
            ordinal=command.ordinal,
            held=command.held,
            label=text("label", command.label, NAME_MAX),
            note=optional_text("note", command.note),
        )
    )
    return id


async def publish_summary(command: PublishSummary, desk: Desk) -> UUID:
    """Answer PublishSummary: the Secretariat is the rapporteur; a second one is a correction."""
    act = await desk.act_as(Role.SECRETARIAT)
    meeting = await desk.load(Meeting, command.meeting, command.expected_version)
    summary = text("summary", command.summary, 60_000)
    if not meeting.summarised:
        meeting.record(Meeting.SummaryPublished, act=act, summary=summary, states=command.states)
    elif command.reason is None:
        raise BadValue(field="reason", problem="a published summary is corrected with a reason.")
    else:
        meeting.record(
            Meeting.SummaryCorrected,
            act=act,
            summary=summary,
            states=command.states,
            reason=text("reason", command.reason),
        )
    return meeting.id
