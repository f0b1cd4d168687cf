"""Meetings of the MAG and of groups: called, moved, held and cancelled."""

from dataclasses import replace
from datetime import timedelta
from itertools import permutations
from typing import Any

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.decision import Decision
from intersessional.domain.group.commands import ReleaseFacilitator
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    MoveMeeting,
    PublishSummary,
    RecordMeetingHeld,
    ScheduleGroupMeeting,
    ScheduleMeeting,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingKind, MeetingState
from intersessional.domain.meeting.refusals import MeetingIsOver
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    Person,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import GROUP, WORKING
from tests.domain.scenarios import CYCLE, MEETING, decide

HELD = Occurred.parse("2018-04-18")
SCHEDULE = ScheduleMeeting(
    command_id=id_of("s"),
    year=2018,
    kind=MeetingKind.VIRTUAL,
    ordinal=2,
    held=HELD,
    label="Second virtual meeting",
    note="Its date may move.",
)
SUMMARY = PublishSummary(command_id=id_of("summary"), meeting=MEETING, summary="It was agreed.")
PUBLISHED = SECRETARIAT.sends(SUMMARY)


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_a_meeting_is_called_by_its_kind_and_ordinal(person: Person) -> None:
    given(CYCLE).when(person.sends(SCHEDULE)).then(
        event(
            Meeting.Scheduled,
            originator_id=meeting_id(2018, "VIRTUAL", 2),
            cycle_id=cycle_id(2018),
            year=2018,
            kind=MeetingKind.VIRTUAL,
            ordinal=2,
            planned=HELD,
            label=Sealed("Second virtual meeting"),
            note=Sealed("Its date may move."),
        )
    )


def test_the_ordinal_is_unique_in_its_cycle_and_kind() -> None:
    given(CYCLE).when(SECRETARIAT.sends(replace(SCHEDULE, ordinal=1))).then(
        AlreadyRecorded(kind="meeting", id=MEETING)
    )
    face_to_face = replace(SCHEDULE, ordinal=1, kind=MeetingKind.FACE_TO_FACE)
    given(CYCLE).when(SECRETARIAT.sends(face_to_face)).then(Meeting.Scheduled)


@pytest.mark.parametrize("person", [MEMBER, COMMENTER])
def test_meeting_called_by_another_role_is_refused(person: Person) -> None:
    given(CYCLE).when(person.sends(SCHEDULE)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (replace(SCHEDULE, year=2017), NotFound(kind="cycle", id=str(cycle_id(2017)))),
        (
            replace(SCHEDULE, ordinal=0),
            BadValue(field="ordinal", problem="0 is not from 1 to 1000."),
        ),
        (replace(SCHEDULE, label=""), BadValue(field="label", problem="it is empty.")),
    ],
)
def test_meeting_with_a_malformed_value_is_refused(
    command: ScheduleMeeting, refused: BadValue | NotFound
) -> None:
    given(CYCLE).when(SECRETARIAT.sends(command)).then(refused)


def moved(held: str, reason: str | None = None, **overrides: Any) -> MoveMeeting:
    return MoveMeeting(
        command_id=id_of(f"move {held}"),
        meeting=MEETING,
        held=Occurred.parse(held),
        reason=reason,
        **overrides,
    )


def was_held(began: str, ended: str | None = None, **overrides: Any) -> RecordMeetingHeld:
    return RecordMeetingHeld(
        command_id=id_of(f"held {began}"),
        meeting=MEETING,
        began=Occurred.parse(began),
        ended=None if ended is None else Occurred.parse(ended),
        **overrides,
    )


CANCEL = CancelMeeting(command_id=id_of("cancel"), meeting=MEETING, reason="The hall is taken.")
PARENTS: dict[str, Any] = {"cycle_id": cycle_id(2018), "group_id": None}


def test_the_time_of_a_meeting_can_become_more_exact() -> None:
    year = replace(SCHEDULE, held=Occurred.parse("2018"))
    day = replace(moved("2018-05-02"), meeting=meeting_id(2018, "VIRTUAL", 2))

    record = (
        given(CYCLE, SECRETARIAT.sends(year))
        .when(SECRETARIAT.sends(day))
        .then(event(Meeting.Moved, **PARENTS, planned=Occurred.parse("2018-05-02"), reason=None))
    )

    meeting = record.aggregate(Meeting, meeting_id(2018, "VIRTUAL", 2))
    assert (meeting.state, meeting.planned.at) == (MeetingState.PLANNED, "2018-05-02")


def test_a_meeting_is_moved_to_another_time_with_a_reason() -> None:
    given(CYCLE).when(CHAIR.sends(moved("2018-04-18"))).then(
        BadValue(field="reason", problem="a meeting that is set to another time needs a reason.")
    )
    record = (
        given(CYCLE)
        .when(CHAIR.sends(moved("2018-04-18", "A holiday.", time_zone="Europe/Zurich")))
        .then(
            event(
                Meeting.Moved,
                **PARENTS,
                planned=HELD,
                time_zone="Europe/Zurich",
                reason=Sealed("A holiday."),
            )
        )
    )

    meeting = record.aggregate(Meeting, MEETING)
    assert (meeting.state, meeting.planned) == (MeetingState.MOVED, HELD)
    record.when(CHAIR.sends(decide("a"))).then(
        BadValue(field="meeting", problem="it had not begun at that time.")
    )


def test_a_meeting_was_held_by_its_end() -> None:
    record = (
        given(CYCLE)
        .when(SECRETARIAT.sends(was_held("2018-04-04T09:00:00Z", "2018-04-04T11:30:00Z")))
        .then(
            event(
                Meeting.Held,
                **PARENTS,
                began=Occurred.parse("2018-04-04T09:00:00Z"),
                ended=Occurred.parse("2018-04-04T11:30:00Z"),
            )
        )
    )

    assert record.appended[0].act.occurred == Occurred.parse("2018-04-04T11:30:00Z")
    assert record.aggregate(Meeting, MEETING).state is MeetingState.HELD


@pytest.mark.parametrize(
    ("command", "field", "problem"),
    [
        (was_held("2018-04-04"), "began", "it is yet to come."),
        (was_held("2018-04-03", "2018-04-04T12:00:01Z"), "ended", "it is yet to come."),
        (was_held("2018-04-03", "2018-04-02"), "ended", "it is not after the meeting began."),
    ],
)
def test_a_meeting_that_is_not_over_was_not_held(
    command: RecordMeetingHeld, field: str, problem: str
) -> None:
    given(CYCLE).when(SECRETARIAT.sends(command)).then(BadValue(field=field, problem=problem))


@pytest.mark.parametrize(
    ("over", "state"),
    [(was_held("2018-04-03"), MeetingState.HELD), (CANCEL, MeetingState.CANCELLED)],
)
def test_a_meeting_that_was_held_or_cancelled_is_not_ahead(
    over: Command, state: MeetingState
) -> None:
    for command in (moved("2018-04"), was_held("2018-04-02"), replace(CANCEL, reason="Again.")):
        again = replace(command, command_id=id_of("again"))
        given(CYCLE, SECRETARIAT.sends(over)).when(SECRETARIAT.sends(again)).then(
            MeetingIsOver(meeting=MEETING, state=state)
        )


def test_nothing_is_decided_at_a_cancelled_meeting_or_at_one_of_a_group() -> None:
    given(CYCLE, SECRETARIAT.sends(CANCEL)).when(CHAIR.sends(decide("a"))).then(
        BadValue(field="meeting", problem="it was cancelled.")
    )
    given(WORKING, FACILITATOR.sends(CALL)).when(
        CHAIR.sends(decide("a", meeting=CALL.derived_id))
    ).then(BadValue(field="meeting", problem="it is not a meeting of the MAG."))


def test_a_decision_can_be_recorded_after_the_meeting_at_which_it_was_taken() -> None:
    history = (CYCLE, SECRETARIAT.sends(replace(SCHEDULE, held=Occurred.parse("2018-01-10"))))
    meeting = meeting_id(2018, "VIRTUAL", 2)

    given(*history).when(CHAIR.sends(decide("a", meeting=meeting))).then(
        BadValue(field="meeting", problem="it was over at that time.")
    )
    then = Occurred.parse("2018-01-10")
    given(*history).when(CHAIR.sends(decide("a", meeting=meeting, occurred=then))).then(
        event(Decision.Recorded, meeting_id=meeting)
    )


@pytest.mark.parametrize(
    ("zone", "accepted"), [(None, False), ("Europe/Zurich", False), ("America/Lima", True)]
)
def test_the_days_of_a_meeting_are_also_those_at_its_place(
    zone: str | None, accepted: bool
) -> None:
    """A meeting of 3 April in Lima ends there at 5 o'clock of 4 April in UTC."""
    meeting = meeting_id(2018, "VIRTUAL", 2)
    scheduled = replace(SCHEDULE, held=Occurred.parse("2018-04-03"), time_zone=zone)
    late = Occurred.parse("2018-04-04T04:59:59Z")

    outcome = given(CYCLE, SECRETARIAT.sends(scheduled)).when(
        CHAIR.sends(decide("a", meeting=meeting, occurred=late))
    )

    assert (outcome.refused is None) is accepted


CALL = ScheduleGroupMeeting(
    command_id=id_of("call"),
    group=GROUP,
    kind=MeetingKind.VIRTUAL,
    held=Occurred.parse("2018-04-04"),
    label="First call",
)


def test_a_group_and_the_secretariat_look_after_the_meetings_of_the_group() -> None:
    called = given(WORKING, FACILITATOR.sends(CALL))
    parents: dict[str, Any] = {"cycle_id": cycle_id(2018), "group_id": GROUP}
    move = replace(moved("2018-05", "Too few."), meeting=CALL.derived_id)
    cancel = replace(CANCEL, meeting=CALL.derived_id)

    for person in (FACILITATOR, SECRETARIAT):
        called.when(person.sends(move)).then(event(Meeting.Moved, **parents))
        called.when(person.sends(cancel)).then(event(Meeting.Cancelled, **parents))
    for person in (CHAIR, MEMBER, COMMENTER):
        called.when(person.sends(move)).then(
            RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
        )
    called.when(SECRETARIAT.sends(replace(SUMMARY, meeting=CALL.derived_id))).then(
        event(Meeting.SummaryPublished, **parents)
    )


FACTS = (
    replace(moved("2018-03-10", "A holiday."), occurred=Occurred.parse("2018-02-01")),
    replace(moved("2018-03-12", "A strike."), occurred=Occurred.parse("2018-02-10")),
    replace(was_held("2018-03-12"), occurred=Occurred.parse("2018-03-12")),
    replace(SUMMARY, occurred=Occurred.parse("2018-03-20")),
)


@pytest.mark.parametrize("told", list(permutations(range(4))))
def test_told_in_any_order_a_meeting_is_the_same_at_every_time(told: tuple[int, ...]) -> None:
    record = given(CYCLE, [SECRETARIAT.sends(FACTS[n]) for n in told])

    meeting = record.aggregate(Meeting, MEETING)
    states = [
        meeting.at(Occurred.parse(day))
        for day in ("2018-01-31", "2018-02-01", "2018-02-10", "2018-03-12", "2018-03-20")
    ]
    assert [(one.state.value, (one.began or one.planned).at, one.summarised) for one in states] == [
        ("PLANNED", "2018-04-04", False),
        ("MOVED", "2018-03-10", False),
        ("MOVED", "2018-03-12", False),
        ("HELD", "2018-03-12", False),
        ("HELD", "2018-03-12", True),
    ]


def test_a_meeting_was_moved_by_who_facilitated_the_group_then() -> None:
    """The facilitator has been released since: the import is judged by the time of the move."""
    called = replace(CALL, occurred=Occurred.parse("2018-04-04T12:00:00Z"))
    released = ReleaseFacilitator(
        command_id=id_of("release"), group=GROUP, participant=FACILITATOR.id
    )
    history = (
        WORKING,
        SECRETARIAT.sends(called),
        FACILITATOR.sends(released, NOW + timedelta(days=2)),
    )
    move = replace(moved("2018-05", "Too few."), meeting=CALL.derived_id)
    now, importer = NOW + timedelta(days=9), in_the_name_of(FACILITATOR)

    for days, accepted in ((1, True), (3, False)):
        then = Occurred.instant(NOW + timedelta(days=days))
        imported = replace(move, occurred=then, provenance=Provenance(Ground.IMPORTED))
        outcome = given(*history).when(importer.sends(imported, now))
        assert (outcome.refused is None) is accepted


def test_a_meeting_whose_kind_no_source_gives_has_none() -> None:
    given(CYCLE).when(SECRETARIAT.sends(replace(SCHEDULE, kind=None))).then(
        event(
            Meeting.Scheduled,
            originator_id=meeting_id(2018, None, 2),
            kind=None,
            ordinal=2,
            planned=HELD,
        )
    )


def test_duration_is_of_a_meeting_with_a_clock_time() -> None:
    instant = Occurred.parse("2018-04-18T13:00:00Z")
    timed = replace(SCHEDULE, held=instant, duration_minutes=90)
    move = MoveMeeting(
        command_id=id_of("move"),
        meeting=SCHEDULE.created_id,
        held=Occurred.parse("2018-04-19T13:00:00Z"),
        duration_minutes=60,
        reason="A holiday.",
    )

    given(CYCLE).when(SECRETARIAT.sends(timed)).then(
        event(Meeting.Scheduled, planned=instant, duration_minutes=90)
    )
    given(CYCLE, (SECRETARIAT.sends(timed),)).when(SECRETARIAT.sends(move)).then(
        event(Meeting.Moved, duration_minutes=60)
    )
    for command, problem in (
        (
            replace(SCHEDULE, duration_minutes=90),
            "the meeting has no clock time from which it could be counted.",
        ),
        (replace(timed, duration_minutes=0), "0 is not from 1 to 1440."),
    ):
        given(CYCLE).when(SECRETARIAT.sends(command)).then(
            BadValue(field="duration_minutes", problem=problem)
        )
