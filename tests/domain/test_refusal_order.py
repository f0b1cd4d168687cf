"""Refusals of commands with two faults: which of them comes first."""

from dataclasses import replace
from datetime import date

import pytest

from intersessional.domain.annual_meeting.commands import (
    ConfirmAnnualMeeting,
    RescheduleAnnualMeeting,
)
from intersessional.domain.command_handling.scenario import Scenario
from intersessional.domain.comment.commands import PostComment
from intersessional.domain.cycle.commands import AssessResources
from intersessional.domain.cycle.refusals import CapExceeded
from intersessional.domain.decision.commands import Approve, OutcomeChoice, RecordDecision
from intersessional.domain.decision.refusals import MeetingRequired
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    Refused,
    RoleRequired,
)
from intersessional.domain.meeting.commands import PublishSummary, ScheduleMeeting
from intersessional.domain.meeting.meeting_state import MeetingKind
from intersessional.domain.participant.commands import GrantRole
from intersessional.domain.source.commands import ListSource
from intersessional.domain.theme.commands import RecordThemeYear
from tests.domain.actors import CHAIR, COMMENTER, OPERATOR, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import DRAFTED, post
from tests.domain.scenarios import (
    CYCLE,
    MEETING,
    approve,
    cap,
    decide,
    proposal_id,
    submitted,
)

MISSING = id_of("missing")
EMPTY = "it is empty."


def in_the_cycle() -> Scenario:
    return given(CYCLE)


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (decide("a", OutcomeChoice(), meeting=None), MeetingRequired()),
        (decide("a", approve("unknown"), meeting=None), MeetingRequired()),
        (decide("a", cap(-1), meeting=None), MeetingRequired()),
        (
            decide("a", meeting=MISSING, on_list=True),
            BadValue(field="on_list", problem="it was taken at a meeting."),
        ),
        (decide("a", rationale="", meeting=None), BadValue(field="rationale", problem=EMPTY)),
        (
            decide("a", *[cap(3)] * 51, meeting=MISSING),
            NotFound(kind="meeting", id=str(MISSING)),
        ),
    ],
)
def test_occasion_of_a_decision_is_checked_before_its_outcomes(
    command: RecordDecision, refused: Refused
) -> None:
    in_the_cycle().when(CHAIR.sends(command)).then(refused)


def test_announcer_of_a_decision_is_checked_before_its_outcomes() -> None:
    for outcomes in ([OutcomeChoice()], [approve("unknown")], [cap(3)] * 51):
        in_the_cycle().when(SECRETARIAT.sends(decide("a", *outcomes))).then(
            RoleRequired(needed=(Role.MAG_CHAIR,), at=NOW)
        )


def test_rationale_of_an_illustration_is_checked_before_its_cycle() -> None:
    command = decide("a", rationale="", provenance=Provenance(Ground.ILLUSTRATION))

    in_the_cycle().when(OPERATOR.sends(command)).then(BadValue(field="rationale", problem=EMPTY))


def test_cap_is_checked_before_the_name_of_an_approved_group() -> None:
    nameless = OutcomeChoice(approve=Approve(proposal=proposal_id("ai"), group_name=""))
    history = (CYCLE, CHAIR.sends(decide("cap", cap(0))), submitted("ai"))

    given(*history).when(CHAIR.sends(decide("a", nameless))).then(
        CapExceeded(policy="BPF_CAP", cap=0, approved=0)
    )


SCHEDULE = ScheduleMeeting(
    command_id=id_of("again"),
    year=2018,
    kind=MeetingKind.VIRTUAL,
    ordinal=1,
    held=Occurred.parse("2018-04-18"),
    label="",
)


def test_meeting_recorded_before_is_refused_before_its_label() -> None:
    in_the_cycle().when(SECRETARIAT.sends(SCHEDULE)).then(
        AlreadyRecorded(kind="meeting", id=MEETING)
    )


def test_ordinal_of_a_meeting_is_checked_before_its_cycle() -> None:
    in_the_cycle().when(SECRETARIAT.sends(replace(SCHEDULE, ordinal=0, year=2017))).then(
        BadValue(field="ordinal", problem="0 is not from 1 to 1000.")
    )


def test_text_of_a_summary_is_checked_before_the_subjects_that_it_states() -> None:
    summary = PublishSummary(
        command_id=id_of("summary"), meeting=MEETING, summary="", states=(MISSING,)
    )

    for states in ((MISSING,), (MISSING,) * 201):
        in_the_cycle().when(SECRETARIAT.sends(replace(summary, states=states))).then(
            BadValue(field="summary", problem=EMPTY)
        )


@pytest.mark.parametrize(
    ("starts_on", "ends_on", "refused"),
    [
        (
            date(2018, 11, 14),
            date(2018, 11, 12),
            BadValue(field="ends_on", problem="2018-11-12 is before 2018-11-14."),
        ),
        (
            date(2020, 1, 1),
            date(2020, 1, 2),
            BadValue(field="starts_on", problem="it is neither in 2018 nor in the year after."),
        ),
    ],
)
def test_days_of_the_annual_meeting_are_checked_before_anything_is_loaded(
    starts_on: date, ends_on: date, refused: BadValue
) -> None:
    confirm = ConfirmAnnualMeeting(
        command_id=id_of("confirm"),
        expected_version=7,
        year=2018,
        starts_on=starts_on,
        ends_on=ends_on,
        place="Paris",
        time_zone="Europe/Paris",
    )
    move = RescheduleAnnualMeeting(
        command_id=id_of("move"),
        expected_version=7,
        year=2018,
        starts_on=starts_on,
        ends_on=ends_on,
        reason="The hall is taken.",
    )

    for command in (confirm, move):
        in_the_cycle().when(SECRETARIAT.sends(command)).then(refused)


def test_place_of_the_annual_meeting_is_checked_before_its_time_zone() -> None:
    confirm = ConfirmAnnualMeeting(
        command_id=id_of("confirm"),
        year=2018,
        starts_on=date(2018, 11, 12),
        ends_on=date(2018, 11, 14),
        place="",
        time_zone="Europe/Pariss",
    )

    in_the_cycle().when(SECRETARIAT.sends(confirm)).then(BadValue(field="place", problem=EMPTY))


@pytest.mark.parametrize(
    ("role", "until", "refused"),
    [
        (
            Role.COMMENTER,
            None,
            BadValue(field="role", problem="COMMENTER is not granted to a person."),
        ),
        (
            Role.MAG_MEMBER,
            Occurred.parse("2017"),
            BadValue(field="until", problem="it is not after the role begins."),
        ),
    ],
)
def test_role_and_its_end_are_checked_before_the_participant(
    role: Role, until: Occurred | None, refused: BadValue
) -> None:
    grant = GrantRole(
        command_id=id_of("grant"),
        participant=MISSING,
        role=role,
        since=Occurred.parse("2018"),
        until=until,
    )

    in_the_cycle().when(SECRETARIAT.sends(grant)).then(refused)


def test_capacity_is_checked_before_the_cycle() -> None:
    assess = AssessResources(command_id=id_of("assess 2017"), year=2017, capacity=-1)

    in_the_cycle().when(SECRETARIAT.sends(assess)).then(
        BadValue(field="capacity", problem="-1 is not from 0 to 1000.")
    )


def test_source_listed_before_is_refused_before_its_title() -> None:
    listed = ListSource(command_id=id_of("list"), key="report", title="A summary report")
    again = replace(listed, command_id=id_of("again"), title="")

    given(CYCLE, SECRETARIAT.sends(listed)).when(SECRETARIAT.sends(again)).then(
        AlreadyRecorded(kind="source", id=source_id("report"))
    )


def test_year_of_a_theme_is_checked_before_its_version_and_its_key() -> None:
    record = RecordThemeYear(command_id=id_of("year"), theme="?", year=2005, title="Ann's theme")

    for expected_version in (None, 7):
        in_the_cycle().when(
            SECRETARIAT.sends(replace(record, expected_version=expected_version))
        ).then(BadValue(field="year", problem="2005 is not from 2006 to 9998."))


@pytest.mark.parametrize(
    ("command", "refused"),
    [
        (post(in_reply_to=MISSING, revision=2), NotFound(kind="revision", id="2")),
        (post(in_reply_to=MISSING, blocks=("b9",)), NotFound(kind="block", id="b9")),
        (
            post(in_reply_to=MISSING, blocks=("b1", "b1")),
            BadValue(field="blocks", problem="name each once, at most 50."),
        ),
    ],
)
def test_revision_and_blocks_are_checked_before_the_parent_of_a_reply(
    command: PostComment, refused: Refused
) -> None:
    given(DRAFTED).when(COMMENTER.sends(command)).then(refused)
