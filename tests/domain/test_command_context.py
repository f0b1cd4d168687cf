"""The context of a command: the role of its sender, the provenance and the time."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import AssessResources, OpenCycle, SetProposalDeadline
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import LIVE, Actor, Citation, Ground, Provenance, Role
from intersessional.domain.kernel.caller import SYSTEM
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    CodeOfConductNotAccepted,
    NotRegistered,
    NotSignedIn,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.participant.commands import EndRole, RegisterParticipant
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.source.commands import ListSource
from tests.domain.actors import (
    ANONYMOUS,
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
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import moot

OPEN = SECRETARIAT.sends(OpenCycle(command_id=id_of("open"), year=2018))


def opening(
    person: Person, occurred: str | None = None, provenance: Provenance | None = None
) -> SentCommand:
    return person.sends(
        OpenCycle(
            command_id=id_of("open"),
            year=2018,
            occurred=None if occurred is None else Occurred.parse(occurred),
            provenance=provenance,
        )
    )


def test_event_has_the_actor_the_time_and_the_provenance() -> None:
    record = given(PEOPLE).when(opening(SECRETARIAT)).then(event(Cycle.Opened, year=2018))

    act = record.appended[0].act

    assert act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    assert act.command == id_of("open")
    assert act.occurred == Occurred.instant(NOW)
    assert act.provenance == LIVE


def test_command_without_sign_in_or_registration_is_refused() -> None:
    given(PEOPLE).when(opening(ANONYMOUS)).then(NotSignedIn())
    given(PEOPLE).when(opening(STRANGER)).then(NotRegistered())


def test_role_must_be_held_now() -> None:
    needed = (Role.SECRETARIAT,)

    given(PEOPLE).when(opening(CHAIR)).then(RoleRequired(needed=needed, at=NOW))


def test_role_that_has_not_begun_is_refused() -> None:
    given(PEOPLE, granted(COMMENTER, Role.SECRETARIAT, "2018-04-05")).when(opening(COMMENTER)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


def test_ended_role_does_not_record_the_time_when_it_was_held() -> None:
    ended = EndRole(
        command_id=id_of("end"),
        participant=SECRETARIAT.id,
        role=Role.SECRETARIAT,
        until=Occurred.parse("2018-04-03"),
    )

    given(PEOPLE, OPERATOR.sends(ended)).when(opening(SECRETARIAT, "2018-03-19")).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_secretariat_and_chair_record_the_past(person: Person) -> None:
    command = SetProposalDeadline(
        command_id=id_of("deadline"),
        year=2018,
        due_on=NOW.date(),
        occurred=Occurred.parse("2018-04-03"),
    )

    record = given(PEOPLE, OPEN).when(person.sends(command)).then(Cycle.ProposalDeadlineSet)

    assert record.appended[0].act.occurred == Occurred.parse("2018-04-03")


@pytest.mark.parametrize("occurred", ["2018-04-03", "2018-03", "2018-04-04T11:59:59Z"])
def test_past_recorded_by_others_is_refused(occurred: str) -> None:
    command = moot("cybersecurity", occurred=Occurred.parse(occurred))
    at = Occurred.parse(occurred).at

    given(PEOPLE, OPEN).when(MEMBER.sends(command)).then(
        OutOfTime(
            occurred=at,
            problem="only the Secretariat and the Chair may record another time than now.",
        )
    )


UNFINISHED = ("2018-04-04", "2018-04", "2018", "2018-04-01/2018-04-30")
"""Periods that have begun and not ended."""


@pytest.mark.parametrize("person", [SECRETARIAT, OPERATOR])
@pytest.mark.parametrize(
    "occurred", ["2018-04-05", "2018-04-04T12:00:00.000001Z", "2019", *UNFINISHED]
)
def test_future_is_refused(person: Person, occurred: str) -> None:
    at = Occurred.parse(occurred).at

    given(PEOPLE).when(opening(person, occurred)).then(
        OutOfTime(occurred=at, problem="it has not happened yet.")
    )


@pytest.mark.parametrize("occurred", ["2018-04-03", "2018-03", "2017", "2018-04-01/2018-04-03"])
def test_period_that_has_passed_is_accepted(occurred: str) -> None:
    given(PEOPLE).when(opening(SECRETARIAT, occurred)).then(Cycle.Opened)


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR, MEMBER])
@pytest.mark.parametrize("ground", Ground)
def test_provenance_from_others_than_the_operator_is_refused(
    person: Person, ground: Ground
) -> None:
    given(PEOPLE).when(opening(person, provenance=Provenance(ground))).then(
        RoleRequired(needed=(Role.OPERATOR,), at=NOW)
    )


def test_operator_needs_no_role_and_is_no_person() -> None:
    record = given(PEOPLE).when(opening(OPERATOR, "2018-01")).then(Cycle.Opened)

    assert record.appended[0].act.actor == Actor(Role.OPERATOR)


def test_system_acts_only_where_the_system_may() -> None:
    refused = RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)

    given(PEOPLE).when(replace(opening(OPERATOR), caller=SYSTEM)).then(refused)


def test_import_for_a_person_takes_a_role_of_that_time() -> None:
    imported, person = Provenance(Ground.IMPORTED), in_the_name_of(SECRETARIAT)

    record = given(PEOPLE).when(opening(person, "2018-03", imported)).then(Cycle.Opened)

    assert record.appended[0].act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    given(PEOPLE).when(opening(person, "2017-12", imported)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=Occurred.parse("2017-12").begins)
    )


def test_provenance_source_that_is_free_text_is_refused() -> None:
    def imported(*cited: Citation) -> SentCommand:
        return opening(OPERATOR, provenance=Provenance(Ground.IMPORTED, cited))

    report = Citation("report", "paragraph 3, p. 2")
    given().when(imported(report, Citation("mail.2018-04-06"))).then(Cycle.Opened)
    given().when(imported(Citation("report", "§ Ann said so"))).then(
        BadValue(
            field="provenance.sources.0.place",
            problem="use at most 80 letters, digits, spaces and . , : ; / # ( ) -",
        )
    )
    given().when(imported(report, Citation("Ann said so"))).then(
        BadValue(
            field="provenance.sources.1.key",
            problem="use lower-case letters, digits, dots and hyphens.",
        )
    )


NEWCOMER = (
    *PEOPLE,
    OPEN,
    STRANGER.sends(RegisterParticipant(command_id=id_of("register"))),
    granted(STRANGER, Role.MAG_MEMBER),
)


def test_contribution_before_the_code_of_conduct_is_refused() -> None:
    given(NEWCOMER).when(STRANGER.sends(moot("cybersecurity"))).then(
        CodeOfConductNotAccepted(version=1)
    )


def test_import_needs_no_accepted_code_of_conduct() -> None:
    command = moot("cybersecurity", provenance=Provenance(Ground.IMPORTED))

    given(NEWCOMER).when(in_the_name_of(STRANGER).sends(command)).then(Proposal.PutForward)


def test_illustration_needs_an_accepted_code_of_conduct() -> None:
    command = moot("cybersecurity", provenance=Provenance(Ground.ILLUSTRATION))

    given(NEWCOMER).when(in_the_name_of(STRANGER).sends(command)).then(
        CodeOfConductNotAccepted(version=1)
    )


def test_aggregate_that_has_changed_since_it_was_read_is_stale() -> None:
    def assess(expected: int) -> SentCommand:
        return SECRETARIAT.sends(
            AssessResources(
                command_id=id_of("assess"), year=2018, capacity=3, expected_version=expected
            )
        )

    given(PEOPLE, OPEN).when(assess(1)).then(Cycle.ResourcesAssessed)
    for expected in (-1, 0, 2, 2**60):
        given(PEOPLE, OPEN).when(assess(expected)).then(
            StaleVersion(id=cycle_id(2018), expected=expected, actual=1)
        )


def test_source_key_that_is_free_text_is_refused() -> None:
    source = ListSource(command_id=id_of("source"), key="Ann's mail", title="A mail")

    given(PEOPLE).when(SECRETARIAT.sends(source)).then(
        BadValue(field="key", problem="use lower-case letters, digits, dots and hyphens.")
    )
