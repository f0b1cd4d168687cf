"""Groups: their facilitators, names and meetings."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    OutOfTime,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import ScheduleGroupMeeting
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OTHER_MEMBER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import APPROVED, CONCLUDED, GROUP, WORKING
from tests.domain.scenarios import approved, group_id

OTHER_GROUP = group_id("gender")
HELD = Occurred.parse("2018-05-02T13:00:00Z")
APPOINT = AppointFacilitator(command_id=id_of("a"), group=GROUP, participant=COMMENTER.id)
RELEASE = ReleaseFacilitator(command_id=id_of("r"), group=GROUP, participant=FACILITATOR.id)
RENAME = RenameGroup(command_id=id_of("n"), group=GROUP, name="IoT, AI", reason="It is clearer.")
MEET = ScheduleGroupMeeting(
    command_id=id_of("m"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=HELD,
    label="First call",
)
CONCLUDE = ConcludeGroup(command_id=id_of("c"), group=GROUP, reason="It is done.")


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_a_facilitator_is_appointed_and_released(person: Person) -> None:
    given(APPROVED).when(person.sends(APPOINT)).then(
        event(
            Group.FacilitatorAppointed,
            originator_id=GROUP,
            participant_id=COMMENTER.id,
            mag_member=False,
        )
    )
    given(WORKING).when(person.sends(RELEASE)).then(
        event(Group.FacilitatorReleased, participant_id=FACILITATOR.id)
    )


def test_facilitator_is_recorded_with_their_mag_membership() -> None:
    command = AppointFacilitator(command_id=id_of("a"), group=GROUP, participant=MEMBER.id)

    given(APPROVED).when(SECRETARIAT.sends(command)).then(
        event(Group.FacilitatorAppointed, participant_id=MEMBER.id, mag_member=True)
    )


@pytest.mark.parametrize("person", [FACILITATOR, MEMBER, COMMENTER])
@pytest.mark.parametrize("command", [APPOINT, RELEASE])
def test_facilitator_appointed_or_released_by_another_role_is_refused(
    person: Person, command: Command
) -> None:
    given(WORKING).when(person.sends(command)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


def test_facilitator_is_a_participant_and_appointed_once() -> None:
    stranger = AppointFacilitator(command_id=id_of("a"), group=GROUP, participant=STRANGER.id)
    again = AppointFacilitator(command_id=id_of("a"), group=GROUP, participant=FACILITATOR.id)

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
            held=HELD,
            label=Sealed("First call"),
        )
    )
    given(WORKING).when(person.sends(CONCLUDE)).then(
        event(Group.Concluded, reason=Sealed("It is done."))
    )


@pytest.mark.parametrize("person", [CHAIR, MEMBER, OTHER_MEMBER, COMMENTER])
@pytest.mark.parametrize("command", [RENAME, MEET, CONCLUDE])
def test_group_changed_by_another_role_is_refused(person: Person, command: Command) -> None:
    given(WORKING).when(person.sends(command)).then(
        RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    )


@pytest.mark.parametrize("command", [RENAME, MEET, CONCLUDE])
def test_a_facilitator_stewards_their_own_group_and_only_while_appointed(command: Command) -> None:
    refused = RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    elsewhere = AppointFacilitator(
        command_id=id_of("elsewhere"), group=OTHER_GROUP, participant=COMMENTER.id
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
    both = AppointFacilitator(command_id=id_of("a"), group=GROUP, participant=SECRETARIAT.id)
    past, now = (
        replace(MEET, occurred=occurred) for occurred in (Occurred.parse("2018-04-03"), None)
    )
    history = (WORKING, CHAIR.sends(both))

    for command, role in [(past, Role.SECRETARIAT), (now, Role.FACILITATOR)]:
        record = given(*history).when(SECRETARIAT.sends(command)).then(Meeting.Scheduled)
        assert record.appended[0].act.actor.role is role


def test_imported_act_of_a_facilitator_is_recorded() -> None:
    command = replace(
        MEET, occurred=Occurred.parse("2018-04-03"), provenance=Provenance(Ground.IMPORTED)
    )

    record = given(WORKING).when(in_the_name_of(FACILITATOR).sends(command)).then(Meeting.Scheduled)

    assert record.appended[0].act.actor.role is Role.FACILITATOR


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, MEET, CONCLUDE])
def test_a_concluded_group_does_no_more_work(command: Command) -> None:
    given(CONCLUDED).when(SECRETARIAT.sends(command)).then(GroupHasConcluded(group=GROUP))


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, CONCLUDE])
def test_a_group_that_has_changed_meanwhile_is_stale(command: Command) -> None:
    given(WORKING).when(SECRETARIAT.sends(replace(command, expected_version=1))).then(
        StaleVersion(id=GROUP, expected=1, actual=2)
    )


def test_a_name_is_a_name() -> None:
    command = RenameGroup(command_id=id_of("n"), group=GROUP, name="A\nB")

    given(WORKING).when(FACILITATOR.sends(command)).then(
        BadValue(field="name", problem="it has more than one line.")
    )
