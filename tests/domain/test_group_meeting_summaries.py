"""Summaries of the meetings of groups (DOMAIN rows 26, 27)."""

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import RoleRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import (
    CancelMeeting,
    PublishSummary,
    ScheduleGroupMeeting,
)
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.meeting.meeting_state import MeetingState
from intersessional.domain.meeting.refusals import MeetingIsOver
from tests.domain.actors import CHAIR, FACILITATOR, MEMBER, SECRETARIAT, id_of
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import GROUP, WORKING
from tests.domain.scenarios import MEETING

CALL = ScheduleGroupMeeting(
    command_id=id_of("call"), group=GROUP, held=Occurred.parse("2018-04-05"), label="First call"
)
MET = (*WORKING, FACILITATOR.sends(CALL))
SUMMARY = PublishSummary(
    command_id=id_of("summary"), meeting=CALL.created_id, summary="Norms were discussed."
)


def test_secretariat_or_a_facilitator_publishes_the_summary_of_a_groups_meeting() -> None:
    for person in (SECRETARIAT, FACILITATOR):
        given(MET).when(person.sends(SUMMARY)).then(
            event(
                Meeting.SummaryPublished,
                group_id=GROUP,
                summary=Sealed("Norms were discussed."),
            )
        )
    for person in (CHAIR, MEMBER):
        given(MET).when(person.sends(SUMMARY)).then(
            RoleRequired(needed=(Role.SECRETARIAT, Role.FACILITATOR), at=NOW)
        )


def test_facilitator_of_a_group_publishes_no_summary_of_the_mag() -> None:
    of_mag = PublishSummary(command_id=id_of("mag"), meeting=MEETING, summary="It was agreed.")

    given(MET).when(FACILITATOR.sends(of_mag)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )


def test_meeting_that_was_cancelled_has_no_summary() -> None:
    cancel = CancelMeeting(command_id=id_of("cancel"), meeting=CALL.created_id, reason="Nobody.")

    given(MET, FACILITATOR.sends(cancel)).when(SECRETARIAT.sends(SUMMARY)).then(
        MeetingIsOver(meeting=CALL.created_id, state=MeetingState.CANCELLED)
    )
