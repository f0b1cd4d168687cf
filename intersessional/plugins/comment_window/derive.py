"""Windows worked out from what they follow from."""

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act, Ground
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.plugins.comment_window.comment_window import Cause, CommentWindow, window_id
from intersessional.plugins.comment_window.premises import Premises, premises


async def derive(
    groups: Iterable[UUID], context: CommandContext, act: Act, cause: EventRef | None = None
) -> bool:
    """Bring the windows of these groups in step with the record; tell whether any was not.

    Without a cause this happens belatedly, because of the latest event that a window follows from.
    """
    changed = [await _derive(group, context, act, cause) for group in groups]
    return any(changed)


async def _derive(id: UUID, context: CommandContext, act: Act, cause: EventRef | None) -> bool:
    group = await context.load(Group, id)
    follows = await premises(group, context)
    if follows is None:
        return False
    told = cause or follows.latest
    because = Cause(told.stream, told.version)
    act = _following(act, follows, belated=cause is None)
    window = await context.find(CommentWindow, window_id(id))
    before = 0 if window is None else window.version
    if window is None:
        window = CommentWindow.schedule(id, group.cycle_id, follows.rule, act=act, cause=because)
        context.add(window)
    else:
        # Nobody learns today that a window was closed otherwise yesterday: what happens live
        # counts from now, and from no earlier than it is known to have turned. Of history that is
        # told, it counts when it was.
        live = cause is not None and cause.provenance.ground is Ground.LIVE
        at = max(context.now, window.turned_at or context.now) if live else act.occurred.begins
        window.follow(follows.rule, act=act, cause=because, at=at)
    window.turn(context.now, act)
    return window.version > before


def _following(act: Act, follows: Premises, *, belated: bool) -> Act:
    """The act by which a window follows: it happened when all had happened that it follows from."""
    provenance = follows.provenance
    if belated and provenance.ground is Ground.LIVE:
        provenance = replace(provenance, ground=Ground.INFERRED)
    return replace(act, occurred=follows.occurred, provenance=provenance)
