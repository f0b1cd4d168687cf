"""Handlers of the commands about groups."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.participant.participant import Participant


async def appoint_facilitator(command: AppointFacilitator, context: CommandContext) -> UUID:
    """Appoint a participant who does not facilitate the group yet."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await active_group(context, command.group, command.expected_version)
    group.appoint(act, await context.load(Participant, command.participant))
    return group.id


async def release_facilitator(command: ReleaseFacilitator, context: CommandContext) -> UUID:
    """Release a participant who facilitates the group."""
    act = await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    group = await context.load(Group, command.group, command.expected_version)
    group.release(act, command.participant)
    return group.id


async def rename_group(command: RenameGroup, context: CommandContext) -> UUID:
    """Rename the group, as a facilitator or the Secretariat."""
    group, act = await stewarded_group(context, command.group, command.expected_version)
    group.rename(act, name=command.name, reason=command.reason)
    return group.id


async def conclude_group(command: ConcludeGroup, context: CommandContext) -> UUID:
    """End the group's work, as a facilitator or the Secretariat."""
    group, act = await stewarded_group(context, command.group, command.expected_version)
    group.conclude(act, reason=command.reason)
    return group.id


async def active_group(context: CommandContext, id: UUID, expected: int | None = None) -> Group:
    """A group that has not concluded. Raises NotFound, StaleVersion, GroupHasConcluded."""
    group = await context.load(Group, id, expected)
    group.check_active()
    return group


async def stewarded_group(
    context: CommandContext, id: UUID, expected: int | None = None
) -> tuple[Group, Act]:
    """An active group, and the act of a facilitator of it or of the Secretariat (DOMAIN row 26).

    Raises what ``active_group`` and ``CommandContext.act_as`` raise.
    """
    group = await active_group(context, id, expected)
    act = await context.act_as(Role.FACILITATOR, Role.SECRETARIAT, facilitators=group.facilitators)
    return group, act
