"""The time of a meeting: planned, moved, and that at which it was held."""

from dataclasses import replace
from itertools import permutations
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.ids import cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import (
    MoveMeeting,
    RecordMeetingHeld,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingState
from tests.domain.actors import (
    CHAIR,
    SECRETARIAT,
    id_of,
)
from tests.domain.given_when_then import given
from tests.domain.meeting_changes import HELD, SCHEDULE, SUMMARY, moved, was_held
from tests.domain.scenarios import CYCLE, MEETING, decide

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
