"""Whether a final output says what is carried forward (DOMAIN row 29)."""

from uuid import UUID

from intersessional.domain.carry_forward.carry_forward import CarryForward
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import carry_forward_id, cycle_id
from intersessional.domain.rule.core_rules import CARRY_FORWARD_GIVEN


async def check_carry_forward(
    context: CommandContext, act: Act, group_id: UUID, year: int, *, draft_id: UUID
) -> None:
    """Deviate if the group had not declared whether its work of a year is carried forward.

    To be called where a final output is published. Raises OverrideRequired.
    """
    found = await context.find(CarryForward, carry_forward_id(group_id, year))
    if found is not None and found.act.occurred.effect <= act.occurred.effect:
        return
    context.deviate(
        CARRY_FORWARD_GIVEN,
        act,
        subject=draft_id,
        cycle_id=cycle_id(year),
        group_id=group_id,
        facts={"year": year},
    )
