"""The MAG has one Chair at a time."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.refusals import RoleHeld
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    PEOPLE,
    SECRETARIAT,
    Person,
    granted,
    id_of,
    introduced,
)
from tests.domain.given_when_then import given
from tests.domain.role_changes import end, grant


@pytest.mark.parametrize(
    ("since", "until"),
    [("2018-06", None), ("2017", "2018-02"), ("2016", None), ("2018-01-01", None)],
)
def test_the_mag_has_one_chair_at_a_time(since: str, until: str | None) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_CHAIR, since, until, to=MEMBER))).then(
        RoleHeld(holder=CHAIR.id, role=Role.MAG_CHAIR, since="2018-01-01", until=None)
    )


def test_the_next_chair_follows_the_one_before() -> None:
    left = SECRETARIAT.sends(end(Role.MAG_CHAIR, "2019-11", of=CHAIR))

    given(PEOPLE, left).when(SECRETARIAT.sends(grant(Role.MAG_CHAIR, "2019-12", to=MEMBER))).then(
        event(Participant.RoleGranted, role=Role.MAG_CHAIR, reason=None)
    )
    given(PEOPLE, left).when(SECRETARIAT.sends(grant(Role.MAG_CHAIR, "2019-11", to=MEMBER))).then(
        RoleHeld(holder=CHAIR.id, role=Role.MAG_CHAIR, since="2018-01-01", until="2019-11")
    )
    given(PEOPLE).when(
        SECRETARIAT.sends(grant(Role.MAG_CHAIR, "2017", "2017-12-31", to=MEMBER))
    ).then(Participant.RoleGranted)


def test_a_second_chair_is_recorded_with_a_reason() -> None:
    interim = replace(grant(Role.MAG_CHAIR, "2018-06", to=MEMBER), reason="The Chair is ill.")

    given(PEOPLE).when(SECRETARIAT.sends(interim)).then(
        event(Participant.RoleGranted, role=Role.MAG_CHAIR, reason=Sealed("The Chair is ill."))
    )


def test_an_example_of_a_chair_is_no_chair() -> None:
    """The illustration shows a Chair beside the true one, and neither stands in the other's way."""
    example = replace(
        grant(Role.MAG_CHAIR, "2018-03", to=MEMBER), provenance=Provenance(Ground.ILLUSTRATION)
    )
    left = replace(end(Role.MAG_CHAIR, "2018-02", of=CHAIR), command_id=id_of("left"))
    shown = given(PEOPLE, SECRETARIAT.sends(left), OPERATOR.sends(example))

    given(PEOPLE).when(OPERATOR.sends(example)).then(Participant.RoleGranted)
    shown.when(granted(OTHER_MEMBER, Role.MAG_CHAIR, "2018-03")).then(Participant.RoleGranted)


TERMS = (
    (CHAIR, "2016", "2018"),
    (MEMBER, "2019", "2020"),
    (OTHER_MEMBER, "2021", None),
    (COMMENTER, "2010", "2015"),
)


@pytest.mark.parametrize("told", [*permutations(TERMS)])
def test_chairs_told_in_any_order_are_the_same_and_one_between_them_is_refused(
    told: Sequence[tuple[Person, str, str | None]],
) -> None:
    people = [introduced(person) for person, _, _ in TERMS]
    terms = [granted(person, Role.MAG_CHAIR, since, until) for person, since, until in told]

    record = given(*people, introduced(FACILITATOR), terms)

    another = granted(FACILITATOR, Role.MAG_CHAIR, "2015", "2015")
    record.when(another).then(
        RoleHeld(holder=COMMENTER.id, role=Role.MAG_CHAIR, since="2010", until="2015")
    )
