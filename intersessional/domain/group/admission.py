"""Admission of a group to a cycle, within the cap on its kind (DOMAIN row 8)."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.group_kind_rules import GroupKindRules
from intersessional.domain.kernel.act import Act
from intersessional.domain.policy.handlers import policy_in_force


async def admit_group(
    context: CommandContext, act: Act, cycle: Cycle, group: Group, rules: GroupKindRules
) -> None:
    """Admit a group within the cap in force when it happened. Raises CapExceeded."""
    cap = await cap_in_force(context, act, cycle, rules)
    cycle.admit(act, group_id=group.id, kind=group.kind, capped_by=rules.capped_by, cap=cap)


async def cap_in_force(
    context: CommandContext, act: Act, cycle: Cycle, rules: GroupKindRules
) -> int | None:
    """The cap on groups of a kind in a cycle at the time of an act, if there is one."""
    if rules.capped_by is None:
        return None
    rule = await policy_in_force(context, rules.capped_by, cycle.year, act.occurred)
    return None if rule is None else rule.value.number
