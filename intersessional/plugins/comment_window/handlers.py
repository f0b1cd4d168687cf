"""How the plugin's own commands are answered: they come from its background task."""

from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.command_bus import CommandHandler
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window.commands import DeriveWindows, TurnWindow
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.derive import derive
from intersessional.plugins.comment_window.refusals import NothingToDerive, NothingToTurn


async def derive_windows(command: DeriveWindows, context: CommandContext) -> UUID:
    """Answer DeriveWindows: record only what is not in step."""
    act = await context.act_as(Role.OPERATOR)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if not await derive([admission.group for admission in cycle.admissions], context, act):
        raise NothingToDerive(year=command.year)
    return cycle.id


async def turn_window(command: TurnWindow, context: CommandContext) -> UUID:
    """Answer TurnWindow: the server's clock says whether it is time."""
    act = await context.act_as(Role.OPERATOR)
    window = await context.load(CommentWindow, command.window, command.expected_version)
    turns_at = window.turns_at
    if turns_at is None or context.now < turns_at:
        raise NothingToTurn(window=window.id, turns_at=turns_at)
    window.turn(context.now, act)
    return window.id


ANSWERS = (
    CommandHandler(DeriveWindows, derive_windows, (NothingToDerive,)),
    CommandHandler(TurnWindow, turn_window, (NothingToTurn,)),
)
