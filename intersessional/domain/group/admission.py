"""Admission of a group to a cycle, within the cap on its kind (DOMAIN row 8)."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.kernel.act import Act
from intersessional.domain.policy.handlers import rules_over_time
from intersessional.domain.policy.rules_over_time import RulesOverTime


async def admit_group(
    context: CommandContext,
    act: Act,
    cycle: Cycle,
    group: Group,
    rules: GroupKindRules,
    *,
    decision_id: UUID | None = None,
    proposal_id: UUID | None = None,
) -> None:
    """Admit a group within the caps in force from when it happened. Raises CapExceeded."""
    cycle.admit(
        act,
        group_id=group.id,
        kind=group.kind,
        capped_by=rules.capped_by,
        caps=await caps_over_time(context, cycle, rules),
        decision_id=decision_id,
        proposal_id=proposal_id,
    )


async def caps_over_time(
    context: CommandContext, cycle: Cycle, rules: GroupKindRules
) -> RulesOverTime | None:
    """The caps on groups of a kind in a cycle, over time; None where no policy caps them."""
    if rules.capped_by is None:
        return None
    return await rules_over_time(context, rules.capped_by, cycle.year)
