"""Schedules and moves the comment windows of groups to match their basis."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.plugins.comment_window.comment_window import (
    CausingEvent,
    CommentWindow,
    window_id,
)
from intersessional.plugins.comment_window.window_basis import WindowBasis, load_basis


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
    basis = await load_basis(group, context)
    if basis is None:
        return False
    event = cause or basis.latest
    causing_event = CausingEvent(event.stream, event.version)
    act = _act_of_update(act, basis, belated=cause is None)
    window = await context.find(CommentWindow, window_id(id))
    before = 0 if window is None else window.version
    if window is None:
        window = CommentWindow.schedule(
            act, group=id, cycle=group.cycle_id, rule=basis.rule, cause=causing_event
        )
        context.add(window)
    else:
        # A window cannot turn out today to have been closed yesterday: a live change counts from
        # now, and not before the window last opened or closed. History counts when it happened.
        live = cause is not None and cause.provenance.ground is Ground.LIVE
        at = max(context.now, window.advanced_at or context.now) if live else act.occurred.begins
        window.adopt_rule(act, rule=basis.rule, cause=causing_event, at=at)
    window.advance(act, context.now)
    return window.version > before


def _act_of_update(act: Act, basis: WindowBasis, *, belated: bool) -> Act:
    """The act with the time and the provenance of the basis; a belated one is inferred."""
    provenance = basis.provenance
    if belated and provenance.ground is Ground.LIVE:
        provenance = replace(provenance, ground=Ground.INFERRED)
    return replace(act, occurred=basis.occurred, provenance=provenance)
