"""Roles of participants, from one instant to another."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    LimitReached,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import EndRole, GrantRole
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
    STRANGER,
    Person,
    granted,
    id_of,
    introduced,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, decide


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

    tenures = record.aggregate(Participant, MEMBER.id).tenures
    assert [(one.role, one.since, one.until) for one in tenures] == [
        (Role.MAG_MEMBER, Occurred.parse("2014"), Occurred.parse("2015")),
        (Role.MAG_MEMBER, Occurred.parse("2018-01-01"), Occurred.parse("2018-12")),
    ]
    [ended] = [one for one in record.events() if isinstance(one, Participant.RoleEnded)]
    assert ended.tenure_id == tenures[1].id


def test_a_participant_that_has_changed_since_it_was_read_is_stale() -> None:
    given(PEOPLE).when(
        SECRETARIAT.sends(end(Role.MAG_MEMBER, "2018-06", of=MEMBER, expected=2))
    ).then(StaleVersion(id=MEMBER.id, expected=2, actual=3))


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


def test_an_end_that_is_told_to_have_occurred_before_the_beginning_is_kept() -> None:
    """The grant is recorded now, and the end as of a time before now."""
    ended = replace(end(Role.MAG_MEMBER, "2018-03-20"), occurred=Occurred.parse("2018-03-20"))
    record = given(
        PEOPLE,
        SECRETARIAT.sends(grant(Role.MAG_MEMBER, "2018-03-01")),
        SECRETARIAT.sends(ended),
    )

    participant = record.aggregate(Participant, COMMENTER.id)

    assert [tenure.until for tenure in participant.tenures] == [Occurred.parse("2018-03-20")]


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
