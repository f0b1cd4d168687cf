"""Summaries of meetings: published by the rapporteur, and corrected with a reason."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import (
    BadValue,
    NotFound,
    RoleRequired,
    StaleVersion,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import (
    PublishSummary,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.stated_subject import StatedSubject
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    SECRETARIAT,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, proposal_id, submitted

SUMMARY = PublishSummary(command_id=id_of("summary"), meeting=MEETING, summary="It was agreed.")
PUBLISHED = SECRETARIAT.sends(SUMMARY)


def test_summary_of_recorded_subjects_is_published() -> None:
    states = (MEETING, proposal_id("ai"), cycle_id(2018))

    given(CYCLE, submitted("ai")).when(SECRETARIAT.sends(replace(SUMMARY, states=states))).then(
        event(
            Meeting.SummaryPublished,
            originator_id=MEETING,
            summary=Sealed("It was agreed."),
            stated=tuple(StatedSubject(stream=one) for one in states),
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


def test_summary_states_events_by_the_versions_that_they_gave() -> None:
    stated = (StatedSubject(stream=MEETING, version=1), StatedSubject(stream=cycle_id(2018)))

    given(CYCLE).when(SECRETARIAT.sends(replace(SUMMARY, stated=stated))).then(
        event(Meeting.SummaryPublished, originator_id=MEETING, stated=stated)
    )
    for version in (0, 100):
        unknown = (StatedSubject(stream=MEETING, version=version),)
        given(CYCLE).when(SECRETARIAT.sends(replace(SUMMARY, stated=unknown))).then(
            NotFound(kind="event", id=f"{MEETING}/{version}")
        )
    many = (StatedSubject(stream=MEETING, version=1),) * 51
    given(CYCLE).when(SECRETARIAT.sends(replace(SUMMARY, stated=many))).then(
        BadValue(field="stated", problem="at most 50.")
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
