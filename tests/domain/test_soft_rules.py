"""The soft rules of the core, each where it is kept and where it is not."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from eventsourcing.utils import get_topic

from intersessional.domain.command_handling.scenario import ScenarioOutcome
from intersessional.domain.correction.correctable_fields import correctable_fields
from intersessional.domain.cycle.commands import SetProposalDeadline
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.aggregate import events_of
from intersessional.domain.kernel.fact import Fact, facts_of
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import OverrideRequired
from intersessional.domain.meeting.commands import RecordMeetingHeld, ScheduleGroupMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.proposal.written_proposal import WrittenProposal, WrittenSection
from intersessional.domain.rule.core_rules import OBJECTIONS_RECORDED, WORK_AFTER_APPROVAL
from intersessional.domain.rule.override import Override
from intersessional.plugins.composition import installed_plugins
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    granted,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import given
from tests.domain.group_scenarios import GROUP, WORKING, publish
from tests.domain.scenarios import CYCLE, WRITTEN, decide, proposal_id, revise, sections, submit

IMPORTED = Provenance(Ground.IMPORTED)
SHORT = tuple(replace(one, text="In short.") for one in sections())
CALL = ScheduleGroupMeeting(
    command_id=id_of("call"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=Occurred.parse("2017"),
    label="A call",
)
BEFORE = {"worked": "2017", "established": "2018-04-04T12:00:00.000000Z"}


def deviations(outcome: ScenarioOutcome) -> Mapping[str, tuple[Fact, ...]]:
    """The facts of the deviations of a command, by the keys of the rules."""
    assert outcome.refused is None, outcome.refused
    events = [one for one in outcome.scenario.appended if isinstance(one, Deviation.Recorded)]
    return {one.rule: one.facts for one in events}


def due(day: str, **overrides: Any) -> SetProposalDeadline:
    fields: dict[str, Any] = {"year": 2018, "due_on": date.fromisoformat(day)} | overrides
    return SetProposalDeadline(command_id=id_of(f"due {day}"), **fields)


def test_proposal_after_the_deadline_is_flagged_and_each_revision_after_it() -> None:
    late = {"PROPOSAL_IN_TIME": facts_of({"due_on": "2018-04-01", "submitted": "2018-04-03"})}
    record = given(CYCLE, OPERATOR.sends(due("2018-04-01", occurred=Occurred.parse("2018-01"))))
    on_time: dict[str, Any] = {"occurred": Occurred.parse("2018-04-01"), "provenance": IMPORTED}
    after = on_time | {"occurred": Occurred.parse("2018-04-03")}
    submitted = record.when(OPERATOR.sends(submit("ai", **on_time)))

    assert deviations(submitted) == {}
    assert deviations(record.when(OPERATOR.sends(submit("ai", **after)))) == late
    assert deviations(submitted.scenario.when(OPERATOR.sends(revise("ai", **after)))) == late


def test_proposal_is_measured_by_the_deadline_of_its_own_time() -> None:
    moved = given(
        CYCLE,
        OPERATOR.sends(due("2018-03-01", occurred=Occurred.parse("2018-01"))),
        OPERATOR.sends(due("2018-04-02", occurred=Occurred.parse("2018-03-20"))),
    )

    def on(day: str) -> Mapping[str, tuple[Fact, ...]]:
        command = submit("ai", occurred=Occurred.parse(day), provenance=IMPORTED)
        return deviations(moved.when(OPERATOR.sends(command)))

    assert on("2018-03-10") == {
        "PROPOSAL_IN_TIME": facts_of({"due_on": "2018-03-01", "submitted": "2018-03-10"})
    }
    assert on("2018-03-25") == {}


def test_proposal_of_two_to_three_pages_with_its_background_keeps_the_rules() -> None:
    assert deviations(given(CYCLE).when(MEMBER.sends(submit("ai")))) == {}


def test_short_proposal_is_flagged() -> None:
    command = submit("ai", written=replace(WRITTEN, sections=SHORT))

    assert deviations(given(CYCLE).when(MEMBER.sends(command))) == {
        "LENGTH_ADVISED": facts_of({"words": 16, "least": 1000, "most": 1500})
    }


def test_proposal_without_parts_of_its_background_is_flagged() -> None:
    without = sections(relationship_to_governance=None, relevance_to_communities=None)
    command = submit("ai", written=replace(WRITTEN, sections=without))

    assert deviations(given(CYCLE).when(MEMBER.sends(command))) == {
        "BACKGROUND_COMPLETE": facts_of(
            {"missing": ["relationship-to-governance", "relevance-to-communities"]}
        )
    }


def test_texts_that_sources_lack_are_no_deviation() -> None:
    part = WrittenProposal(sections=(WrittenSection(key="topics", text="Norms."),))
    command = submit("ai", written=part, provenance=IMPORTED)

    assert deviations(given(CYCLE).when(OPERATOR.sends(command))) == {}


def test_deadline_after_the_first_meeting_is_flagged() -> None:
    first = {"first_meeting": "2018-04-04"}

    def flagged(day: str) -> Mapping[str, tuple[Fact, ...]]:
        return deviations(given(CYCLE).when(CHAIR.sends(due(day))))

    assert flagged("2018-04-03") == {}
    for day in ("2018-04-04", "2018-04-12"):
        assert flagged(day) == {"DEADLINE_BY_DEFAULT": facts_of({"due_on": day} | first)}


def test_group_meets_from_its_approval_on() -> None:
    reason = Override(rule="WORK_AFTER_APPROVAL", rationale="It was approved late.")
    refused = OverrideRequired(
        rule="WORK_AFTER_APPROVAL",
        requirement=WORK_AFTER_APPROVAL.sentence,
        facts=facts_of(BEFORE),
    )
    overridden = replace(CALL, overrides=(reason,))

    given(WORKING).when(FACILITATOR.sends(CALL)).then(refused)
    assert deviations(given(WORKING).when(FACILITATOR.sends(overridden))) == {
        "WORK_AFTER_APPROVAL": facts_of(BEFORE)
    }
    later = replace(CALL, held=Occurred.parse("2018-05"))
    assert deviations(given(WORKING).when(FACILITATOR.sends(later))) == {}
    held = RecordMeetingHeld(
        command_id=id_of("held"), meeting=CALL.derived_id, began=Occurred.parse("2017")
    )
    given(WORKING, FACILITATOR.sends(later)).when(SECRETARIAT.sends(held)).then(refused)


def test_group_drafts_from_its_approval_on() -> None:
    early = replace(publish(WrittenBlock(text="New.")), occurred=Occurred.parse("2017"))
    imported = replace(early, provenance=IMPORTED)

    given(WORKING).when(SECRETARIAT.sends(early)).then(
        OverrideRequired(
            rule="WORK_AFTER_APPROVAL",
            requirement=WORK_AFTER_APPROVAL.sentence,
            facts=facts_of(BEFORE),
        )
    )
    then = granted(COMMENTER, Role.SECRETARIAT, "2016")
    assert deviations(given(WORKING, then).when(in_the_name_of(COMMENTER).sends(imported))) == {
        "WORK_AFTER_APPROVAL": facts_of(BEFORE)
    }


@pytest.mark.parametrize("method", [DecisionMethod.ROUGH_CONSENSUS, DecisionMethod.VOTE])
def test_decision_tells_how_many_objected(method: DecisionMethod) -> None:
    reason = Override(rule="OBJECTIONS_RECORDED", rationale="The vote was secret.")
    facts = facts_of({"method": method})
    untold = decide("it", method=method)

    given(CYCLE).when(CHAIR.sends(untold)).then(
        OverrideRequired(
            rule="OBJECTIONS_RECORDED", requirement=OBJECTIONS_RECORDED.sentence, facts=facts
        )
    )
    overridden = replace(untold, overrides=(reason,))
    assert deviations(given(CYCLE).when(CHAIR.sends(overridden))) == {"OBJECTIONS_RECORDED": facts}
    for kept in (replace(untold, objections=0), replace(untold, method=None)):
        assert deviations(given(CYCLE).when(CHAIR.sends(kept))) == {}


def test_deviation_names_its_group() -> None:
    imported = replace(CALL, provenance=IMPORTED)

    after = given(WORKING).after(in_the_name_of(SECRETARIAT).sends(imported))

    [deviation] = [one for one in after.appended if isinstance(one, Deviation.Recorded)]
    assert (deviation.group_id, deviation.subject) == (GROUP, CALL.derived_id)
    assert proposal_id("cybersecurity") != deviation.subject


def test_rule_is_checked_against_fields_that_can_be_corrected() -> None:
    rules = installed_plugins().rules
    kinds = {
        get_topic(kind): kind for one in installed_plugins().aggregates for kind in events_of(one)
    }

    for rule in rules:
        for topic, fields in rule.checked_against.items():
            assert {*fields} <= {"occurred", *correctable_fields(kinds[topic])}, rule.key
