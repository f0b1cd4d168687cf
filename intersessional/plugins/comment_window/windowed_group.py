"""Whether the drafts of a group have a comment window."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.handlers import find_kind_rules


async def has_window(group: Group, cycle: UUID, context: CommandContext) -> bool:
    """Whether groups of this kind had a window when it joined the cycle (DOMAIN row 37)."""
    joined = group.joined(cycle)
    if joined is None:
        return False
    rules = await find_kind_rules(context, group.kind, joined.occurred)
    return rules is not None and rules.windowed
