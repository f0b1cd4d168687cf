"""How commands about groups are answered."""

from uuid import UUID

from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    ReleaseFacilitator,
    RenameGroup,
    ScheduleGroupMeeting,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound
from intersessional.domain.kernel.texts import name, validated_optional_text
from intersessional.domain.participant.participant import Participant


async def appoint_facilitator(command: AppointFacilitator, context: CommandContext) -> UUID:
    """Answer AppointFacilitator."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await at_work(context, command.group, command.expected_version)
    participant = await context.load(Participant, command.participant)
    if participant.id in group.facilitators:
        raise AlreadyRecorded(kind="facilitator", id=participant.id)
    group.record(
        Group.FacilitatorAppointed,
        act=act,
        participant_id=participant.id,
        mag_member=participant.holds(Role.MAG_MEMBER, act.occurred.begins),
    )
    return group.id


async def release_facilitator(command: ReleaseFacilitator, context: CommandContext) -> UUID:
    """Answer ReleaseFacilitator."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await at_work(context, command.group, command.expected_version)
    if command.participant not in group.facilitators:
        raise NotFound(kind="facilitator", id=str(command.participant))
    group.record(Group.FacilitatorReleased, act=act, participant_id=command.participant)
    return group.id


async def rename_group(command: RenameGroup, context: CommandContext) -> UUID:
    """Answer RenameGroup."""
    group, act = await steward(context, command.group, command.expected_version)
    group.record(
        Group.Renamed,
        act=act,
        name=name("name", command.name),
        reason=validated_optional_text("reason", command.reason),
    )
    return group.id


async def schedule_group_meeting(command: ScheduleGroupMeeting, context: CommandContext) -> UUID:
    """Answer ScheduleGroupMeeting: facilitators and the Secretariat schedule (DOMAIN row 26)."""
    group, act = await steward(context, command.group, command.expected_version)
    group.record(
        Group.MeetingScheduled,
        act=act,
        held=command.held,
        label=name("label", command.label),
    )
    return group.id


async def conclude_group(command: ConcludeGroup, context: CommandContext) -> UUID:
    """Answer ConcludeGroup."""
    group, act = await steward(context, command.group, command.expected_version)
    group.record(Group.Concluded, act=act, reason=validated_optional_text("reason", command.reason))
    return group.id


async def at_work(context: CommandContext, id: UUID, expected: int | None = None) -> Group:
    """A group that has not concluded. Raises NotFound, StaleVersion, GroupHasConcluded."""
    group = await context.load(Group, id, expected)
    if group.concluded:
        raise GroupHasConcluded(group=id)
    return group


async def steward(
    context: CommandContext, id: UUID, expected: int | None = None
) -> tuple[Group, Act]:
    """A group at work, and the act of one who may steward it (DOMAIN row 26)."""
    group = await at_work(context, id, expected)
    act = await context.act_as(Role.FACILITATOR, Role.SECRETARIAT, facilitators=group.facilitators)
    return group, act
