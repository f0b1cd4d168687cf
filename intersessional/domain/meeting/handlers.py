"""Handlers of the commands about a MAG meeting."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting import Meeting


async def schedule_meeting(command: ScheduleMeeting, context: CommandContext) -> UUID:
    """Call a meeting; its ordinal is unique per cycle and kind (DOMAIN row 1)."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    id = Meeting.id_of(command.year, command.kind, command.ordinal)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await context.check_absent(Meeting, id)
    meeting = Meeting.schedule(
        act,
        cycle=cycle,
        kind=command.kind,
        ordinal=command.ordinal,
        held=command.held,
        label=command.label,
        note=command.note,
    )
    context.add(meeting)
    return meeting.id


async def publish_summary(command: PublishSummary, context: CommandContext) -> UUID:
    """Publish or correct a summary, as the Secretariat.

    Everything that the summary states must be in the record.
    """
    act = await context.act_as(Role.SECRETARIAT)
    meeting = await context.load(Meeting, command.meeting, command.expected_version)
    Meeting.check_summary(command.summary, command.states)
    for id in command.states:
        await context.load(Aggregate, id)
    meeting.publish_summary(
        act, summary=command.summary, states=command.states, reason=command.reason
    )
    return meeting.id


async def meeting_in_session(context: CommandContext, id: UUID, cycle_id: UUID) -> Meeting:
    """A meeting of the cycle that has begun by the command's time. Raises NotFound, BadValue."""
    meeting = await context.load(Meeting, id)
    meeting.check_in_session(cycle_id, context.occurred)
    return meeting
