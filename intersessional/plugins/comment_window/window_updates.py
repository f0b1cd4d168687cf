"""Schedules and moves the comment windows of groups to match their basis."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from uuid import UUID

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.first_draft import advance
from intersessional.plugins.comment_window.window_basis import WindowBasis, load_bases
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.windowed_group import has_window


async def update_windows(
    cycle: Cycle,
    context: CommandContext,
    act: Act,
    cause: EventRef | None = None,
    groups: Iterable[UUID] | None = None,
) -> bool:
    """Update the windows of these groups in a cycle, by default of all; True if any changed.

    Without a cause the update is belated, and its cause is the latest event of the basis.
    """
    if groups is None:
        groups = [admission.group for admission in cycle.admissions]
    changed = [await _update_window(group, cycle, context, act, cause) for group in groups]
    return any(changed)


async def _update_window(
    id: UUID, cycle: Cycle, context: CommandContext, act: Act, cause: EventRef | None
) -> bool:
    group = await context.load(Group, id)
    windowed = await has_window(group, cycle.id, context)
    bases = await load_bases(group, cycle, context) if windowed else ()
    window = await context.find(CommentWindow, window_id(id, cycle.id))
    before = 0 if window is None else window.version
    # An illustration is told as of the past: its drafts come after the events before them.
    advances = cause is None or cause.provenance.ground is not Ground.ILLUSTRATION
    if window is None:
        window = _scheduled(group, cycle, bases, context, act, cause)
    elif advances:
        await advance(window, act, context)
    if window is None or not bases:
        return False
    for basis in bases if not window.begun else bases[-1:]:
        event = cause or basis.latest
        act_of_update = _act_of_update(act, basis, context, window, belated=cause is None)
        causing_event = CausingEvent.to(event)
        if basis.rule is None:
            window.cancel(act_of_update, cause=causing_event)
        elif basis is bases[-1]:
            window.adopt_rule(act_of_update, rule=basis.rule, cause=causing_event)
        else:
            window.adopt_past_rule(act_of_update, rule=basis.rule, cause=causing_event)
    if advances:
        await advance(window, act, context, just_known=True)
    return window.version > before


def _scheduled(
    group: Group,
    cycle: Cycle,
    bases: Sequence[WindowBasis],
    context: CommandContext,
    act: Act,
    cause: EventRef | None,
) -> CommentWindow | None:
    """A new window by the first rule that there was; None if there was none."""
    basis = next((basis for basis in bases if basis.rule is not None), None)
    if basis is None or basis.rule is None:
        return None
    event = cause or basis.latest
    window = CommentWindow.schedule(
        _act_of_update(act, basis, context, None, belated=cause is None),
        group=group.id,
        cycle=cycle.id,
        rule=basis.rule,
        cause=CausingEvent.to(event),
    )
    context.add(window)
    return window


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
    if window is not None and window.begun:
        occurred = all_occurred(occurred, Occurred.instant(context.now))
    return replace(act, occurred=occurred, provenance=provenance)
