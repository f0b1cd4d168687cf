"""The view of cycles."""

from datetime import date

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting, VenueStatus
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.cycles import (
    CYCLES,
    AnnualMeetingDocument,
    AnnualMeetingStatus,
    AssessmentDocument,
    CycleDocument,
)
from tests.projections.event_history import EventHistory, id_of

CYCLE = cycle_id(2018)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def cycle(history: EventHistory) -> Cycle:
    return history.begin(Cycle, Cycle.Opened, CYCLE, year=2018)


@pytest.fixture
def meeting(history: EventHistory, cycle: Cycle) -> AnnualMeeting:
    return history.begin(
        AnnualMeeting,
        AnnualMeeting.Planned,
        annual_meeting_id(2018),
        cycle_id=cycle.id,
        year=2018,
    )


def test_an_opened_cycle_has_its_year_and_nothing_else(history: EventHistory, cycle: Cycle) -> None:
    assert history.document(CYCLES, cycle.id) == CycleDocument(year=2018)


def test_the_last_deadline_and_every_assessment_are_shown(
    history: EventHistory, cycle: Cycle
) -> None:
    for day in (10, 12):
        history.append(cycle, Cycle.ProposalDeadlineSet, due_on=date(2018, 4, day))
    for capacity in (3, 4):
        history.append(
            cycle,
            Cycle.ResourcesAssessed,
            assessment_id=id_of(f"assessment {capacity}"),
            capacity=capacity,
            note=None,
        )

    document = history.document(CYCLES, cycle.id)

    assert document.proposals_due_on == date(2018, 4, 12)
    assert document.assessments == (
        AssessmentDocument(id_of("assessment 3"), 3, None),
        AssessmentDocument(id_of("assessment 4"), 4, None),
    )


def test_groups_are_counted_under_the_policy_that_caps_them(
    history: EventHistory, cycle: Cycle
) -> None:
    for kind, cap in (("BPF", "BPF_CAP"), ("CENB", None), ("NETWORK", "CAP"), ("BPF", "BPF_CAP")):
        history.append(
            cycle, Cycle.GroupAdmitted, group_id=id_of("group"), kind=kind, capped_by=cap
        )

    document = history.document(CYCLES, cycle.id)

    assert [document.count_admitted(cap) for cap in ("BPF_CAP", "CAP", "OTHER")] == [2, 1, 0]


def test_a_planned_meeting_is_nowhere_yet(history: EventHistory, meeting: AnnualMeeting) -> None:
    history.append(
        meeting,
        AnnualMeeting.VenueOptionRecorded,
        cycle_id=CYCLE,
        rank=1,
        status=VenueStatus.PURSUED,
        description=Sealed("a host country in Asia"),
    )

    assert _meeting(history) == AnnualMeetingDocument(status=AnnualMeetingStatus.PLANNED)


def test_a_meeting_is_tentative_then_confirmed_then_moved(
    history: EventHistory, meeting: AnnualMeeting
) -> None:
    history.append(
        meeting,
        AnnualMeeting.Tentative,
        cycle_id=CYCLE,
        within=Occurred.parse("2018-12"),
        place=Sealed("Asia"),
        condition=Sealed("if it is held in Asia"),
    )
    tentative = _meeting(history)
    history.append(
        meeting,
        AnnualMeeting.Confirmed,
        cycle_id=CYCLE,
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        place=Sealed("Paris"),
        time_zone="Europe/Paris",
    )
    confirmed = _meeting(history)
    history.append(
        meeting,
        AnnualMeeting.Rescheduled,
        cycle_id=CYCLE,
        starts_on=date(2018, 11, 13),
        ends_on=date(2018, 11, 15),
        reason=Sealed("the hall was taken"),
    )
    moved = _meeting(history)

    assert tentative == AnnualMeetingDocument(
        status=AnnualMeetingStatus.TENTATIVE,
        place=Sealed("Asia"),
        condition=Sealed("if it is held in Asia"),
        within=Occurred.parse("2018-12"),
    )
    assert confirmed == AnnualMeetingDocument(
        status=AnnualMeetingStatus.CONFIRMED,
        place=Sealed("Paris"),
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        time_zone="Europe/Paris",
    )
    assert moved == AnnualMeetingDocument(
        status=AnnualMeetingStatus.RESCHEDULED,
        place=Sealed("Paris"),
        starts_on=date(2018, 11, 13),
        ends_on=date(2018, 11, 15),
        time_zone="Europe/Paris",
    )


def test_the_meeting_of_a_cycle_that_has_not_begun_is_not_shown() -> None:
    history = EventHistory()
    history.begin(
        AnnualMeeting,
        AnnualMeeting.Planned,
        annual_meeting_id(2018),
        cycle_id=CYCLE,
        year=2018,
    )

    assert history.documents(CYCLES) == {}


def _meeting(history: EventHistory) -> AnnualMeetingDocument | None:
    return history.document(CYCLES, CYCLE).annual_meeting
