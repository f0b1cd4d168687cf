"""Who may do something, in which role, and of which time they may tell."""

import pytest

from intersessional.domain.cycle.commands import AssessResources, OpenCycle, SetProposalDeadline
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import LIVE, Actor, Ground, Provenance, Role
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
    CHAIR,
    COMMENTER,
    MEMBER,
    NOBODY,
    OPERATOR,
    PEOPLE,
    SECRETARIAT,
    STRANGER,
    Person,
    granted,
    id_of,
    in_the_name_of,
)
from tests.domain.scenarios import moot
from tests.domain.story import NOW, Said, event, given

OPEN = SECRETARIAT.says(OpenCycle(command_id=id_of("open"), year=2018))


def opening(person: Person, occurred: str | None = None, told: Provenance | None = None) -> Said:
    return person.says(
        OpenCycle(
            command_id=id_of("open"),
            year=2018,
            occurred=None if occurred is None else Occurred.parse(occurred),
            provenance=told,
        )
    )


def test_an_event_tells_who_did_it_when_and_on_what_ground() -> None:
    record = given(PEOPLE).when(opening(SECRETARIAT)).then(event(Cycle.Opened, year=2018))

    act = record.last[0].act

    assert act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    assert act.command == id_of("open")
    assert act.occurred == Occurred.instant(NOW)
    assert act.provenance == LIVE


def test_nobody_acts_without_signing_in_and_registering() -> None:
    given(PEOPLE).when(opening(NOBODY)).then(NotSignedIn())
    given(PEOPLE).when(opening(STRANGER)).then(NotRegistered())


def test_a_role_is_needed_now() -> None:
    needed = (Role.SECRETARIAT,)

    given(PEOPLE).when(opening(CHAIR)).then(RoleRequired(needed=needed, at=NOW))


def test_a_role_that_has_not_begun_is_none() -> None:
    given(PEOPLE, granted(COMMENTER, Role.SECRETARIAT, "2018-04-05")).when(opening(COMMENTER)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


def test_whose_role_has_ended_does_not_tell_of_the_time_when_they_held_it() -> None:
    ended = EndRole(
        command_id=id_of("end"),
        participant=SECRETARIAT.id,
        role=Role.SECRETARIAT,
        until=Occurred.parse("2018-04-03"),
    )

    given(PEOPLE, OPERATOR.says(ended)).when(opening(SECRETARIAT, "2018-03-19")).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_the_secretariat_and_the_chair_tell_of_the_past(person: Person) -> None:
    command = SetProposalDeadline(
        command_id=id_of("deadline"),
        year=2018,
        due_on=NOW.date(),
        occurred=Occurred.parse("2018-04-03"),
    )

    record = given(PEOPLE, OPEN).when(person.says(command)).then(Cycle.ProposalDeadlineSet)

    assert record.last[0].act.occurred == Occurred.parse("2018-04-03")


@pytest.mark.parametrize("occurred", ["2018-04-03", "2018-04-04", "2018-04-04T11:59:59Z"])
def test_nobody_else_does_so_no_deadline_is_met_afterwards(occurred: str) -> None:
    command = moot("cybersecurity", occurred=Occurred.parse(occurred))
    at = Occurred.parse(occurred).at

    given(PEOPLE, OPEN).when(MEMBER.says(command)).then(
        OutOfTime(
            occurred=at, problem="only the Secretariat and the Chair tell of another time than now."
        )
    )


@pytest.mark.parametrize("person", [SECRETARIAT, OPERATOR])
@pytest.mark.parametrize("occurred", ["2018-04-05", "2018-04-04T12:00:00.000001Z", "2019"])
def test_nobody_tells_of_what_has_not_happened_yet(person: Person, occurred: str) -> None:
    at = Occurred.parse(occurred).at

    given(PEOPLE).when(opening(person, occurred)).then(
        OutOfTime(occurred=at, problem="it has not happened yet.")
    )


@pytest.mark.parametrize("occurred", ["2018-04-04", "2018-04", "2018", "2018-04-01/2018-04-30"])
def test_a_time_that_has_begun_can_be_told(occurred: str) -> None:
    given(PEOPLE).when(opening(SECRETARIAT, occurred)).then(Cycle.Opened)


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR, MEMBER])
@pytest.mark.parametrize("ground", Ground)
def test_only_the_operator_gives_a_ground(person: Person, ground: Ground) -> None:
    given(PEOPLE).when(opening(person, told=Provenance(ground))).then(
        RoleRequired(needed=(Role.OPERATOR,), at=NOW)
    )


def test_the_operator_needs_no_role_and_is_no_person() -> None:
    record = given(PEOPLE).when(opening(OPERATOR, "2018-01")).then(Cycle.Opened)

    assert record.last[0].act.actor == Actor(Role.OPERATOR)


def test_what_is_imported_in_someones_name_takes_a_role_of_that_time() -> None:
    imported, person = Provenance(Ground.IMPORTED), in_the_name_of(SECRETARIAT)

    record = given(PEOPLE).when(opening(person, "2018-03", imported)).then(Cycle.Opened)

    assert record.last[0].act.actor == Actor(Role.SECRETARIAT, SECRETARIAT.id)
    given(PEOPLE).when(opening(person, "2017-12", imported)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=Occurred.parse("2017-12").begins)
    )


def test_a_fact_cites_sources_by_their_keys_and_by_no_free_text() -> None:
    def told(*keys: str) -> Said:
        return opening(OPERATOR, told=Provenance(Ground.IMPORTED, keys))

    given().when(told("report", "mail.2018-04-06")).then(Cycle.Opened)
    given().when(told("report", "Ann said so")).then(
        BadValue(
            field="provenance.sources.1",
            problem="use lower-case letters, digits, dots and hyphens.",
        )
    )


NEWCOMER = (
    *PEOPLE,
    OPEN,
    STRANGER.says(RegisterParticipant(command_id=id_of("register"))),
    granted(STRANGER, Role.MAG_MEMBER),
)


def test_the_code_of_conduct_comes_before_the_first_contribution() -> None:
    given(NEWCOMER).when(STRANGER.says(moot("cybersecurity"))).then(
        CodeOfConductNotAccepted(version=1)
    )


def test_sources_need_not_tell_that_someone_accepted_the_code_of_conduct() -> None:
    said = moot("cybersecurity", provenance=Provenance(Ground.IMPORTED))

    given(NEWCOMER).when(in_the_name_of(STRANGER).says(said)).then(Proposal.PutForward)


def test_who_is_made_up_accepts_the_code_of_conduct_too() -> None:
    said = moot("cybersecurity", provenance=Provenance(Ground.ILLUSTRATION))

    given(NEWCOMER).when(in_the_name_of(STRANGER).says(said)).then(
        CodeOfConductNotAccepted(version=1)
    )


def test_a_subject_that_has_changed_since_it_was_read_is_stale() -> None:
    def assess(expected: int) -> Said:
        return SECRETARIAT.says(
            AssessResources(
                command_id=id_of("assess"), year=2018, capacity=3, expected_version=expected
            )
        )

    given(PEOPLE, OPEN).when(assess(1)).then(Cycle.ResourcesAssessed)
    for expected in (-1, 0, 2, 2**60):
        given(PEOPLE, OPEN).when(assess(expected)).then(
            StaleVersion(id=cycle_id(2018), expected=expected, actual=1)
        )


def test_a_source_key_is_no_free_text() -> None:
    source = ListSource(command_id=id_of("source"), key="Ann's mail", title="A mail")

    given(PEOPLE).when(SECRETARIAT.says(source)).then(
        BadValue(field="key", problem="use lower-case letters, digits, dots and hyphens.")
    )
