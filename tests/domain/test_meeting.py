"""Meetings of the MAG, and the summaries of their rapporteur."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id, meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting import Meeting, MeetingKind
from tests.domain.actors import CHAIR, COMMENTER, MEMBER, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, proposal_id, submitted

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
            held=HELD,
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


def test_summary_of_recorded_subjects_is_published() -> None:
    states = (MEETING, proposal_id("ai"), cycle_id(2018))

    given(CYCLE, submitted("ai")).when(SECRETARIAT.sends(replace(SUMMARY, states=states))).then(
        event(
            Meeting.SummaryPublished,
            originator_id=MEETING,
            summary=Sealed("It was agreed."),
            states=states,
        )
    )


def test_summary_that_states_an_unknown_subject_is_refused() -> None:
    states = (MEETING, id_of("hearsay"))

    given(CYCLE).when(SECRETARIAT.sends(replace(SUMMARY, states=states))).then(
        NotFound(kind="subject", id=str(id_of("hearsay")))
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(SUMMARY, states=(MEETING,) * 201))).then(
        BadValue(field="states", problem="at most 200.")
    )


def test_a_published_summary_is_corrected_with_a_reason() -> None:
    again = replace(SUMMARY, command_id=id_of("again"), summary="It was not agreed.")

    given(CYCLE, PUBLISHED).when(SECRETARIAT.sends(again)).then(
        BadValue(field="reason", problem="a correction of a published summary needs a reason.")
    )
    given(CYCLE, PUBLISHED).when(SECRETARIAT.sends(replace(again, reason="A slip."))).then(
        event(
            Meeting.SummaryCorrected,
            summary=Sealed("It was not agreed."),
            reason=Sealed("A slip."),
        )
    )


@pytest.mark.parametrize("person", [CHAIR, MEMBER, COMMENTER])
def test_summary_is_published_only_by_the_secretariat(person: Person) -> None:
    given(CYCLE).when(person.sends(SUMMARY)).then(RoleRequired(needed=(Role.SECRETARIAT,), at=NOW))


def test_a_meeting_that_has_changed_meanwhile_is_stale() -> None:
    again = replace(SUMMARY, command_id=id_of("again"), reason="A slip.", expected_version=1)

    given(CYCLE, PUBLISHED).when(SECRETARIAT.sends(again)).then(
        StaleVersion(id=MEETING, expected=1, actual=2)
    )
