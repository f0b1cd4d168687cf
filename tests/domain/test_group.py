"""Groups: their facilitators, names and meetings."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice, Renew
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.group.commands import (
    AppointFacilitator,
    ConcludeGroup,
    RecordGroup,
    ReleaseFacilitator,
    RenameGroup,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, outcome_id
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
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import APPROVED, CONCLUDED, GROUP, MANDATE, WORKING
from tests.domain.scenarios import CYCLE, approved, decide, group_id, mandate

OTHER_GROUP = group_id("gender")
HELD = Occurred.parse("2018-05-02T13:00:00Z")
APPOINT = AppointFacilitator(
    command_id=id_of("a"), group=GROUP, participant=COMMENTER.id, decision=MANDATE
)
RELEASE = ReleaseFacilitator(
    command_id=id_of("r"), group=GROUP, participant=FACILITATOR.id, decision=MANDATE
)
RENAME = RenameGroup(
    command_id=id_of("n"), group=GROUP, name="IoT, AI", reason="It is clearer.", decision=MANDATE
)
MEET = ScheduleGroupMeeting(
    command_id=id_of("m"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=HELD,
    label="First call",
)
CONCLUDE = ConcludeGroup(command_id=id_of("c"), group=GROUP, reason="It is done.", decision=MANDATE)
STEWARDS = (Role.FACILITATOR, Role.SECRETARIAT, Role.MAG_CHAIR)
NEEDED = [(RENAME, STEWARDS), (CONCLUDE, STEWARDS), (MEET, STEWARDS[:2])]


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


@pytest.mark.parametrize("command", [APPOINT, RELEASE, RENAME, CONCLUDE])
def test_the_secretariat_and_the_chair_change_a_group_only_on_a_decision(command: Any) -> None:
    alone = replace(command, decision=None)

    for person in (SECRETARIAT, CHAIR, OPERATOR):
        given(WORKING).when(person.sends(alone)).then(DecisionRequired())
    assert given(WORKING).when(FACILITATOR.sends(alone)).scenario.appended
    imported = replace(alone, provenance=Provenance(Ground.IMPORTED))
    assert given(WORKING).when(OPERATOR.sends(imported)).scenario.appended


def test_the_decision_is_recorded_with_what_rests_on_it() -> None:
    given(WORKING).when(SECRETARIAT.sends(RENAME)).then(event(Group.Renamed, decision_id=MANDATE))


def test_the_decision_is_in_the_record_and_was_taken_by_then() -> None:
    unknown = replace(RENAME, decision=id_of("no decision"))
    earlier = replace(RENAME, occurred=Occurred.parse("2018-04-04T11:59:59Z"))
    before = decide("before", year=2017, meeting=None, on_list=True, assessment=None)
    of_2017 = (
        SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2017"), year=2017)),
        CHAIR.sends(before),
    )

    given(WORKING).when(SECRETARIAT.sends(unknown)).then(
        NotFound(kind="decision", id=str(id_of("no decision")))
    )
    given(WORKING).when(SECRETARIAT.sends(earlier)).then(
        BadValue(field="decision", problem="it was taken later.")
    )
    given(WORKING, *of_2017).when(
        SECRETARIAT.sends(replace(RENAME, decision=before.derived_id))
    ).then(BadValue(field="decision", problem="it is of a cycle that the group is not of."))


def test_a_decision_that_is_about_something_else_changes_no_group() -> None:
    other = replace(RENAME, decision=mandate("gender"))
    problem = "it is about something else."

    given(WORKING, approved("gender")).when(SECRETARIAT.sends(other)).then(
        BadValue(field="decision", problem=problem)
    )


def test_a_decision_without_outcomes_changes_a_group_that_there_was() -> None:
    bare = decide("bare", assessment=None)
    early = replace(bare, occurred=Occurred.parse("2018-04-03"), meeting=None, on_list=True)
    rename = replace(RENAME, decision=bare.derived_id)
    problem = "it was taken before there was the group."

    given(WORKING, CHAIR.sends(bare)).when(SECRETARIAT.sends(rename)).then(
        event(Group.Renamed, decision_id=bare.derived_id)
    )
    given(WORKING, CHAIR.sends(early)).when(SECRETARIAT.sends(rename)).then(
        BadValue(field="decision", problem=problem)
    )


def test_a_group_concludes_after_all_that_it_did() -> None:
    renamed = replace(RENAME, occurred=Occurred.parse("2018-04-06"))
    concluded = replace(CONCLUDE, occurred=Occurred.parse("2018-04-05"))
    later = NOW + timedelta(days=60)
    history = (*WORKING, SECRETARIAT.sends(renamed, later))

    given(history).when(SECRETARIAT.sends(concluded, later)).then(
        OutOfTime(occurred="2018-04-05", problem="the group changed after that time.")
    )
    given(history).when(
        SECRETARIAT.sends(replace(concluded, occurred=Occurred.parse("2018-04-06")), later)
    ).then(Group.Concluded)


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


def test_a_group_of_the_past_is_known_without_a_decision() -> None:
    record = RecordGroup(
        command_id=id_of("record"),
        kind="BPF",
        name="BPF on IPv6",
        year=2018,
        occurred=Occurred.parse("2018-03"),
        provenance=Provenance(Ground.IMPORTED),
    )

    given(CYCLE).when(OPERATOR.sends(record)).then(
        event(Group.Established, cycle_id=cycle_id(2018), decision_id=None, proposal_id=None),
        event(Cycle.GroupAdmitted, kind="BPF", capped_by="BPF_CAP"),
    )
    given(CYCLE).when(OPERATOR.sends(replace(record, year=None))).then(
        event(Group.Established, cycle_id=None, year=None)
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(record, provenance=None))).then(DecisionRequired())


def test_a_decision_establishes_a_group_outside_the_cycles() -> None:
    coalition = Establish(kind="DYNAMIC_COALITION", name="Accessibility", outside_cycles=True)

    given(CYCLE).when(CHAIR.sends(decide("dc", OutcomeChoice(establish=coalition)))).then(
        event(Group.Established, cycle_id=None, year=None, name=Sealed("Accessibility")),
        Decision.Recorded,
    )


def test_a_later_decision_renews_a_group_for_its_cycle() -> None:
    established = decide(
        "wg", OutcomeChoice(establish=Establish(kind="WORKING_GROUP", name="A group"))
    )
    group = outcome_id(established.command_id, 1)
    renew = OutcomeChoice(renew=Renew(group=group))
    history = (
        CYCLE,
        CHAIR.sends(established),
        SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019)),
    )
    renewed = decide("renew", renew, year=2019, meeting=None, on_list=True, assessment=None)

    given(*history).when(CHAIR.sends(renewed)).then(
        event(Group.Renewed, cycle_id=cycle_id(2019), decision_id=renewed.derived_id),
        event(Cycle.GroupAdmitted, originator_id=cycle_id(2019), group_id=group),
        Decision.Recorded,
    )
    given(*history).when(CHAIR.sends(decide("again", renew))).then(
        AlreadyRecorded(kind="group of the cycle", id=group)
    )
    forum = OutcomeChoice(renew=Renew(group=GROUP))
    given(WORKING).when(CHAIR.sends(decide("forum", forum))).then(
        BadValue(field="outcomes.0.renew.group", problem="it comes from a proposal: approve one.")
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


@pytest.mark.parametrize("person", [MEMBER, OTHER_MEMBER, COMMENTER])
@pytest.mark.parametrize(("command", "needed"), NEEDED)
def test_group_changed_by_another_role_is_refused(
    person: Person, command: Command, needed: tuple[Role, ...]
) -> None:
    given(WORKING).when(person.sends(command)).then(RoleRequired(needed=needed, at=NOW))


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
