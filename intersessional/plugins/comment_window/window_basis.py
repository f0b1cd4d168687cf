"""The facts that determine the comment window of a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.handlers import policy_in_force
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS, WindowRule

_DAYS_A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class WindowBasis:
    """The rule for a group's window, and the events that state its facts."""

    rule: WindowRule
    events: Sequence[EventRef]

    @property
    def occurred(self) -> Occurred:
        """When all of the events had happened, as exactly as they state it."""
        return all_occurred(*(event.occurred for event in self.events))

    @property
    def provenance(self) -> Provenance:
        """Live if all events are live, an illustration if one of them is, else inferred."""
        grounds = {event.provenance.ground for event in self.events}
        if Ground.ILLUSTRATION in grounds:
            ground = Ground.ILLUSTRATION
        else:
            ground = Ground.LIVE if grounds == {Ground.LIVE} else Ground.INFERRED
        sources = [source for event in self.events for source in event.provenance.sources]
        return Provenance(ground, tuple(dict.fromkeys(sources)))

    @property
    def latest(self) -> EventRef:
        """The event that happened last."""
        return max(self.events, key=lambda event: event.occurred.ends)


async def load_basis(group: Group, context: CommandContext) -> WindowBasis | None:
    """The basis of a group's window; None until the days of the annual meeting are confirmed."""
    meeting = await context.find(AnnualMeeting, annual_meeting_id(group.year))
    policy = await policy_in_force(context, COMMENT_WINDOW_WEEKS, group.year)
    if (
        meeting is None
        or meeting.starts_on is None
        or meeting.ends_on is None
        or meeting.time_zone is None
    ):
        return None
    weeks = None if policy is None else policy.value.number
    days_before = _DAYS_A_WEEK * (DEFAULT_WEEKS if weeks is None else weeks)
    rule = WindowRule.of(meeting.starts_on, meeting.ends_on, meeting.time_zone, days_before)
    events = [meeting.days_set_by, group.established_by, None if policy is None else policy.set_by]
    return WindowBasis(rule=rule, events=[event for event in events if event is not None])
