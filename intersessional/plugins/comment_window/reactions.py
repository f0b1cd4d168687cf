"""What makes windows move: the annual meeting, the policy, a new group."""

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.desk import Desk
from intersessional.domain.door import Reaction
from intersessional.domain.group.group import Group
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.domain.told import Told
from intersessional.plugins.comment_window.derive import derive


async def follow_meeting(
    event: AnnualMeeting.Confirmed | AnnualMeeting.Rescheduled, desk: Desk
) -> None:
    """The days of the annual meeting were told: every window of the cycle follows."""
    cycle = await desk.load(Cycle, event.cycle_id)
    groups = [admission.group for admission in cycle.admissions]
    await derive(groups, desk, event.act, Told.by(event))


async def follow_policy(event: Policy.Adopted | Policy.Superseded, desk: Desk) -> None:
    """It was decided how many weeks before the meeting windows open: every window follows."""
    if event.key is PolicyKey.COMMENT_WINDOW_WEEKS:
        cycle = await desk.load(Cycle, event.cycle_id)
        groups = [admission.group for admission in cycle.admissions]
        await derive(groups, desk, event.act, Told.by(event))


async def follow_group(event: Group.Established, desk: Desk) -> None:
    """A group was established: it gets its window, if the days are known."""
    await derive([event.originator_id], desk, event.act, Told.by(event))


REACTIONS = (
    Reaction(AnnualMeeting.Confirmed, follow_meeting),
    Reaction(AnnualMeeting.Rescheduled, follow_meeting),
    Reaction(Policy.Adopted, follow_policy),
    Reaction(Policy.Superseded, follow_policy),
    Reaction(Group.Established, follow_group),
)
