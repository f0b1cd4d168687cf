"""Rules that cycles, their policies, meetings and decisions check themselves."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.annual_meeting.refusals import AnnualMeetingNotConfirmed
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.announcement import Announcement
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import (
    DecisionKind,
    Outcome,
    OutcomeKind,
    decision_kinds,
)
from intersessional.domain.decision.refusals import (
    AssessmentRequired,
    MeetingRequired,
    RationaleRequired,
)
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    LimitReached,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.kernel.timeline import Timeline
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.meeting.summary import add_summary
from intersessional.domain.policy.policy import RULES_MAX, Policy, PolicyBasis
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.policy.policy_value import PolicyValue, PolicyValueKind
from intersessional.domain.policy.rules_over_time import RulesOverTime
from intersessional.domain.theme.theme import Theme
from tests.domain.aggregates.acts import IMPORTED, act, cycle, new_id, participant

CHAIR = participant(Role.MAG_CHAIR)
APPROVAL = (Outcome(OutcomeKind.PROPOSAL_APPROVED, new_id("proposal")),)
RATIONALE = Sealed("They were found ripe.")


def meeting() -> Meeting:
    return Meeting.schedule(
        act(),
        cycle=cycle(),
        kind=MeetingKind.VIRTUAL,
        ordinal=1,
        planned=Occurred.parse("2018-04-04"),
        label="First virtual meeting",
    )


def take(**data: object) -> Decision:
    given: dict[str, Any] = {"cycle": cycle(), "on_list": True, "announced_by": CHAIR} | data
    at = given.pop("act", act())
    statement, outcomes = given.pop("statement", "Agreed."), given.pop("outcomes", ())
    announcement = Announcement(**given)
    return Decision.take(
        at, announcement, id=new_id("decision"), statement=statement, outcomes=outcomes
    )


def test_cycle_admits_as_many_groups_as_the_cap_allows() -> None:
    year = cycle()
    value = PolicyValue(kind=PolicyValueKind.NUMBER, number=1)
    policy = Policy.register(act(), cycle_id=year.id, year=year.year, key=BPF_CAP)
    policy.set(act(), value=value, basis=PolicyBasis(decision_id=new_id("d")))
    caps = RulesOverTime(of_cycle=policy.rules, general=Timeline())
    year.admit(act(), group_id=new_id("a"), kind="BPF", capped_by="BPF_CAP", caps=caps)
    year.admit(act(), group_id=new_id("b"), kind="WORKING_GROUP")

    with pytest.raises(CapExceeded) as refused:
        year.admit(act(), group_id=new_id("c"), kind="BPF", capped_by="BPF_CAP", caps=caps)
    assert (refused.value.cap, refused.value.approved) == (1, 1)


@pytest.mark.parametrize("capacity", [-1, 1_001])
def test_cycle_assessed_beyond_bounds_is_refused(capacity: int) -> None:
    with pytest.raises(BadValue, match="capacity"):
        cycle().assess(act(), assessment_id=new_id("a"), capacity=capacity)


def test_policy_has_a_limited_number_of_rules() -> None:
    value = PolicyValue(kind=PolicyValueKind.NUMBER, number=3)
    basis = PolicyBasis(decision_id=new_id("d"))
    policy = Policy.register(act(), cycle_id=None, year=None, key=BPF_CAP)
    policy.set(act(), value=value, basis=basis)
    policy.rules = Timeline(policy.rules.values * RULES_MAX)

    with pytest.raises(LimitReached):
        policy.set(act(), value=value, basis=basis)


@pytest.mark.parametrize(
    "basis",
    [
        PolicyBasis(),
        PolicyBasis(decision_id=new_id("d"), source="a-note"),
        PolicyBasis(decision_id=new_id("d"), words=Sealed("Three.")),
    ],
)
def test_a_policy_rests_either_on_a_decision_or_on_a_source(basis: PolicyBasis) -> None:
    policy = Policy.register(act(), cycle_id=None, year=None, key=BPF_CAP)

    with pytest.raises(BadValue):
        policy.set(act(), value=PolicyValue(kind=PolicyValueKind.NUMBER, number=3), basis=basis)


def test_summary_published_again_needs_a_reason() -> None:
    held = meeting()
    add_summary(held, act(), summary="It was agreed.")

    with pytest.raises(BadValue, match="reason"):
        add_summary(held, act(), summary="It was not agreed.")
    add_summary(held, act(), summary="It was not agreed.", reason="A mistake.")
    assert type(held.take_pending_events()[-1]) is Meeting.SummaryCorrected


@pytest.mark.parametrize(
    ("cycle_of_fact", "time"),
    [
        (new_id("other cycle"), "2018-04-04"),
        (cycle().id, "2018-04-03"),
        (cycle().id, "2018-04-05T00:00:00Z"),
        (cycle().id, "2018-04"),
    ],
)
def test_meeting_of_another_cycle_or_time_is_not_in_session(cycle_of_fact: UUID, time: str) -> None:
    held = meeting()

    with pytest.raises(BadValue, match="meeting"):
        held.check_in_session(cycle_of_fact, Occurred.parse(time))


def test_annual_meeting_is_confirmed_and_moved_after_that() -> None:
    planned = AnnualMeeting.name(act(), cycle())
    starts_on, ends_on = date(2018, 11, 12), date(2018, 11, 14)

    with pytest.raises(AnnualMeetingNotConfirmed):
        planned.reschedule(act(), starts_on=starts_on, ends_on=ends_on, reason="A strike.")
    planned.confirm(
        act(), starts_on=starts_on, ends_on=ends_on, place="Paris", time_zone="Europe/Paris"
    )
    with pytest.raises(AlreadyRecorded):
        planned.confirm(
            act(), starts_on=starts_on, ends_on=starts_on, place="Paris", time_zone="Europe/Paris"
        )
    with pytest.raises(AlreadyRecorded):
        planned.set_tentative(act(), within=Occurred.parse("2018-11"), place="Paris")
    planned.reschedule(act(), starts_on=starts_on, ends_on=starts_on, reason="A strike.")


def test_theme_is_worked_on_once_a_year_in_history() -> None:
    theme = Theme.register(act(), "cybersecurity")
    theme.record_year(act(), year=2016, title="Cybersecurity")

    with pytest.raises(AlreadyRecorded):
        theme.record_year(act(), year=2016, title="Cybersecurity")


def test_decision_without_outcomes_is_one_of_procedure() -> None:
    (event,) = take().take_pending_events()

    assert isinstance(event, Decision.Recorded)
    assert decision_kinds(event.outcomes) == (DecisionKind.PROCEDURE,)


def test_decision_neither_at_a_meeting_nor_on_the_list_is_refused_unless_imported() -> None:
    with pytest.raises(MeetingRequired):
        take(on_list=False)
    take(on_list=False, act=act(provenance=IMPORTED))


def test_decision_not_announced_by_a_chair_is_refused() -> None:
    for announced_by in (None, participant(Role.MAG_MEMBER)):
        with pytest.raises(RoleRequired):
            take(announced_by=announced_by)


def test_selection_without_rationale_or_assessment_is_refused() -> None:
    with pytest.raises(RationaleRequired):
        take(outcomes=APPROVAL)
    with pytest.raises(AssessmentRequired):
        take(outcomes=APPROVAL, rationale=RATIONALE)
    with pytest.raises(AssessmentRequired):
        take(outcomes=APPROVAL, rationale=RATIONALE, assessment_id=new_id("of another cycle"))


def test_selection_on_an_assessment_of_its_cycle_is_recorded() -> None:
    year = cycle()
    year.assess(act(), assessment_id=new_id("assessment"), capacity=3)
    taken = take(
        cycle=year, outcomes=APPROVAL, rationale=RATIONALE, assessment_id=new_id("assessment")
    )

    (event,) = taken.take_pending_events()
    assert isinstance(event, Decision.Recorded)
    assert decision_kinds(event.outcomes) == (DecisionKind.SELECTION,)
