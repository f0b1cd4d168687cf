"""Whether the drafts of a group have a comment window."""

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.group_kind.handlers import find_kind_rules


async def has_window(group: Group, context: CommandContext) -> bool:
    """Whether groups of this kind had a window when it was established (DOMAIN row 37)."""
    established = (
        context.occurred if group.established_by is None else group.established_by.occurred
    )
    rules = await find_kind_rules(context, group.kind, established)
    return rules is not None and rules.windowed
