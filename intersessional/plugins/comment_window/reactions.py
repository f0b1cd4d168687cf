"""Reactions to the events that determine a window: annual meeting, policy, group, draft."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Reaction
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.policy import Policy
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.plugins.comment_window.comment_window import CommentWindow
from intersessional.plugins.comment_window.published_revision import PublishedRevision
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_updates import update_windows

_YEARS_AHEAD_MAX = 2
"""How many years before its own a cycle may have groups."""


async def follow_meeting(
    event: AnnualMeeting.Confirmed
    | AnnualMeeting.Rescheduled
    | AnnualMeeting.Corrected
    | AnnualMeeting.Cancelled,
    context: CommandContext,
) -> None:
    """Update every window of the cycle when the days of its annual meeting are set or cancelled."""
    cycle = await context.load(Cycle, event.cycle_id)
    await update_windows(cycle, context, context.consequence(), EventRef.to(event))


async def follow_policy(event: Policy.Set, context: CommandContext) -> None:
    """Update every window of a cycle when its COMMENT_WINDOW_WEEKS are set, or the general ones."""
    if event.key != COMMENT_WINDOW_WEEKS:
        return
    years = range(event.act.occurred.begins.year, context.now.year + _YEARS_AHEAD_MAX + 1)
    for year in years if event.year is None else (event.year,):
        cycle = await context.find(Cycle, cycle_id(year))
        if cycle is not None:
            await update_windows(cycle, context, context.consequence(), EventRef.to(event))


async def follow_group(
    event: Group.Established | Group.Approved | Group.Renewed, context: CommandContext
) -> None:
    """Schedule the window of a group in a cycle, if its annual meeting has days."""
    if event.cycle_id is not None:
        cycle = await context.load(Cycle, event.cycle_id)
        await update_windows(
            cycle, context, context.consequence(), EventRef.to(event), groups=[event.originator_id]
        )


async def follow_draft(event: Draft.Published | Draft.Revised, context: CommandContext) -> None:
    """Open the window of the group if its days have come."""
    if event.cycle_id is None:
        return
    window = await context.find(CommentWindow, window_id(event.group_id, event.cycle_id))
    if window is not None:
        # What a source tells now of the past can be commented on from now on.
        past = event.act.provenance.historical
        published = Occurred.instant(context.now) if past else event.act.occurred
        draft = PublishedRevision(event.originator_id, event.revision, published)
        window.advance(context.consequence(), context.now, draft)


REACTIONS = (
    Reaction(AnnualMeeting.Confirmed, follow_meeting),
    Reaction(AnnualMeeting.Rescheduled, follow_meeting),
    Reaction(AnnualMeeting.Corrected, follow_meeting),
    Reaction(AnnualMeeting.Cancelled, follow_meeting),
    Reaction(Policy.Set, follow_policy),
    Reaction(Group.Established, follow_group),
    Reaction(Group.Approved, follow_group),
    Reaction(Group.Renewed, follow_group),
    Reaction(Draft.Published, follow_draft),
    Reaction(Draft.Revised, follow_draft),
)
