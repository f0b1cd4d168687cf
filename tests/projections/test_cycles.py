"""The view of cycles."""

from datetime import date

import pytest

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.ids import annual_meeting_id, cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.projections.assessments import ASSESSMENTS, AssessmentDocument
from intersessional.projections.cycles import CYCLES, CycleDocument
from intersessional.projections.kernel.view import under
from intersessional.projections.proposal_deadlines import PROPOSAL_DEADLINES
from tests.projections.event_history import NOON, EventHistory, id_of

CYCLE = cycle_id(2018)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def cycle(history: EventHistory) -> Cycle:
    return history.begin(Cycle, Cycle.Opened, CYCLE, year=2018)


def test_an_opened_cycle_has_its_year_and_nothing_else(history: EventHistory, cycle: Cycle) -> None:
    assert history.document(CYCLES, cycle.id) == CycleDocument(year=2018)


def test_the_last_deadline_is_shown_and_every_assessment_is_listed(
    history: EventHistory, cycle: Cycle
) -> None:
    for day in (10, 12):
        history.append(
            cycle,
            Cycle.ProposalDeadlineSet,
            due_on=date(2018, 4, day),
            time_zone="Europe/Paris" if day == 12 else None,
            meeting_id=id_of("meeting"),
            decision_id=None,
        )
    for capacity in (3, 4):
        history.append(
            cycle,
            Cycle.ResourcesAssessed,
            assessment_id=id_of(f"assessment {capacity}"),
            capacity=capacity,
            note=None,
        )

    assessments = history.documents(ASSESSMENTS)

    deadlines = history.documents(PROPOSAL_DEADLINES).values()
    assert history.document(CYCLES, cycle.id).proposals_due_on == date(2018, 4, 12)
    assert {(one.due_on, one.time_zone) for one in deadlines} == {
        (date(2018, 4, 10), None),
        (date(2018, 4, 12), "Europe/Paris"),
    }
    assert {PROPOSAL_DEADLINES.lists(one) for one in deadlines} == {under(cycle.id)}
    assert assessments == {
        id_of(f"assessment {capacity}"): AssessmentDocument(
            cycle.id, capacity, None, Occurred.parse(NOON)
        )
        for capacity in (3, 4)
    }
    assert {ASSESSMENTS.lists(one) for one in assessments.values()} == {under(cycle.id)}


def test_groups_are_counted_under_the_policy_that_caps_them(
    history: EventHistory, cycle: Cycle
) -> None:
    for kind, cap in (("BPF", "BPF_CAP"), ("CENB", None), ("NETWORK", "CAP"), ("BPF", "BPF_CAP")):
        history.append(
            cycle,
            Cycle.GroupAdmitted,
            group_id=id_of("group"),
            kind=kind,
            capped_by=cap,
            decision_id=None,
            proposal_id=None,
        )

    document = history.document(CYCLES, cycle.id)

    assert [document.count_admitted(cap) for cap in ("BPF_CAP", "CAP", "OTHER")] == [2, 1, 0]


def test_events_of_the_annual_meeting_are_changes_of_the_cycle(
    history: EventHistory, cycle: Cycle
) -> None:
    history.begin(
        AnnualMeeting,
        AnnualMeeting.Named,
        annual_meeting_id(2018),
        cycle_id=cycle.id,
        year=2018,
    )

    assert [list(CYCLES.keys(event)) for event in history.recorded] == [[CYCLE], [CYCLE]]
    assert history.document(CYCLES, cycle.id) == CycleDocument(year=2018)
