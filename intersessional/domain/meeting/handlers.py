"""How commands about a MAG meeting are answered."""

from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.numbers import bounded_int
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.domain.kernel.texts import name, text, validated_optional_text
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting import Meeting

_ORDINAL_MAX = 1_000
_SUMMARY_MAX = 60_000
_STATES_MAX = 200


async def schedule_meeting(command: ScheduleMeeting, context: CommandContext) -> UUID:
    """Answer ScheduleMeeting: the ordinal is unique per cycle and kind (DOMAIN row 1)."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    bounded_int("ordinal", command.ordinal, 1, _ORDINAL_MAX)
    cycle = await context.load(Cycle, cycle_id(command.year))
    id = command.begins
    if await context.find(Meeting, id) is not None:
        raise AlreadyRecorded(kind="meeting", id=id)
    context.add(
        Meeting.begin(
            Meeting.Scheduled,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=command.year,
            kind=command.kind,
            ordinal=command.ordinal,
            held=command.held,
            label=name("label", command.label),
            note=validated_optional_text("note", command.note),
        )
    )
    return id


async def at_meeting(context: CommandContext, id: UUID, cycle_id: UUID) -> Meeting:
    """A meeting of the cycle that has begun by the time told of. Raises NotFound, BadValue."""
    meeting = await context.load(Meeting, id)
    if meeting.cycle_id != cycle_id:
        raise BadValue(field="meeting", problem="it belongs to another cycle.")
    if not meeting.begun_by(context.occurred):
        raise BadValue(field="meeting", problem="it has not begun by then.")
    return meeting


async def publish_summary(command: PublishSummary, context: CommandContext) -> UUID:
    """Answer PublishSummary: the Secretariat is the rapporteur; a second one is a correction."""
    act = await context.act_as(Role.SECRETARIAT)
    meeting = await context.load(Meeting, command.meeting, command.expected_version)
    summary = text("summary", command.summary, _SUMMARY_MAX)
    if len(command.states) > _STATES_MAX:
        raise BadValue(field="states", problem=f"at most {_STATES_MAX}.")
    for id in command.states:
        await context.load(Aggregate, id)
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
