"""What a group's window follows from, since when, and on what ground."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.command_context import CommandContext
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import annual_meeting_id, policy_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.policy import Policy, PolicyKey
from intersessional.plugins.comment_window.happened import all_happened
from intersessional.plugins.comment_window.rule import WEEKS_BY_DEFAULT, WindowRule

_DAYS_A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class Premises:
    """The rule for a group's window, and the events that tell what it follows from."""

    cycle: UUID
    rule: WindowRule
    told: Sequence[EventRef]

    @property
    def occurred(self) -> Occurred:
        """When all of them had happened, as exactly as they tell."""
        return all_happened(*(one.occurred for one in self.told))

    @property
    def provenance(self) -> Provenance:
        """What follows from an illustration illustrates; from what sources tell, it is inferred."""
        grounds = {one.provenance.ground for one in self.told}
        if Ground.ILLUSTRATION in grounds:
            ground = Ground.ILLUSTRATION
        else:
            ground = Ground.LIVE if grounds == {Ground.LIVE} else Ground.INFERRED
        sources = [source for one in self.told for source in one.provenance.sources]
        return Provenance(ground, tuple(dict.fromkeys(sources)))

    @property
    def latest(self) -> EventRef:
        """The one that happened last."""
        return max(self.told, key=lambda one: one.occurred.ends)


async def premises(group: Group, context: CommandContext) -> Premises | None:
    """What the group's window follows from; None until the annual meeting's days are confirmed."""
    meeting = await context.find(AnnualMeeting, annual_meeting_id(group.year))
    policy = await context.find(Policy, policy_id(group.year, PolicyKey.COMMENT_WINDOW_WEEKS.value))
    if (
        meeting is None
        or meeting.starts_on is None
        or meeting.ends_on is None
        or meeting.time_zone is None
    ):
        return None
    weeks = WEEKS_BY_DEFAULT if policy is None else policy.value
    rule = WindowRule(meeting.starts_on, meeting.ends_on, meeting.time_zone, _DAYS_A_WEEK * weeks)
    told = [meeting.days_told, group.told, None if policy is None else policy.told]
    return Premises(cycle=group.cycle_id, rule=rule, told=[one for one in told if one is not None])
