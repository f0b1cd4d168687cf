"""Handler of the command that defines a kind of group, and what others look up."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.decision.mandate import check_mandate
from intersessional.domain.group_kind.commands import DefineGroupKind
from intersessional.domain.group_kind.group_kind import GroupKind
from intersessional.domain.group_kind.group_kind_rules import BUILT_IN_KINDS, GroupKindRules
from intersessional.domain.group_kind.refusals import UnknownGroupKind
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import group_kind_id
from intersessional.domain.kernel.occurred import Occurred


async def define_group_kind(command: DefineGroupKind, context: CommandContext) -> UUID:
    """Define a new kind, or change the rules of one."""
    act = await context.act_as(Role.SECRETARIAT)
    rules = GroupKindRules(
        proposed=command.proposed, capped_by=command.capped_by, windowed=command.windowed
    )
    kind = await context.find(GroupKind, group_kind_id(command.key), command.expected_version)
    if kind is not None or command.key in BUILT_IN_KINDS or command.decision is not None:
        await check_mandate(context, act, command.decision)
    if kind is None:
        kind = GroupKind.register(act, command.key)
        context.add(kind)
    kind.define(act, name=command.name, rules=rules, decision_id=command.decision)
    return kind.id


async def find_kind_rules(
    context: CommandContext, key: str, occurred: Occurred
) -> GroupKindRules | None:
    """What applies to groups of a kind for something that occurred then; None if unknown then."""
    kind = await context.find(GroupKind, group_kind_id(key))
    recorded = None if kind is None else kind.rules_at(occurred)
    built_in = BUILT_IN_KINDS.get(key)
    return recorded or (None if built_in is None else built_in.rules)


async def load_kind_rules(context: CommandContext, key: str, occurred: Occurred) -> GroupKindRules:
    """What applies to groups of a kind for something that occurred then.

    Raises UnknownGroupKind.
    """
    rules = await find_kind_rules(context, key, occurred)
    if rules is None:
        raise UnknownGroupKind(key=key)
    return rules
