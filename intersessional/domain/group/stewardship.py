"""Who acts for a group: its facilitators, and the Secretariat (DOMAIN row 26)."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Role


async def active_group(context: CommandContext, id: UUID, expected: int | None = None) -> Group:
    """A group that had not concluded when the command's fact occurred.

    Raises NotFound, StaleVersion, GroupHasConcluded.
    """
    group = await context.load(Group, id, expected)
    group.check_active(context.occurred)
    return group


async def stewarded_group(
    context: CommandContext, id: UUID, expected: int | None = None
) -> tuple[Group, Act]:
    """An active group, and the act of a facilitator of it or of the Secretariat (DOMAIN row 26).

    Raises BegunHere, and what ``active_group`` and ``CommandContext.act_as`` raise.
    """
    group = await active_group(context, id, expected)
    act = await context.act_as(
        Role.FACILITATOR, Role.SECRETARIAT, facilitators=facilitators_then(group, context)
    )
    await context.check_right(group)
    return group, act


def facilitators_then(group: Group, context: CommandContext) -> tuple[UUID, ...]:
    """Who facilitates the group now; for an import, who did then."""
    return (
        group.at(context.occurred).facilitators if context.caller.operator else group.facilitators
    )
