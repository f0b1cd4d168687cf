"""Handlers of the commands about calls."""

from uuid import UUID

from intersessional.domain.call.call import Call
from intersessional.domain.call.commands import CloseCall, LaunchCall, MoveCall
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.group.stewardship import active_group, facilitators_then
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id


async def launch_call(command: LaunchCall, context: CommandContext) -> UUID:
    """Launch a call of the MAG, or one for a group that has not concluded."""
    group = None if command.group is None else await active_group(context, command.group)
    act = await _calling_act(context, group)
    call = Call.launch(
        act,
        id=command.derived_id,
        cycle=await context.load(Cycle, cycle_id(command.year)),
        of=command.of,
        title=command.title,
        text=command.text,
        group_id=command.group,
        opens=command.opens,
        closes=command.closes,
        time_zone=command.time_zone,
    )
    context.add(call)
    return call.id


async def move_call(command: MoveCall, context: CommandContext) -> UUID:
    """Extend or move a call, as one of those who launch it."""
    call, act = await _launched_call(context, command.call, command.expected_version)
    call.move(
        act,
        opens=command.opens,
        closes=command.closes,
        time_zone=command.time_zone,
        reason=command.reason,
    )
    return call.id


async def close_call(command: CloseCall, context: CommandContext) -> UUID:
    """Close a call, as one of those who launch it."""
    call, act = await _launched_call(context, command.call, command.expected_version)
    call.close(act, reason=command.reason)
    return call.id


async def _launched_call(
    context: CommandContext, id: UUID, expected: int | None
) -> tuple[Call, Act]:
    call = await context.load(Call, id, expected)
    group = None if call.group_id is None else await context.load(Group, call.group_id)
    return call, await _calling_act(context, group)


async def _calling_act(context: CommandContext, group: Group | None) -> Act:
    """The act of one of those who call: for the MAG, or for a group.

    Raises what ``CommandContext.act_as`` raises.
    """
    if group is None:
        return await context.act_as(Role.SECRETARIAT, Role.MAG_CHAIR)
    await context.check_right(group)
    facilitators = facilitators_then(group, context)
    return await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, Role.MAG_CHAIR, facilitators=facilitators
    )
