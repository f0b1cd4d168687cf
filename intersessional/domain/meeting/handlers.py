"""Handlers of the commands about meetings."""

from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.approval import check_approved
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import facilitators_then, stewarded_group
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    MoveMeeting,
    PublishSummary,
    RecordMeetingHeld,
    ScheduleGroupMeeting,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingState
from intersessional.domain.meeting.refusals import MeetingIsOver
from intersessional.domain.meeting.stated_subject import StatedSubject
from intersessional.domain.meeting.summary import add_summary, check_summary


async def schedule_meeting(command: ScheduleMeeting, context: CommandContext) -> UUID:
    """Call a meeting of the MAG; its ordinal is unique per cycle and kind (DOMAIN row 1)."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    id = Meeting.id_of(command.year, command.kind, command.ordinal)
    cycle = await context.load(Cycle, cycle_id(command.year))
    await context.check_absent(Meeting, id)
    meeting = Meeting.schedule(
        act,
        cycle=cycle,
        kind=command.kind,
        ordinal=command.ordinal,
        planned=command.held,
        time_zone=command.time_zone,
        duration_minutes=command.duration_minutes,
        label=command.label,
        note=command.note,
    )
    context.add(meeting)
    return meeting.id


async def schedule_group_meeting(command: ScheduleGroupMeeting, context: CommandContext) -> UUID:
    """Call a meeting of a group, as its facilitator or the Secretariat (DOMAIN row 26)."""
    group, act = await stewarded_group(context, command.group)
    meeting = Meeting.schedule_for(
        act,
        group,
        id=command.derived_id,
        kind=command.kind,
        ordinal=command.ordinal,
        planned=command.held,
        time_zone=command.time_zone,
        duration_minutes=command.duration_minutes,
        label=command.label,
        note=command.note,
    )
    context.add(meeting)
    check_approved(context, act, group, command.held, subject=meeting.id)
    return meeting.id


async def move_meeting(command: MoveMeeting, context: CommandContext) -> UUID:
    """Set a meeting to another time, as one of those who call it."""
    meeting, act = await called_meeting(context, command.meeting, command.expected_version)
    meeting.move(
        act,
        planned=command.held,
        time_zone=command.time_zone,
        duration_minutes=command.duration_minutes,
        reason=command.reason,
    )
    await _check_approved(context, act, meeting, command.held)
    return meeting.id


async def record_meeting_held(command: RecordMeetingHeld, context: CommandContext) -> UUID:
    """Record that a meeting took place; it did by its end, unless the command gives a time."""
    meeting, act = await called_meeting(context, command.meeting, command.expected_version)
    ended = command.ended or command.began
    if ended.ends > context.now:
        raise BadValue(field="ended" if command.ended else "began", problem="it is yet to come.")
    if command.occurred is None:
        act = replace(act, occurred=ended)
    meeting.hold(act, began=command.began, ended=command.ended)
    await _check_approved(context, act, meeting, command.began)
    return meeting.id


async def cancel_meeting(command: CancelMeeting, context: CommandContext) -> UUID:
    """Cancel a meeting, as one of those who call it."""
    meeting, act = await called_meeting(context, command.meeting, command.expected_version)
    meeting.cancel(act, reason=command.reason)
    return meeting.id


async def publish_summary(command: PublishSummary, context: CommandContext) -> UUID:
    """Publish or correct a summary, as the Secretariat, or as a facilitator of the group that met.

    Everything that the summary states must be in the record.
    """
    meeting, act = await _summarised_meeting(command, context)
    subjects = tuple(StatedSubject(stream=id) for id in command.states)
    stated = (*subjects, *command.stated)
    check_summary(command.summary, stated)
    for one in stated:
        subject = await context.load(Aggregate, one.stream)
        if one.version is not None and not 1 <= one.version <= subject.version:
            raise NotFound(kind="event", id=f"{subject.id}/{one.version}")
    add_summary(meeting, act, summary=command.summary, stated=stated, reason=command.reason)
    return meeting.id


async def _summarised_meeting(
    command: PublishSummary, context: CommandContext
) -> tuple[Meeting, Act]:
    """The meeting of a summary, and the act of its rapporteur (DOMAIN row 27).

    Raises NotFound, StaleVersion, MeetingIsOver, and what ``CommandContext.act_as`` raises.
    """
    meeting = await context.load(Meeting, command.meeting, command.expected_version)
    if meeting.group_id is None:
        act = await context.act_as(Role.SECRETARIAT)
    else:
        group = await context.load(Group, meeting.group_id)
        act = await context.act_as(
            Role.SECRETARIAT, Role.FACILITATOR, facilitators=facilitators_then(group, context)
        )
    if meeting.at(act.occurred).state is MeetingState.CANCELLED:
        raise MeetingIsOver(meeting=meeting.id, state=MeetingState.CANCELLED)
    return meeting, act


async def meeting_in_session(context: CommandContext, id: UUID, cycle_id: UUID) -> Meeting:
    """A meeting of the MAG at which the command's fact can have occurred.

    Raises NotFound, BadValue.
    """
    meeting = await context.load(Meeting, id)
    meeting.check_in_session(cycle_id, context.occurred)
    return meeting


async def called_meeting(
    context: CommandContext, id: UUID, expected: int | None = None
) -> tuple[Meeting, Act]:
    """A meeting, and the act of one of those who call it: of the MAG, or of its group.

    Raises what ``CommandContext.act_as`` raises, NotFound, StaleVersion and BegunHere.
    """
    meeting = await context.load(Meeting, id, expected)
    await context.check_right(meeting)
    if meeting.group_id is None:
        return meeting, await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await context.load(Group, meeting.group_id)
    act = await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, facilitators=facilitators_then(group, context)
    )
    return meeting, act


async def _check_approved(
    context: CommandContext, act: Act, meeting: Meeting, met: Occurred
) -> None:
    """Deviate if a group certainly met before it was established. Raises OverrideRequired."""
    if meeting.group_id is not None:
        group = await context.load(Group, meeting.group_id)
        check_approved(context, act, group, met, subject=meeting.id)
