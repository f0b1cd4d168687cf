"""The forums of one cycle report whether they go on before new ones are approved (rows 7, 32)."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.continuation_report.commands import (
    ConsiderContinuationReport,
    RecordMissingContinuationReport,
    ReportContinuation,
)
from intersessional.domain.continuation_report.continuation_report import ContinuationReport
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.continuation_report.refusals import ContinuationReportRequired
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.group.commands import AppointFacilitator, RecordGroup
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.fact import facts_of
from intersessional.domain.kernel.ids import continuation_report_id, cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    LimitReached,
    NotFound,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.rule.core_rules import REPORTS_CONSIDERED
from intersessional.domain.rule.override import Override
from tests.domain.actors import CHAIR, COMMENTER, FACILITATOR, MEMBER, OPERATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, approve, decide, submit

IMPORTED = Provenance(Ground.IMPORTED)


def past(command: Any, at: str = "2017") -> SentCommand:
    """A command about history, from sources."""
    return OPERATOR.sends(replace(command, occurred=Occurred.parse(at), provenance=IMPORTED))


def forum(name: str, kind: str = "BPF") -> RecordGroup:
    return RecordGroup(command_id=id_of(f"record {name}"), kind=kind, name=name, year=2017)


FORUM, OTHER = forum("Gender").derived_id, forum("IPv6").derived_id
REPORT = continuation_report_id(FORUM, 2018)
BEFORE = (
    *CYCLE,
    past(OpenCycle(command_id=id_of("open 2017"), year=2017)),
    past(forum("Gender")),
    past(
        AppointFacilitator(
            command_id=id_of("appoint"), group=FORUM, participant=FACILITATOR.id, decision=None
        ),
        "2018-01-01",
    ),
)
"""There was a forum in 2017, and it has a facilitator."""

GIVE = ReportContinuation(
    command_id=id_of("give"),
    group=FORUM,
    year=2018,
    wish=ContinuationWish.YES,
    areas=("Access in schools",),
    report="We met five times.",
    meeting=MEETING,
)
CONSIDER = ConsiderContinuationReport(
    command_id=id_of("consider"), group=FORUM, year=2018, meeting=MEETING
)
MISSING = RecordMissingContinuationReport(
    command_id=id_of("missing"), group=FORUM, year=2018, reason="Nobody answered."
)
GIVEN = (*BEFORE, FACILITATOR.sends(GIVE))


def test_forum_reports_at_the_first_meeting_whether_it_goes_on_and_on_what() -> None:
    given(BEFORE).when(FACILITATOR.sends(GIVE)).then(
        event(ContinuationReport.Named, originator_id=REPORT, year=2018),
        event(
            ContinuationReport.Given,
            group_id=FORUM,
            cycle_id=cycle_id(2018),
            wish=ContinuationWish.YES,
            areas=(Sealed("Access in schools"),),
            report=Sealed("We met five times."),
            meeting_id=MEETING,
        ),
    )


def test_report_that_is_not_given_at_the_first_meeting_is_flagged() -> None:
    late = datetime(2018, 4, 6, 9, tzinfo=UTC)
    facts = {"reported": "2018-04-06T09:00:00.000000Z", "first_meeting": "2018-04-04"}
    by_mail = replace(GIVE, meeting=None)

    given(BEFORE).when(FACILITATOR.sends(by_mail, late)).then(
        ContinuationReport.Named,
        ContinuationReport.Given,
        event(
            Deviation.Recorded,
            rule="REPORTED_AT_FIRST_MEETING",
            subject=REPORT,
            group_id=FORUM,
            facts=facts_of(facts),
        ),
    )
    given(BEFORE).when(FACILITATOR.sends(by_mail)).then(
        ContinuationReport.Named, ContinuationReport.Given
    )


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (GIVE, RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)),
        (CONSIDER, RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)),
        (MISSING, RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)),
    ],
)
def test_who_does_not_speak_for_the_forum_or_the_mag_records_no_report(
    command: Any, refused: RoleRequired
) -> None:
    given(GIVEN if command is CONSIDER else BEFORE).when(COMMENTER.sends(command)).then(refused)


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (
            replace(GIVE, year=2017),
            BadValue(field="group", problem="the group does not belong to the cycle before."),
        ),
        (replace(GIVE, areas=("A",) * 21), LimitReached(kind="new areas of work", most=20)),
        (replace(GIVE, areas=("A", "")), BadValue(field="areas.1", problem="it is empty.")),
        (
            replace(MISSING, reason=None),
            BadValue(field="reason", problem="say why there is no report."),
        ),
        (CONSIDER, NotFound(kind="continuation report", id=str(REPORT))),
    ],
)
def test_report_of_another_cycle_or_without_what_it_needs_is_refused(
    command: Any, refused: Any
) -> None:
    given(BEFORE).when(SECRETARIAT.sends(command)).then(refused)


def test_group_of_a_kind_that_is_renewed_gives_no_such_report() -> None:
    renewed = forum("Improvements", "WORKING_GROUP")
    problem = "groups of this kind are renewed, and give reports of their own."

    given(BEFORE, past(renewed)).when(
        SECRETARIAT.sends(replace(GIVE, group=renewed.derived_id))
    ).then(BadValue(field="group", problem=problem))


def test_report_is_given_once_and_considered_once_at_a_meeting() -> None:
    again = id_of("again")
    considered = (*GIVEN, CHAIR.sends(CONSIDER))

    given(GIVEN).when(CHAIR.sends(CONSIDER)).then(
        event(ContinuationReport.Considered, originator_id=REPORT, meeting_id=MEETING)
    )
    given(GIVEN).when(FACILITATOR.sends(replace(GIVE, command_id=again))).then(
        AlreadyRecorded(kind="continuation report", id=REPORT)
    )
    given(GIVEN).when(CHAIR.sends(replace(CONSIDER, meeting=None))).then(
        BadValue(field="meeting", problem="name the meeting that considered it.")
    )
    given(considered).when(CHAIR.sends(replace(CONSIDER, command_id=again))).then(
        AlreadyRecorded(kind="consideration of a continuation report", id=REPORT)
    )
    given(GIVEN).when(SECRETARIAT.sends(MISSING)).then(
        AlreadyRecorded(kind="continuation report", id=REPORT)
    )


def test_report_that_was_recorded_as_missing_can_be_given_later() -> None:
    missing = (*BEFORE, SECRETARIAT.sends(MISSING))

    given(missing).when(SECRETARIAT.sends(CONSIDER)).then(ContinuationReportRequired(group=FORUM))
    given(missing).when(FACILITATOR.sends(GIVE)).then(ContinuationReport.Given)


def test_history_may_lack_why_there_is_no_report() -> None:
    given(BEFORE).when(past(replace(MISSING, reason=None), "2018-04-03")).then(
        ContinuationReport.Named, event(ContinuationReport.FoundMissing, reason=None)
    )


NEW = (*BEFORE, past(forum("IPv6")), MEMBER.sends(submit("ai", is_new=True)))
"""Two forums of 2017 exist, and a new one is proposed."""
OF_OTHER = replace(MISSING, command_id=id_of("missing other"), group=OTHER)
APPROVE = decide("ai", approve("ai"))


def owing(*groups: Any) -> OverrideRequired:
    return OverrideRequired(
        rule="REPORTS_CONSIDERED",
        requirement=REPORTS_CONSIDERED.sentence,
        facts=facts_of({"existing": 2, "owing": groups}),
    )


def test_new_forum_is_not_approved_while_an_existing_one_owes_its_report() -> None:
    given(NEW).when(CHAIR.sends(APPROVE)).then(owing(FORUM, OTHER))
    given(NEW, FACILITATOR.sends(GIVE), SECRETARIAT.sends(OF_OTHER)).when(
        CHAIR.sends(APPROVE)
    ).then(owing(FORUM))


def test_new_forum_is_approved_once_each_report_is_considered_or_recorded_as_missing() -> None:
    settled = (FACILITATOR.sends(GIVE), CHAIR.sends(CONSIDER), SECRETARIAT.sends(OF_OTHER))

    outcome = given(NEW, settled).when(CHAIR.sends(APPROVE))

    assert outcome.refused is None
    assert not any(isinstance(one, Deviation.Recorded) for one in outcome.scenario.appended)


def test_new_forum_is_approved_knowingly_while_reports_are_owed() -> None:
    override = Override(rule="REPORTS_CONSIDERED", rationale="They were heard in the room.")

    after = given(NEW).after(CHAIR.sends(replace(APPROVE, overrides=(override,))))

    [deviation] = [one for one in after.appended if isinstance(one, Deviation.Recorded)]
    assert (deviation.rule, deviation.cycle_id) == ("REPORTS_CONSIDERED", cycle_id(2018))
    assert deviation.facts == facts_of({"existing": 2, "owing": (FORUM, OTHER)})


def test_continuing_forum_is_approved_whatever_others_owe() -> None:
    outcome = given(NEW, MEMBER.sends(submit("gender", is_new=False))).when(
        CHAIR.sends(decide("gender", approve("gender")))
    )

    assert outcome.refused is None


def test_history_that_does_not_say_whether_a_forum_was_new_deviates_from_nothing() -> None:
    mute = (*BEFORE, past(submit("ai"), "2018-04-03"))

    told = given(mute).after(OPERATOR.sends(replace(APPROVE, provenance=IMPORTED)))

    assert isinstance(told.appended[-1], Decision.Recorded)
    assert [one.rule for one in told.appended if isinstance(one, Deviation.Recorded)] == []
