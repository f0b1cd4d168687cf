"""Participants: registration and the code of conduct."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.comment.comment import Comment
from intersessional.domain.kernel.act import Actor, Ground, Provenance, Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    LimitReached,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import (
    AcceptCodeOfConduct,
    RegisterParticipant,
    UpdateParticipant,
)
from intersessional.domain.participant.participant import Participant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from tests.domain.actors import (
    ANONYMOUS,
    COMMENTER,
    OPERATOR,
    OTHER_COMMENTER,
    PEOPLE,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
    introduced,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import DRAFTED, post


def register(person: Person, occurred: str | None = None, name: str = "Ann") -> SentCommand:
    return person.sends(
        RegisterParticipant(
            command_id=id_of("register"),
            display_name=name,
            stakeholder_group=StakeholderGroup.GOVERNMENT,
            region=Region.GRULAC,
            occurred=None if occurred is None else Occurred.parse(occurred),
        )
    )


def accept(person: Person, version: int = 1, occurred: str | None = None) -> SentCommand:
    return person.sends(
        AcceptCodeOfConduct(
            command_id=id_of("accept"),
            version=version,
            occurred=None if occurred is None else Occurred.parse(occurred),
        )
    )


def test_registered_name_is_sealed() -> None:
    record = (
        given()
        .when(register(STRANGER))
        .then(
            event(
                Participant.Registered,
                originator_id=STRANGER.id,
                display_name=Sealed("Ann"),
                stakeholder_group=StakeholderGroup.GOVERNMENT,
                region=Region.GRULAC,
            )
        )
    )

    assert record.appended[0].act.actor == Actor(Role.COMMENTER, Sealed(str(STRANGER.id)))


def test_operator_registers_someone_from_sources() -> None:
    record = given().when(register(OPERATOR)).then(Participant.Registered)

    assert record.appended[0].act.actor == Actor(Role.OPERATOR)


def test_registration_without_signing_in_is_refused() -> None:
    given().when(register(ANONYMOUS)).then(NotSignedIn())


def test_registration_is_recorded_once() -> None:
    again = RegisterParticipant(command_id=id_of("register again"))

    given(register(STRANGER)).when(STRANGER.sends(again)).then(
        AlreadyRecorded(kind="participant", id=STRANGER.id)
    )


def test_a_name_that_hides_something_is_refused() -> None:
    given().when(register(STRANGER, name="Ann\u202e")).then(
        BadValue(field="display_name", problem="it holds the invisible U+202E.")
    )


@pytest.mark.parametrize("occurred", ["2018-04-03", "2018-04-04T11:59:59Z"])
def test_registration_at_another_time_than_now_is_refused(occurred: str) -> None:
    at = Occurred.parse(occurred).at
    refused = OutOfTime(occurred=at, problem="only an import may give another time than now.")

    given().when(register(STRANGER, occurred)).then(refused)
    given(PEOPLE).when(accept(STRANGER, occurred=occurred)).then(refused)


def test_provenance_of_a_registration_by_another_sender_is_refused() -> None:
    imported = Provenance(Ground.IMPORTED)
    command = RegisterParticipant(command_id=id_of("register"), provenance=imported)

    given().when(STRANGER.sends(command)).then(RoleRequired(needed=(Role.OPERATOR,), at=NOW))
    given().when(in_the_name_of(STRANGER).sends(command)).then(Participant.Registered)


def test_code_of_conduct_is_accepted_by_the_sender_alone() -> None:
    given(register(STRANGER)).when(accept(STRANGER)).then(
        event(Participant.CodeOfConductAccepted, originator_id=STRANGER.id, accepted_version=1)
    )


def test_acceptance_before_registration_is_refused() -> None:
    given().when(accept(STRANGER)).then(NotRegistered())
    given().when(accept(ANONYMOUS)).then(NotSignedIn())


@pytest.mark.parametrize("version", [-1, 0, 2])
def test_code_of_conduct_that_is_not_in_force_is_refused(version: int) -> None:
    given(register(STRANGER)).when(accept(STRANGER, version)).then(
        BadValue(field="version", problem="version 1 is in force.")
    )


def test_the_code_of_conduct_is_accepted_once() -> None:
    given(introduced(STRANGER)).when(accept(STRANGER)).then(
        AlreadyRecorded(kind="acceptance", id=STRANGER.id)
    )


def update(participant: Person, occurred: str | None = None, **fields: Any) -> UpdateParticipant:
    return UpdateParticipant(
        command_id=id_of("update"),
        participant=participant.id,
        occurred=None if occurred is None else Occurred.parse(occurred),
        **fields,
    )


def test_a_participant_takes_another_name_and_group() -> None:
    command = update(
        COMMENTER, display_name="Ann Lee", stakeholder_group=StakeholderGroup.GOVERNMENT
    )

    record = (
        given(PEOPLE)
        .when(COMMENTER.sends(command))
        .then(
            event(
                Participant.Changed,
                originator_id=COMMENTER.id,
                display_name=Sealed("Ann Lee"),
                stakeholder_group=StakeholderGroup.GOVERNMENT,
                region=None,
            )
        )
    )

    participant = record.aggregate(Participant, COMMENTER.id)
    assert participant.stakeholder_group is StakeholderGroup.GOVERNMENT
    assert participant.region is Region.AFRICAN


def test_only_the_participant_and_the_operator_change_the_participant() -> None:
    refused = RoleRequired(needed=(Role.OPERATOR,), at=NOW)
    command = update(COMMENTER, region=Region.WEOG)

    for person in (SECRETARIAT, OTHER_COMMENTER, in_the_name_of(OTHER_COMMENTER)):
        given(PEOPLE).when(person.sends(command)).then(refused)
    for person in (OPERATOR, in_the_name_of(COMMENTER)):
        given(PEOPLE).when(person.sends(command)).then(Participant.Changed)
    given(PEOPLE).when(ANONYMOUS.sends(command)).then(NotSignedIn())


def test_a_change_that_changes_nothing_is_refused() -> None:
    given(PEOPLE).when(COMMENTER.sends(update(COMMENTER))).then(
        BadValue(field="display_name", problem="give a name, a stakeholder group or a region.")
    )


def test_a_participant_changes_a_limited_number_of_times() -> None:
    changes = [
        COMMENTER.sends(replace(update(COMMENTER, display_name="Ann"), command_id=id_of(f"{n}")))
        for n in range(100)
    ]

    given(PEOPLE, changes).when(COMMENTER.sends(update(COMMENTER, display_name="Lee"))).then(
        LimitReached(kind="changes of a participant", most=100)
    )


def test_past_change_is_recorded_only_by_the_operator() -> None:
    command = update(COMMENTER, occurred="2018-04-01", region=Region.WEOG)

    given(PEOPLE).when(COMMENTER.sends(command)).then(
        OutOfTime(occurred="2018-04-01", problem="only an import may give another time than now.")
    )
    record = given(PEOPLE).when(OPERATOR.sends(command)).then(Participant.Changed)

    participant = record.aggregate(Participant, COMMENTER.id)
    assert participant.at(Occurred.parse("2018-03-31")).region is Region.AFRICAN
    assert participant.region is Region.WEOG


def test_a_comment_keeps_the_group_that_held_when_it_was_posted() -> None:
    group = StakeholderGroup.GOVERNMENT
    later = NOW + timedelta(days=1)
    record = given(
        DRAFTED,
        COMMENTER.sends(post("before")),
        COMMENTER.sends(update(COMMENTER, stakeholder_group=group), later),
        COMMENTER.sends(post("after"), later),
        in_the_name_of(COMMENTER).sends(post("told late", occurred=Occurred.instant(NOW)), later),
    )

    posted = [one for one in record.events() if isinstance(one, Comment.Posted)]
    assert [one.stakeholder_group for one in posted] == [
        StakeholderGroup.CIVIL_SOCIETY,
        group,
        StakeholderGroup.CIVIL_SOCIETY,
    ]
