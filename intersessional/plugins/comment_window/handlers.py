"""How the plugin's own commands are answered: they come from its background task."""

from uuid import UUID

from intersessional.domain.act import Role
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.desk import Desk
from intersessional.domain.door import Answer
from intersessional.domain.ids import cycle_id
from intersessional.plugins.comment_window.commands import DeriveWindows, TurnWindow
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.derive import derive
from intersessional.plugins.comment_window.refused import NothingToDerive, NothingToTurn


async def derive_windows(command: DeriveWindows, desk: Desk) -> UUID:
    """Answer DeriveWindows: record only what is not in step."""
    act = await desk.act_as(Role.OPERATOR)
    cycle = await desk.load(Cycle, cycle_id(command.year))
    if not await derive([admission.group for admission in cycle.admissions], desk, act):
        raise NothingToDerive(year=command.year)
    return cycle.id


async def turn_window(command: TurnWindow, desk: Desk) -> UUID:
    """Answer TurnWindow: the server's clock says whether it is time."""
    act = await desk.act_as(Role.OPERATOR)
    window = await desk.load(CommentWindow, command.window, command.expected_version)
    turns_at = window.turns_at
    if turns_at is None or desk.now < turns_at:
        raise NothingToTurn(window=window.id, turns_at=turns_at)
    window.turn(desk.now, act)
    return window.id


ANSWERS = (
    Answer(DeriveWindows, derive_windows, (NothingToDerive,)),
    Answer(TurnWindow, turn_window, (NothingToTurn,)),
)
