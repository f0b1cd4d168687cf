"""Facilitators: appointed and released, and what they do for their group."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.decision.commands import Establish, OutcomeChoice
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ReleaseFacilitator,
)
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    NotFound,
    OutOfTime,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_changes import (
    APPOINT,
    CONCLUDE,
    HELD,
    MEET,
    NEEDED,
    RELEASE,
    RENAME,
    STEWARDS,
)
from tests.domain.group_scenarios import APPROVED, GROUP, MANDATE, WORKING
from tests.domain.scenarios import CYCLE, approved, decide, group_id, mandate

OTHER_GROUP = group_id("gender")


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_a_facilitator_is_appointed_and_released(person: Person) -> None:
    given(APPROVED).when(person.sends(APPOINT)).then(
        event(
            Group.FacilitatorAppointed,
            originator_id=GROUP,
            participant_id=COMMENTER.id,
        )
    )
    given(WORKING).when(person.sends(RELEASE)).then(
        event(Group.FacilitatorReleased, participant_id=FACILITATOR.id)
    )


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
@pytest.mark.parametrize("command", [APPOINT, RELEASE])
def test_facilitator_appointed_or_released_by_another_role_is_refused(
    person: Person, command: Command
) -> None:
    given(WORKING).when(person.sends(command)).then(RoleRequired(needed=STEWARDS, at=NOW))


def test_who_facilitates_is_right_at_each_time_when_it_is_told_late() -> None:
    def imported(command: Any, day: str) -> SentCommand:
        return OPERATOR.sends(
            replace(
                command,
                command_id=id_of(f"{command} {day}"),
                decision=None,
                occurred=Occurred.parse(day),
                provenance=Provenance(Ground.IMPORTED),
            )
        )

    group = outcome_id(id_of("decide early"), 1)
    early = decide(
        "early",
        OutcomeChoice(establish=Establish(kind="WORKING_GROUP", name="A group")),
        occurred=Occurred.parse("2018-01"),
        provenance=Provenance(Ground.IMPORTED),
        meeting=None,
    )
    appoint = replace(APPOINT, group=group)
    release = ReleaseFacilitator(command_id=id_of("r"), group=group, participant=COMMENTER.id)
    record = given(
        CYCLE,
        OPERATOR.sends(early),
        imported(appoint, "2018-03-01"),
        imported(appoint, "2018-02-01"),
        imported(release, "2018-02-15"),
    )

    found = record.aggregate(Group, group)

    days = ("2018-02-10", "2018-02-20", "2018-03-10")
    assert [len(found.at(Occurred.parse(day)).facilitators) for day in days] == [1, 0, 1]
    given(CYCLE, OPERATOR.sends(early)).when(imported(appoint, "2017-12-31")).then(
        OutOfTime(occurred="2017-12-31", problem="the group was established later.")
    )


def test_facilitator_is_a_participant_and_appointed_once() -> None:
    stranger = AppointFacilitator(
        command_id=id_of("a"), group=GROUP, participant=STRANGER.id, decision=MANDATE
    )
    again = AppointFacilitator(
        command_id=id_of("a"), group=GROUP, participant=FACILITATOR.id, decision=MANDATE
    )

    given(WORKING).when(SECRETARIAT.sends(stranger)).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )
    given(WORKING).when(SECRETARIAT.sends(again)).then(
        AlreadyRecorded(kind="facilitator", id=FACILITATOR.id)
    )


def test_release_of_someone_else_than_a_facilitator_is_refused() -> None:
    given(APPROVED).when(SECRETARIAT.sends(RELEASE)).then(
        NotFound(kind="facilitator", id=str(FACILITATOR.id))
    )


@pytest.mark.parametrize("person", [FACILITATOR, SECRETARIAT])
def test_facilitators_and_the_secretariat_steward_the_group(person: Person) -> None:
    given(WORKING).when(person.sends(RENAME)).then(
        event(Group.Renamed, name=Sealed("IoT, AI"), reason=Sealed("It is clearer."))
    )
    given(WORKING).when(person.sends(MEET)).then(
        event(
            Meeting.Scheduled,
            originator_id=MEET.derived_id,
            body=MeetingBody.GROUP,
            group_id=GROUP,
            cycle_id=cycle_id(2018),
            planned=HELD,
            label=Sealed("First call"),
        )
    )
    given(WORKING).when(person.sends(CONCLUDE)).then(
        event(Group.Concluded, reason=Sealed("It is done."))
    )


@pytest.mark.parametrize(("command", "needed"), NEEDED)
def test_a_facilitator_stewards_their_own_group_and_only_while_appointed(
    command: Command, needed: tuple[Role, ...]
) -> None:
    refused = RoleRequired(needed=needed, at=NOW)
    elsewhere = AppointFacilitator(
        command_id=id_of("elsewhere"),
        group=OTHER_GROUP,
        participant=COMMENTER.id,
        decision=mandate("gender"),
    )

    given(WORKING, approved("gender"), SECRETARIAT.sends(elsewhere)).when(
        COMMENTER.sends(command)
    ).then(refused)
    given(WORKING, SECRETARIAT.sends(RELEASE)).when(FACILITATOR.sends(command)).then(refused)


def test_facilitator_records_no_other_time_than_now() -> None:
    yesterday = Occurred.parse("2018-04-03")
    command = replace(MEET, occurred=yesterday)

    given(WORKING).when(FACILITATOR.sends(command)).then(
        OutOfTime(
            occurred="2018-04-03",
            problem="only the Secretariat and the Chair may record another time than now.",
        )
    )
    given(WORKING).when(SECRETARIAT.sends(command)).then(Meeting.Scheduled)


def test_facilitator_of_the_secretariat_records_the_past_as_secretariat() -> None:
    both = AppointFacilitator(
        command_id=id_of("a"), group=GROUP, participant=SECRETARIAT.id, decision=MANDATE
    )
    past, now = (
        replace(MEET, occurred=occurred) for occurred in (Occurred.parse("2018-04-03"), None)
    )
    history = (WORKING, CHAIR.sends(both))

    for command, role in [(past, Role.SECRETARIAT), (now, Role.FACILITATOR)]:
        record = given(*history).when(SECRETARIAT.sends(command)).then(Meeting.Scheduled)
        assert record.appended[0].act.actor.role is role


def test_imported_act_of_a_facilitator_is_recorded_for_who_facilitated_then() -> None:
    command = replace(MEET, occurred=Occurred.instant(NOW), provenance=Provenance(Ground.IMPORTED))
    earlier = replace(command, occurred=Occurred.parse("2018-04-03"))
    person = in_the_name_of(FACILITATOR)

    record = given(WORKING).when(person.sends(command)).then(Meeting.Scheduled)

    assert record.appended[0].act.actor.role is Role.FACILITATOR
    given(WORKING).when(person.sends(earlier)).then(
        RoleRequired(needed=STEWARDS[:2], at=earlier.occurred.begins if earlier.occurred else NOW)
    )
