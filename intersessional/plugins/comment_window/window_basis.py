"""The facts that determine the comment window of a group."""

from collections.abc import Sequence
from dataclasses import dataclass

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.timeline import EffectiveValue
from intersessional.domain.policy.handlers import policy_in_force, rules_over_time
from intersessional.domain.policy.policy_form import COMMENT_WINDOW_WEEKS
from intersessional.domain.policy.policy_value import PolicyValue
from intersessional.plugins.comment_window.all_occurred import all_occurred
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.rule import DEFAULT_WEEKS, WindowRule

_DAYS_A_WEEK = 7


@dataclass(frozen=True, kw_only=True)
class WindowBasis:
    """The rule for a group's window from a time on, and the events that state its facts."""

    since: Occurred
    """The time from which on it holds."""
    rule: WindowRule | None
    """None while the annual meeting has no days, as it was cancelled."""
    events: Sequence[EventRef]

    @property
    def occurred(self) -> Occurred:
        """When it began to hold: all of the events had happened, as exactly as they state it."""
        return all_occurred(self.since, *(event.occurred for event in self.events))

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
        return max(self.events, key=lambda event: event.occurred.effect)


async def load_bases(group: Group, cycle: Cycle, context: CommandContext) -> Sequence[WindowBasis]:
    """The bases of a group's window in order of effect, from when the days were confirmed first.

    None before that, and none for a group that is not of the cycle. The last one is the present
    one.
    """
    joined = group.joined(cycle.id)
    meeting = await context.find(AnnualMeeting, annual_meeting_id(cycle.year))
    if joined is None or meeting is None or not meeting.days_set_at:
        return ()
    known = [meeting.days_set_at[0], joined.occurred]
    first = max(time.effect for time in known)
    weeks = await rules_over_time(context, COMMENT_WINDOW_WEEKS, cycle.year)
    changes = [*known, *meeting.days_set_at, *weeks.times]
    times = sorted({*changes}, key=lambda time: time.effect)
    return [
        await _basis_at(time, joined, meeting, context) for time in times if time.effect >= first
    ]


async def _basis_at(
    time: Occurred, joined: EventRef, meeting: AnnualMeeting, context: CommandContext
) -> WindowBasis:
    policy = await policy_in_force(context, COMMENT_WINDOW_WEEKS, meeting.year, time)
    then = meeting.at(time)
    events = [then.days_set_by, joined, None if policy is None else policy.set_by]
    return WindowBasis(
        since=time,
        rule=_rule(then, policy),
        events=[event for event in events if event is not None],
    )


def _rule(meeting: AnnualMeeting, policy: EffectiveValue[PolicyValue] | None) -> WindowRule | None:
    """The rule for the days of the annual meeting; None if it has none."""
    days = meeting.starts_on, meeting.ends_on, meeting.time_zone, meeting.days_set_by
    starts_on, ends_on, time_zone, set_by = days
    if starts_on is None or ends_on is None or time_zone is None or set_by is None:
        return None
    weeks = None if policy is None else policy.value.number
    return WindowRule.of(
        starts_on,
        ends_on,
        time_zone,
        _DAYS_A_WEEK * (DEFAULT_WEEKS if weeks is None else weeks),
        annual_meeting=CausingEvent.to(set_by),
        policy=None if policy is None else CausingEvent.to(policy.set_by),
    )
