"""A decision is announced by who was Chair then, and recorded by the Chair or the Secretariat."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import NotFound, RoleRequired
from intersessional.domain.participant.commands import EndRole
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    STRANGER,
    Person,
    granted,
    id_of,
)
from tests.domain.decision_commands import AGREED, a_meeting
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import (
    CYCLE,
    decide,
)


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_decision_is_recorded_only_by_the_chair_and_the_secretariat(person: Person) -> None:
    given(CYCLE).when(person.sends(AGREED)).then(
        RoleRequired(needed=(Role.MAG_CHAIR, Role.SECRETARIAT), at=NOW)
    )


@pytest.mark.parametrize("announced_by", [None, SECRETARIAT.id, MEMBER.id])
def test_the_secretariat_records_what_a_chair_announced_and_decides_nothing(
    announced_by: object,
) -> None:
    refused = RoleRequired(needed=(Role.MAG_CHAIR,), at=NOW)

    given(CYCLE).when(SECRETARIAT.sends(decide("a", announced_by=announced_by))).then(refused)
    given(CYCLE).when(SECRETARIAT.sends(decide("a", announced_by=CHAIR.id))).then(
        event(Decision.Recorded, announced_by=CHAIR.id)
    )


def test_decision_announced_by_an_unknown_person_is_refused() -> None:
    command = decide("a", announced_by=STRANGER.id)

    given(CYCLE).when(SECRETARIAT.sends(command)).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )


@pytest.mark.parametrize(("occurred", "chair"), [("2018-02-01", CHAIR), ("2018-03-01", COMMENTER)])
def test_decision_is_announced_by_a_chair_of_that_time(occurred: str, chair: Person) -> None:
    """The chair changed on 1 March, so each of them announces what was decided in their time."""
    at = Occurred.parse(occurred)
    left = EndRole(
        command_id=id_of("left"),
        participant=CHAIR.id,
        role=Role.MAG_CHAIR,
        until=Occurred.parse("2018-02"),
    )
    history = (
        CYCLE,
        OPERATOR.sends(left),
        granted(COMMENTER, Role.MAG_CHAIR, "2018-03"),
        a_meeting(2018, "2018"),
    )
    held_that_year = meeting_id(2018, "VIRTUAL", 2)

    for person in (CHAIR, COMMENTER):
        command = decide("a", announced_by=person.id, occurred=at, meeting=held_that_year)
        outcome = given(*history).when(SECRETARIAT.sends(command))
        if person == chair:
            outcome.then(event(Decision.Recorded, announced_by=person.id))
        else:
            outcome.then(RoleRequired(needed=(Role.MAG_CHAIR,), at=at.begins))


def test_decision_from_before_the_announcers_tenure_is_refused() -> None:
    before = Occurred.parse("2017-12-31")
    command = decide("a", occurred=before, meeting=None, on_list=True)

    given(CYCLE).when(CHAIR.sends(command)).then(
        RoleRequired(needed=(Role.MAG_CHAIR,), at=before.begins)
    )
