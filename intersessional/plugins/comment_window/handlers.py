"""Handlers of the commands about comment windows."""

from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import CommandHandler
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.plugins.comment_window.commands import (
    AdvanceWindow,
    DeriveWindows,
    RecordWindowClosing,
    RecordWindowOpening,
)
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.first_draft import advance
from intersessional.plugins.comment_window.refusals import (
    NothingToAdvance,
    NothingToDerive,
    WindowFollowsClock,
    WindowNotScheduled,
)
from intersessional.plugins.comment_window.window_history import add_closing, add_opening
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_updates import update_windows


async def derive_windows(command: DeriveWindows, context: CommandContext) -> UUID:
    """Update the windows of a cycle. Raises NothingToDerive if none changes."""
    act = await _act_of_system(context)
    cycle = await context.load(Cycle, cycle_id(command.year))
    if not await update_windows(cycle, context, act):
        raise NothingToDerive(year=command.year)
    return cycle.id


async def advance_window(command: AdvanceWindow, context: CommandContext) -> UUID:
    """Record what the server's clock brings about. Raises NothingToAdvance if it is not time."""
    act = await _act_of_system(context)
    window = await context.load(CommentWindow, command.window, command.expected_version)
    before = window.version
    await advance(window, act, context)
    if window.version == before:
        raise NothingToAdvance(
            window=window.id, opens_at=window.opens_at, closes_at=window.closes_at
        )
    return window.id


async def record_opening(command: RecordWindowOpening, context: CommandContext) -> UUID:
    """Record that a window of history opened."""
    act = await _act_from_source(context)
    window = await _window(command, context)
    add_opening(window, act)
    return window.id


async def record_closing(command: RecordWindowClosing, context: CommandContext) -> UUID:
    """Record that a window of history closed."""
    act = await _act_from_source(context)
    window = await _window(command, context)
    add_closing(window, act)
    return window.id


async def _act_of_system(context: CommandContext) -> Act:
    """The act of what the clock and the rule do, also when the operator asks for it."""
    await context.act_as(Role.SYSTEM)
    return context.consequence()


async def _act_from_source(context: CommandContext) -> Act:
    act = await context.act_as(Role.OPERATOR)
    if not act.provenance.historical:
        raise BadValue(field="provenance", problem="it names no source.")
    return act


async def _window(
    command: RecordWindowOpening | RecordWindowClosing, context: CommandContext
) -> CommentWindow:
    id = window_id(command.group, cycle_id(command.year))
    window = await context.find(CommentWindow, id, command.expected_version)
    if window is None:
        raise WindowNotScheduled(group=command.group)
    return window


_HISTORY_REFUSES = (WindowNotScheduled, WindowFollowsClock)

COMMAND_HANDLERS = (
    CommandHandler(DeriveWindows, derive_windows, (NothingToDerive,)),
    CommandHandler(AdvanceWindow, advance_window, (NothingToAdvance,)),
    CommandHandler(RecordWindowOpening, record_opening, _HISTORY_REFUSES),
    CommandHandler(RecordWindowClosing, record_closing, _HISTORY_REFUSES),
)
