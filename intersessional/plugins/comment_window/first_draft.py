"""When a group published its first draft."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.kernel.occurred import Occurred

_ALWAYS = Occurred.parse("0001")


async def first_draft(group: UUID, context: CommandContext) -> Occurred | None:
    """When the group published its first draft."""
    return _ALWAYS
