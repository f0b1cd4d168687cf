"""What makes windows move: the annual meeting, the policy, a new group."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.command_bus import Reaction
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.plugins.comment_window.derive import derive


async def follow_meeting(
    event: AnnualMeeting.Confirmed | AnnualMeeting.Rescheduled, context: CommandContext
) -> None:
    """The days of the annual meeting were told: every window of the cycle follows."""
    cycle = await context.load(Cycle, event.cycle_id)
    groups = [admission.group for admission in cycle.admissions]
    await derive(groups, context, event.act, EventRef.by(event))


async def follow_policy(event: Policy.Adopted | Policy.Superseded, context: CommandContext) -> None:
    """It was decided how many weeks before the meeting windows open: every window follows."""
    if event.key is PolicyKey.COMMENT_WINDOW_WEEKS:
        cycle = await context.load(Cycle, event.cycle_id)
        groups = [admission.group for admission in cycle.admissions]
        await derive(groups, context, event.act, EventRef.by(event))


async def follow_group(event: Group.Established, context: CommandContext) -> None:
    """A group was established: it gets its window, if the days are known."""
    await derive([event.originator_id], context, event.act, EventRef.by(event))


REACTIONS = (
    Reaction(AnnualMeeting.Confirmed, follow_meeting),
    Reaction(AnnualMeeting.Rescheduled, follow_meeting),
    Reaction(Policy.Adopted, follow_policy),
    Reaction(Policy.Superseded, follow_policy),
    Reaction(Group.Established, follow_group),
)
