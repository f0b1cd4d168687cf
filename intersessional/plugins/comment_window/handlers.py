"""Handlers of the commands that the background task sends."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window.commands import AdvanceWindow, DeriveWindows
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.refusals import NothingToAdvance, NothingToDerive
from intersessional.plugins.comment_window.window_updates import update_windows


async def derive_windows(command: DeriveWindows, context: CommandContext) -> UUID:
    """Update the windows of a cycle. Raises NothingToDerive if none changes."""
    act = await context.act_as(Role.OPERATOR)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if not await update_windows([admission.group for admission in cycle.admissions], context, act):
        raise NothingToDerive(year=command.year)
    return cycle.id


async def advance_window(command: AdvanceWindow, context: CommandContext) -> UUID:
    """Open or close a window by the server's clock. Raises NothingToAdvance if it is not time."""
    act = await context.act_as(Role.OPERATOR)
    window = await context.load(CommentWindow, command.window, command.expected_version)
    window.advance_if_due(act, context.now)
    return window.id


COMMAND_HANDLERS = (
    CommandHandler(DeriveWindows, derive_windows, (NothingToDerive,)),
    CommandHandler(AdvanceWindow, advance_window, (NothingToAdvance,)),
)
