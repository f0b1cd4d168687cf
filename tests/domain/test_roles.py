"""Roles of participants, from one instant to another."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    LimitReached,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.participant.commands import EndRole
from intersessional.domain.participant.participant import Participant
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OPERATOR,
    PEOPLE,
    SECRETARIAT,
    STRANGER,
    Person,
    granted,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.role_changes import end, grant
from tests.domain.scenarios import CYCLE, decide


def test_a_role_is_held_since_and_until() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03", "2019-02"))).then(
        event(
            Participant.RoleGranted,
            originator_id=COMMENTER.id,
            role=Role.MAG_MEMBER,
            since=Occurred.parse("2018-03"),
            until=Occurred.parse("2019-02"),
        )
    )


@pytest.mark.parametrize(
    ("moment", "held"),
    [
        ("2018-02-28T23:59:59.999999Z", False),
        ("2018-03-01T00:00:00Z", True),
        ("2018-07-10T23:59:59.999999Z", True),
        ("2018-07-11T00:00:00Z", False),
    ],
)
def test_role_is_held_as_long_as_its_sources_allow(moment: str, held: bool) -> None:
    record = given(
        PEOPLE,
        SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03")),
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-07-10")),
    )

    participant = record.aggregate(Participant, COMMENTER.id)

    assert participant.holds(Role.MAG_MEMBER, Occurred.parse(moment).begins) is held


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_roles_are_granted_and_ended_only_by_the_secretariat(person: Person) -> None:
    refused = RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)

    given(PEOPLE).when(person.sends(grant(Role.MAG_MEMBER, "2018-03"))).then(refused)
    given(PEOPLE).when(person.sends(end(Role.MAG_CHAIR, "2018-03", of=CHAIR))).then(refused)


@pytest.mark.parametrize("role", [Role.SYSTEM, Role.OPERATOR, Role.COMMENTER, Role.FACILITATOR])
def test_roles_that_are_not_granted_are_refused(role: Role) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(grant(role, "2018-03"))).then(
        BadValue(field="role", problem=f"{role.value} is not granted to a person.")
    )


def test_role_of_an_unknown_participant_is_refused() -> None:
    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03", to=STRANGER))).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )


@pytest.mark.parametrize(
    ("since", "until"),
    [("2017-01", None), ("2019-01", None), ("2017-01", "2018-01-01"), ("2018-01-01", "2018-01-01")],
)
def test_role_held_twice_at_once_is_refused(since: str, until: str | None) -> None:
    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, since, until, to=MEMBER))).then(
        BadValue(field="since", problem="the participant holds MAG_MEMBER in that time already.")
    )


def test_role_can_be_held_again_at_another_time() -> None:
    record = given(
        PEOPLE,
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-12", of=MEMBER)),
        granted(MEMBER, Role.MAG_MEMBER, "2020"),
        granted(MEMBER, Role.MAG_MEMBER, "2015", "2017"),
    )

    tenures = record.aggregate(Participant, MEMBER.id).tenures

    assert [(one.known_from.at, one.until and one.until.at) for one in tenures] == [
        ("2015", "2017"),
        ("2018-01-01", "2018-12"),
        ("2020", None),
    ]


@pytest.mark.parametrize(
    ("held", "wanted", "person"),
    [
        (Role.SECRETARIAT, Role.MAG_CHAIR, SECRETARIAT),
        (Role.SECRETARIAT, Role.MAG_MEMBER, SECRETARIAT),
        (Role.MAG_MEMBER, Role.SECRETARIAT, MEMBER),
        (Role.MAG_CHAIR, Role.SECRETARIAT, CHAIR),
    ],
)
def test_role_of_the_secretariat_excludes_the_roles_of_the_mag(
    held: Role, wanted: Role, person: Person
) -> None:
    given(PEOPLE).when(OPERATOR.sends(grant(wanted, "2018-03", to=person))).then(
        BadValue(
            field="role",
            problem=f"the participant holds {held.value} in that time; the Secretariat records, "
            "the MAG decides.",
        )
    )


def test_a_member_can_become_chair_and_later_join_the_secretariat() -> None:
    given(
        PEOPLE,
        SECRETARIAT.sends(
            replace(end(Role.MAG_CHAIR, "2018-05", of=CHAIR), command_id=id_of("left"))
        ),
        granted(MEMBER, Role.MAG_CHAIR, "2018-06"),
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-12", of=MEMBER)),
        OPERATOR.sends(
            EndRole(
                command_id=id_of("end chair"),
                participant=MEMBER.id,
                role=Role.MAG_CHAIR,
                until=Occurred.parse("2018-12"),
            )
        ),
    ).when(OPERATOR.sends(grant(Role.SECRETARIAT, "2019", to=MEMBER))).then(Participant.RoleGranted)


def test_a_participant_that_has_changed_since_it_was_read_is_stale() -> None:
    given(PEOPLE).when(
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-06", of=MEMBER, expected=2))
    ).then(StaleVersion(id=MEMBER.id, expected=2, actual=3))


def test_a_role_whose_beginning_no_source_gives_is_known_from_the_fact_that_tells_of_it() -> None:
    told = replace(
        grant(Role.MAG_MEMBER, "2018"), since=None, occurred=Occurred.parse("2018-03-19")
    )
    record = (
        given(PEOPLE)
        .when(OPERATOR.sends(told))
        .then(event(Participant.RoleGranted, tenure_id=told.derived_id, since=None, until=None))
    )

    participant = record.aggregate(Participant, COMMENTER.id)
    assert participant.tenure(told.derived_id).known_from == Occurred.parse("2018-03-19")
    assert not participant.holds(Role.MAG_MEMBER, Occurred.parse("2018-03-18").last)
    assert participant.holds(Role.MAG_MEMBER, Occurred.parse("2018-03-19").begins)
    given(PEOPLE).when(OPERATOR.sends(replace(told, until=Occurred.parse("2018-03-18")))).then(
        BadValue(field="until", problem="it is not after the role begins.")
    )


def test_several_persons_hold_the_other_roles_at_a_time() -> None:
    for role in (Role.SECRETARIAT, Role.MAG_MEMBER):
        given(PEOPLE).when(SECRETARIAT.sends(grant(role, "2018-03"))).then(Participant.RoleGranted)


def test_beginnings_and_ends_of_roles_of_a_person_are_limited() -> None:
    terms = [
        SECRETARIAT.sends(
            replace(grant(Role.MAG_MEMBER, str(year), str(year)), command_id=id_of(f"grant {year}"))
        )
        for year in range(1900, 2000)
    ]

    given(PEOPLE, terms).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018"))).then(
        LimitReached(kind="beginnings and ends of roles of a person", most=100)
    )


@pytest.mark.parametrize(
    ("occurred", "historical", "lacks"),
    [
        ("2018-03", False, None),
        ("2018-02-20/2018-03-10", False, "2018-02-20"),
        ("2018-07-01/2018-07-20", False, "2018-07-20T23:59:59.999999Z"),
        ("2018", False, "2018-01-01"),
        ("2018-02-20/2018-03-10", True, None),
        ("2018", True, None),
        ("2018-02", True, "2018-02-01"),
        ("2018-07-11", True, "2018-07-11"),
        ("2018-07-10T23:59:59Z", True, None),
        ("2018-07-11T00:00:00Z", True, "2018-07-11"),
    ],
)
def test_a_period_needs_the_role_at_both_ends_and_of_history_somewhere_in_it(
    occurred: str, historical: bool, lacks: str | None
) -> None:
    record = given(PEOPLE, SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03", "2018-07-10")))
    participant = record.aggregate(Participant, COMMENTER.id)

    found = participant.lacks(Role.MAG_MEMBER, Occurred.parse(occurred), historical=historical)

    assert found == (None if lacks is None else Occurred.parse(lacks).begins)


def test_a_period_does_not_get_around_the_role_of_the_announcer() -> None:
    """The Chair's role began in 2018, so what was decided in 2017 or 2018 needs another Chair."""
    command = decide(
        "a", occurred=Occurred.parse("2017-12-01/2018-01-31"), meeting=None, on_list=True
    )

    given(CYCLE).when(CHAIR.sends(command)).then(
        RoleRequired(needed=(Role.MAG_CHAIR,), at=Occurred.parse("2017-12-01").begins)
    )
