"""Roles of participants, from one instant to another."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue, NotFound, RoleRequired, StaleVersion
from intersessional.domain.participant.commands import EndRole, GrantRole
from intersessional.domain.participant.participant import Participant, Tenure
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


def grant(role: Role, since: str, until: str | None = None, *, to: Person = COMMENTER) -> GrantRole:
    return GrantRole(
        command_id=id_of("grant"),
        participant=to.id,
        role=role,
        since=Occurred.parse(since),
        until=None if until is None else Occurred.parse(until),
    )


def end(role: Role, until: str, *, of: Person = COMMENTER, expected: int | None = None) -> EndRole:
    return EndRole(
        command_id=id_of("end"),
        participant=of.id,
        role=role,
        until=Occurred.parse(until),
        expected_version=expected,
    )


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


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.COMMENTER, Role.FACILITATOR])
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

    assert [(one.since.at, one.until and one.until.at) for one in tenures] == [
        ("2018-01-01", "2018-12"),
        ("2020", None),
        ("2015", "2017"),
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


def test_a_role_does_not_end_before_it_begins() -> None:
    problem = "it is not after the role begins."

    given(PEOPLE).when(SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03", "2018-02"))).then(
        BadValue(field="until", problem=problem)
    )


@pytest.mark.parametrize(
    ("role", "until"),
    [
        (Role.MAG_CHAIR, "2018-03"),
        (Role.MAG_MEMBER, "2016-06"),
        (Role.MAG_MEMBER, "2017-12-31"),
        (Role.MAG_MEMBER, "2018-01-01T00:00:00Z"),
    ],
)
def test_a_role_ends_only_while_it_is_held(role: Role, until: str) -> None:
    given(PEOPLE, granted(MEMBER, Role.MAG_MEMBER, "2014", "2015")).when(
        SECRETARIAT.sends(end(role, until, of=MEMBER))
    ).then(BadValue(field="until", problem="the participant does not hold the role then."))


def test_role_can_end_earlier_than_recorded_but_not_later() -> None:
    held = (PEOPLE, granted(COMMENTER, Role.MAG_MEMBER, "2018-03", "2019-02"))

    given(*held).when(SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-06"))).then(
        event(Participant.RoleEnded, role=Role.MAG_MEMBER, until=Occurred.parse("2018-06"))
    )
    given(*held).when(SECRETARIAT.sends(end(Role.MAG_MEMBER, "2019-03"))).then(
        BadValue(field="until", problem="the participant does not hold the role then.")
    )


def test_an_end_leaves_the_other_times_in_the_role_alone() -> None:
    record = given(
        PEOPLE,
        granted(MEMBER, Role.MAG_MEMBER, "2014", "2015"),
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-12", of=MEMBER)),
    )

    assert record.aggregate(Participant, MEMBER.id).tenures == (
        Tenure(Role.MAG_MEMBER, Occurred.parse("2018-01-01"), Occurred.parse("2018-12")),
        Tenure(Role.MAG_MEMBER, Occurred.parse("2014"), Occurred.parse("2015")),
    )


def test_a_participant_that_has_changed_since_it_was_read_is_stale() -> None:
    given(PEOPLE).when(
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-06", of=MEMBER, expected=2))
    ).then(StaleVersion(id=MEMBER.id, expected=2, actual=3))
