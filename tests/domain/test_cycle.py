"""Cycles: opened once, with a deadline for proposals and assessments of resources."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.commands import (
    AssessResources,
    OpenCycle,
    SetDeadlineBeforeMeeting,
    SetProposalDeadline,
)
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.cycle.proposal_deadline import ProposalDeadline
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, PEOPLE, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, decide

DEADLINE = SetProposalDeadline(command_id=id_of("d"), year=2018, due_on=date(2018, 4, 1))
ASSESS = AssessResources(command_id=id_of("a"), year=2018, capacity=3, note="Three rapporteurs.")


def open_cycle(year: int) -> OpenCycle:
    return OpenCycle(command_id=id_of("another command"), year=year)


def test_a_year_has_one_cycle() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(open_cycle(2018))).then(
        event(Cycle.Opened, originator_id=cycle_id(2018), year=2018)
    )
    given(CYCLE).when(SECRETARIAT.sends(open_cycle(2018))).then(
        AlreadyRecorded(kind="cycle", id=cycle_id(2018))
    )


@pytest.mark.parametrize("year", [-1, 0, 2005, 9_999, 2**63])
def test_cycle_older_than_the_igf_is_refused(year: int) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(open_cycle(year))).then(
        BadValue(field="year", problem=f"{year} is not from 2006 to 9998.")
    )


@pytest.mark.parametrize("person", [CHAIR, SECRETARIAT])
def test_the_last_day_for_proposals_is_set_and_moved(person: Person) -> None:
    later = SetProposalDeadline(command_id=id_of("l"), year=2018, due_on=date(2018, 4, 2))

    given(CYCLE, person.sends(DEADLINE)).when(person.sends(later)).then(
        event(
            Cycle.ProposalDeadlineSet,
            due_on=date(2018, 4, 2),
            time_zone=None,
            meeting_id=None,
            decision_id=None,
        )
    )


def test_deadline_names_its_zone_its_meeting_and_its_decision() -> None:
    decision = decide("deadline")
    deadline = replace(
        DEADLINE, time_zone="Asia/Tokyo", meeting=MEETING, decision=decision.derived_id
    )

    given(CYCLE, CHAIR.sends(decision)).when(CHAIR.sends(deadline)).then(
        event(
            Cycle.ProposalDeadlineSet,
            time_zone="Asia/Tokyo",
            meeting_id=MEETING,
            decision_id=decision.derived_id,
        )
    )


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({"meeting": id_of("x")}, NotFound(kind="meeting", id=str(id_of("x")))),
        ({"decision": id_of("x")}, NotFound(kind="decision", id=str(id_of("x")))),
        (
            {"time_zone": "localtime"},
            BadValue(
                field="time_zone", problem="'localtime' is not in the IANA time zone database."
            ),
        ),
        (
            {"due_on": date(9999, 12, 31)},
            BadValue(field="due_on", problem="its year is not from 2006 to 9998."),
        ),
        (
            {"year": 2019, "meeting": MEETING},
            BadValue(field="meeting", problem="it belongs to another cycle."),
        ),
    ],
)
def test_malformed_deadline_is_refused(
    fields: dict[str, Any], refused: BadValue | NotFound
) -> None:
    history = (CYCLE, SECRETARIAT.sends(open_cycle(2019)))

    given(*history).when(CHAIR.sends(replace(DEADLINE, **fields))).then(refused)


@pytest.mark.parametrize(
    ("time_zone", "ends"),
    [
        (None, "2018-04-13T00:00:00+00:00"),
        ("Pacific/Auckland", "2018-04-12T12:00:00+00:00"),
        ("America/Los_Angeles", "2018-04-13T07:00:00+00:00"),
    ],
)
def test_last_day_ends_in_its_time_zone(time_zone: str | None, ends: str) -> None:
    deadline = ProposalDeadline(date(2018, 4, 12), time_zone)

    assert deadline.ends is not None
    assert deadline.ends.isoformat() == ends
    assert deadline.is_past_at(Occurred.instant(deadline.ends))
    assert not deadline.is_past_at(Occurred.instant(deadline.ends - timedelta(microseconds=1)))


def test_proposals_are_due_before_a_meeting_whose_day_is_not_known() -> None:
    command = SetDeadlineBeforeMeeting(command_id=id_of("before"), year=2018, meeting=MEETING)

    after = given(CYCLE).when(CHAIR.sends(command))

    scenario = after.then(event(Cycle.ProposalsDueBefore, meeting_id=MEETING, decision_id=None))
    rule = scenario.aggregate(Cycle, cycle_id(2018)).deadlines.latest
    assert rule is not None
    assert not rule.value.is_past_at(Occurred.parse("2030"))


def test_the_secretariat_assesses_what_the_resources_carry() -> None:
    given(CYCLE).when(SECRETARIAT.sends(ASSESS)).then(
        event(
            Cycle.ResourcesAssessed,
            assessment_id=ASSESS.derived_id,
            capacity=3,
            note=Sealed("Three rapporteurs."),
        )
    )


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_cycle_opened_or_assessed_by_another_role_is_refused(person: Person) -> None:
    refused = RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)

    given(CYCLE).when(person.sends(ASSESS)).then(refused)
    given(CYCLE).when(person.sends(open_cycle(2019))).then(refused)


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_proposal_deadline_set_by_another_role_is_refused(person: Person) -> None:
    given(CYCLE).when(person.sends(DEADLINE)).then(
        RoleRequired(needed=(Role.MAG_CHAIR, Role.SECRETARIAT), at=NOW)
    )


@pytest.mark.parametrize("capacity", [-1, 1_001, 2**53])
def test_a_capacity_is_a_number_that_makes_sense(capacity: int) -> None:
    given(CYCLE).when(SECRETARIAT.sends(replace(ASSESS, capacity=capacity))).then(
        BadValue(field="capacity", problem=f"{capacity} is not from 0 to 1000.")
    )


@pytest.mark.parametrize("command", [ASSESS, DEADLINE])
def test_command_on_a_missing_or_changed_cycle_is_refused(
    command: AssessResources | SetProposalDeadline,
) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(command)).then(
        NotFound(kind="cycle", id=str(cycle_id(2018)))
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(command, expected_version=1))).then(
        StaleVersion(id=cycle_id(2018), expected=1, actual=2)
    )
