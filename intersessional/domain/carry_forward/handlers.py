"""Handler of the command that declares whether work is carried forward."""

from uuid import UUID

from intersessional.domain.carry_forward.carry_forward import CarryForward
from intersessional.domain.carry_forward.commands import DeclareCarryForward
from intersessional.domain.carry_forward.final_segment import FinalSegment
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.stewardship import stewarded_group
from intersessional.domain.kernel.ids import carry_forward_id, cycle_id
from intersessional.domain.kernel.refusals import BadValue


async def declare_carry_forward(command: DeclareCarryForward, context: CommandContext) -> UUID:
    """Declare it, as a facilitator of the group, or the Secretariat for it."""
    group, act = await stewarded_group(context, command.group)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if command.draft is not None:
        draft = await context.load(Draft, command.draft)
        if draft.group_id != group.id:
            raise BadValue(field="draft", problem="it is an output of another group.")
    id = carry_forward_id(group.id, cycle.year)
    found = await context.find(CarryForward, id, command.expected_version)
    segment = FinalSegment.validated(
        wish=command.wish,
        areas=command.areas,
        consultation=command.consultation,
        draft_id=command.draft,
    )
    if found is None:
        context.add(CarryForward.declare(act, group, cycle, segment))
    else:
        found.replace(act, segment)
    return id
