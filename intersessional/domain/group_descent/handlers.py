"""Handler of the command that records the descent of a group."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.group_descent.commands import RecordGroupDescent
from intersessional.domain.group_descent.group_descent import GroupDescent
from intersessional.domain.kernel.act import Role


async def record_group_descent(command: RecordGroupDescent, context: CommandContext) -> UUID:
    """Record once that a group comes from an earlier one, as the Secretariat."""
    act = await context.act_as(Role.SECRETARIAT)
    group = await context.load(Group, command.group)
    earlier = await context.load(Group, command.earlier)
    await context.check_absent(GroupDescent, command.created_id)
    context.add(GroupDescent.note(act, group, earlier, kind=command.kind, note=command.note))
    return group.id
