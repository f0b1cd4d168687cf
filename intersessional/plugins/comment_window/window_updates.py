"""Schedules and moves the comment windows of groups to match their basis."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.comment_window import (
    CausingEvent,
    CommentWindow,
    window_id,
)
from intersessional.plugins.comment_window.first_draft import advance
from intersessional.plugins.comment_window.window_basis import WindowBasis, load_basis
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.comment_window.windowed_group import has_window


async def update_windows(
    groups: Iterable[UUID], context: CommandContext, act: Act, cause: EventRef | None = None
) -> bool:
    """Update the windows of these groups; True if any changed.

    Without a cause the update is belated, and its cause is the latest event of the basis.
    """
    changed = [await _update_window(group, context, act, cause) for group in groups]
    return any(changed)


async def _update_window(
    id: UUID, context: CommandContext, act: Act, cause: EventRef | None
) -> bool:
    group = await context.load(Group, id)
    windowed = await has_window(group, context)
    basis = await load_basis(group, context) if windowed else None
    if basis is None:
        return False
    event = cause or basis.latest
    causing_event = CausingEvent(event.stream, event.version)
    window = await context.find(CommentWindow, window_id(id))
    before = 0 if window is None else window.version
    # An illustration is told as of the past: its drafts come after the events before them.
    advances = cause is None or cause.provenance.ground is not Ground.ILLUSTRATION
    if window is not None and advances:
        await advance(window, act, context)
    act_of_update = _act_of_update(act, basis, context, window, belated=cause is None)
    if window is None:
        window = CommentWindow.schedule(
            act_of_update, group=id, cycle=group.cycle_id, rule=basis.rule, cause=causing_event
        )
        context.add(window)
    else:
        window.adopt_rule(act_of_update, rule=basis.rule, cause=causing_event)
    if advances:
        await advance(window, act, context, just_known=True)
    return window.version > before


def _act_of_update(
    act: Act,
    basis: WindowBasis,
    context: CommandContext,
    window: CommentWindow | None,
    *,
    belated: bool,
) -> Act:
    """The act with the time and the provenance of the basis; a belated one is inferred.

    What the clock has begun changes now, and not in the past.
    """
    provenance, occurred = basis.provenance, basis.occurred
    if belated and provenance.ground is Ground.LIVE:
        provenance = replace(provenance, ground=Ground.INFERRED)
    if window is not None and window.state is not WindowState.SCHEDULED and not window.from_sources:
        occurred = all_occurred(occurred, Occurred.instant(context.now))
    return replace(act, occurred=occurred, provenance=provenance)
