"""A group begins, goes on and changes by a decision of the MAG."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice, Renew
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.commands import (
    RecordGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    CHAIR,
    FACILITATOR,
    OPERATOR,
    SECRETARIAT,
    id_of,
)
from tests.domain.given_when_then import given
from tests.domain.group_changes import APPOINT, CONCLUDE, RELEASE, RENAME
from tests.domain.group_scenarios import GROUP, MANDATE, WORKING
from tests.domain.scenarios import CYCLE, approved, decide, mandate


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, CONCLUDE])
def test_the_secretariat_and_the_chair_change_a_group_only_on_a_decision(command: Any) -> None:
    alone = replace(command, decision=None)

    for person in (SECRETARIAT, CHAIR, OPERATOR):
        given(WORKING).when(person.sends(alone)).then(DecisionRequired())
    assert given(WORKING).when(FACILITATOR.sends(alone)).scenario.appended
    imported = replace(alone, provenance=Provenance(Ground.IMPORTED))
    assert given(WORKING).when(OPERATOR.sends(imported)).scenario.appended


def test_the_decision_is_recorded_with_what_rests_on_it() -> None:
    given(WORKING).when(SECRETARIAT.sends(RENAME)).then(event(Group.Renamed, decision_id=MANDATE))


def test_the_decision_is_in_the_record_and_was_taken_by_then() -> None:
    unknown = replace(RENAME, decision=id_of("no decision"))
    earlier = replace(RENAME, occurred=Occurred.parse("2018-04-04T11:59:59Z"))
    before = decide("before", year=2017, meeting=None, on_list=True, assessment=None)
    of_2017 = (
        SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2017"), year=2017)),
        CHAIR.sends(before),
    )

    given(WORKING).when(SECRETARIAT.sends(unknown)).then(
        NotFound(kind="decision", id=str(id_of("no decision")))
    )
    given(WORKING).when(SECRETARIAT.sends(earlier)).then(
        BadValue(field="decision", problem="it was taken later.")
    )
    given(WORKING, *of_2017).when(
        SECRETARIAT.sends(replace(RENAME, decision=before.derived_id))
    ).then(BadValue(field="decision", problem="it is of a cycle that the group is not of."))


def test_a_decision_that_is_about_something_else_changes_no_group() -> None:
    other = replace(RENAME, decision=mandate("gender"))
    problem = "it is about something else."

    given(WORKING, approved("gender")).when(SECRETARIAT.sends(other)).then(
        BadValue(field="decision", problem=problem)
    )


def test_a_decision_without_outcomes_changes_a_group_that_there_was() -> None:
    bare = decide("bare", assessment=None)
    early = replace(bare, occurred=Occurred.parse("2018-04-03"), meeting=None, on_list=True)
    rename = replace(RENAME, decision=bare.derived_id)
    problem = "it was taken before there was the group."

    given(WORKING, CHAIR.sends(bare)).when(SECRETARIAT.sends(rename)).then(
        event(Group.Renamed, decision_id=bare.derived_id)
    )
    given(WORKING, CHAIR.sends(early)).when(SECRETARIAT.sends(rename)).then(
        BadValue(field="decision", problem=problem)
    )


def test_a_group_of_the_past_is_known_without_a_decision() -> None:
    record = RecordGroup(
        command_id=id_of("record"),
        kind="BPF",
        name="BPF on IPv6",
        year=2018,
        occurred=Occurred.parse("2018-03"),
        provenance=Provenance(Ground.IMPORTED),
    )

    given(CYCLE).when(OPERATOR.sends(record)).then(
        event(Group.Established, cycle_id=cycle_id(2018), decision_id=None, proposal_id=None),
        event(Cycle.GroupAdmitted, kind="BPF", capped_by="BPF_CAP"),
    )
    given(CYCLE).when(OPERATOR.sends(replace(record, year=None))).then(
        event(Group.Established, cycle_id=None, year=None)
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(record, provenance=None))).then(DecisionRequired())


def test_a_decision_establishes_a_group_outside_the_cycles() -> None:
    coalition = Establish(kind="DYNAMIC_COALITION", name="Accessibility", outside_cycles=True)

    given(CYCLE).when(CHAIR.sends(decide("dc", OutcomeChoice(establish=coalition)))).then(
        event(Group.Established, cycle_id=None, year=None, name=Sealed("Accessibility")),
        Decision.Recorded,
    )


def test_a_later_decision_renews_a_group_for_its_cycle() -> None:
    established = decide(
        "wg", OutcomeChoice(establish=Establish(kind="WORKING_GROUP", name="A group"))
    )
    group = outcome_id(established.command_id, 1)
    renew = OutcomeChoice(renew=Renew(group=group))
    history = (
        CYCLE,
        CHAIR.sends(established),
        SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019)),
    )
    renewed = decide("renew", renew, year=2019, meeting=None, on_list=True, assessment=None)

    given(*history).when(CHAIR.sends(renewed)).then(
        event(Group.Renewed, cycle_id=cycle_id(2019), decision_id=renewed.derived_id),
        event(Cycle.GroupAdmitted, originator_id=cycle_id(2019), group_id=group),
        Decision.Recorded,
    )
    given(*history).when(CHAIR.sends(decide("again", renew))).then(
        AlreadyRecorded(kind="group of the cycle", id=group)
    )
    forum = OutcomeChoice(renew=Renew(group=GROUP))
    given(WORKING).when(CHAIR.sends(decide("forum", forum))).then(
        BadValue(field="outcomes.0.renew.group", problem="it comes from a proposal: approve one.")
    )
