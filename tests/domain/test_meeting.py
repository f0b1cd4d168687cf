"""Meetings: called, held and cancelled."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.act import Role
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
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import WORKING
from tests.domain.meeting_changes import CALL, CANCEL, HELD, SCHEDULE, SUMMARY, moved, was_held
from tests.domain.scenarios import CYCLE, MEETING, decide

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
