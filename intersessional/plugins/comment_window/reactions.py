"""Reactions to the events that determine a window: annual meeting, policy, group."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Reaction
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.plugins.comment_window.window_updates import update_windows


async def follow_meeting(
    event: AnnualMeeting.Confirmed | AnnualMeeting.Rescheduled, context: CommandContext
) -> None:
    """Update every window of the cycle when the days of its annual meeting are set."""
    cycle = await context.load(Cycle, event.cycle_id)
    groups = [admission.group for admission in cycle.admissions]
    await update_windows(groups, context, event.act, EventRef.to(event))


async def follow_policy(event: Policy.Adopted | Policy.Superseded, context: CommandContext) -> None:
    """Update every window of the cycle when a decision sets its COMMENT_WINDOW_WEEKS."""
    if event.key is PolicyKey.COMMENT_WINDOW_WEEKS:
        cycle = await context.load(Cycle, event.cycle_id)
        groups = [admission.group for admission in cycle.admissions]
        await update_windows(groups, context, event.act, EventRef.to(event))


async def follow_group(event: Group.Established, context: CommandContext) -> None:
    """Schedule the window of a new group, if the days of the annual meeting are confirmed."""
    await update_windows([event.originator_id], context, event.act, EventRef.to(event))


REACTIONS = (
    Reaction(AnnualMeeting.Confirmed, follow_meeting),
    Reaction(AnnualMeeting.Rescheduled, follow_meeting),
    Reaction(Policy.Adopted, follow_policy),
    Reaction(Policy.Superseded, follow_policy),
    Reaction(Group.Established, follow_group),
)
