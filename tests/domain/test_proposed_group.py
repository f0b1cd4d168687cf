"""A group is proposed at a meeting, and does no work until a decision establishes it."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import OutcomeChoice, Renew
from intersessional.domain.decision.decision import Decision
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupNotEstablished
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
    NotFound,
    OverrideRequired,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.commands import ScheduleGroupMeeting
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.rule.override import Override
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    FACILITATOR,
    MEMBER,
    OPERATOR,
    OTHER_MEMBER,
    SECRETARIAT,
    STRANGER,
    Person,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import CYCLE, MEETING, decide
from tests.domain.working_group_scenarios import (
    DISSOLVE,
    END,
    ESTABLISH,
    ESTABLISHED,
    GROUP,
    IMPORTED,
    OF_2018,
    PROPOSE,
    PROPOSED,
    REPORT,
    approve,
)


@pytest.mark.parametrize("person", [MEMBER, CHAIR])
def test_a_member_proposes_a_working_group_at_a_meeting(person: Person) -> None:
    given(CYCLE).when(person.sends(PROPOSE)).then(
        event(
            Group.Proposed,
            originator_id=GROUP,
            cycle_id=OF_2018,
            year=2018,
            kind="WORKING_GROUP",
            name=Sealed("WG on Fundraising"),
            remit=Sealed("To raise funds."),
            proposed_by=(person.id,),
            meeting_id=MEETING,
        )
    )


def test_the_secretariat_names_who_proposes_and_what_for() -> None:
    named = replace(PROPOSE, proposed_by=(MEMBER.id, OTHER_MEMBER.id))

    given(CYCLE).when(SECRETARIAT.sends(named)).then(
        event(Group.Proposed, proposed_by=(MEMBER.id, OTHER_MEMBER.id))
    )
    given(CYCLE).when(SECRETARIAT.sends(PROPOSE)).then(
        BadValue(field="proposed_by", problem="name at least one member.")
    )
    given(CYCLE).when(MEMBER.sends(replace(PROPOSE, remit=None))).then(
        BadValue(field="remit", problem="say what the group is to do.")
    )
    given(CYCLE).when(SECRETARIAT.sends(replace(PROPOSE, proposed_by=(STRANGER.id,)))).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )


def test_history_may_lack_by_whom_and_what_for_a_group_was_proposed() -> None:
    told = replace(PROPOSE, remit=None, provenance=IMPORTED)

    given(CYCLE).when(OPERATOR.sends(told)).then(event(Group.Proposed, remit=None, proposed_by=()))


def test_a_group_is_proposed_by_members_of_the_mag_and_of_a_kind_without_proposals() -> None:
    needed = (Role.MAG_MEMBER, Role.MAG_CHAIR, Role.SECRETARIAT)

    given(CYCLE).when(COMMENTER.sends(PROPOSE)).then(RoleRequired(needed=needed, at=NOW))
    given(CYCLE).when(MEMBER.sends(replace(PROPOSE, kind="BPF"))).then(
        BadValue(field="kind", problem="it comes from a proposal: approve one.")
    )
    given(CYCLE).when(MEMBER.sends(replace(PROPOSE, meeting=meeting_id(2018, None, 9)))).then(
        NotFound(kind="meeting", id=str(meeting_id(2018, None, 9)))
    )


def test_a_decision_establishes_the_group_that_was_proposed_with_its_facilitator() -> None:
    given(PROPOSED).when(CHAIR.sends(approve())).then(
        event(
            Group.Approved,
            originator_id=GROUP,
            cycle_id=OF_2018,
            name=Sealed("WG-FUN"),
            decision_id=approve().derived_id,
        ),
        event(Cycle.GroupAdmitted, group_id=GROUP),
        event(Group.FacilitatorAppointed, originator_id=GROUP, participant_id=FACILITATOR.id),
        Decision.Recorded,
    )


def test_a_proposed_group_is_established_once_and_as_what_it_was_proposed() -> None:
    again = decide("again", OutcomeChoice(establish=ESTABLISH), rationale=None, assessment=None)
    path = "outcomes.0.establish"

    given(ESTABLISHED).when(CHAIR.sends(again)).then(AlreadyRecorded(kind="group", id=GROUP))
    given(PROPOSED).when(CHAIR.sends(approve(kind="AD_HOC"))).then(
        BadValue(field=f"{path}.kind", problem="it was proposed as a group of another kind.")
    )
    given(CYCLE).when(CHAIR.sends(approve())).then(NotFound(kind="group", id=str(GROUP)))


def test_a_group_that_is_only_proposed_is_neither_renewed_nor_dissolved_and_does_not_report() -> (
    None
):
    renew = decide(
        "renew", OutcomeChoice(renew=Renew(group=GROUP)), rationale=None, assessment=None
    )
    refused = GroupNotEstablished(group=GROUP)

    for command in (renew, replace(DISSOLVE, decision=END.derived_id)):
        given(PROPOSED, CHAIR.sends(END)).when(CHAIR.sends(command)).then(refused)
    given(PROPOSED).when(SECRETARIAT.sends(REPORT)).then(refused)


def test_work_after_approval_a_proposed_group_meets_with_reasons_only() -> None:
    meet = ScheduleGroupMeeting(
        command_id=id_of("meet"), group=GROUP, kind=None, held=Occurred.instant(NOW), label="Call"
    )
    reasons = (Override(rule="WORK_AFTER_APPROVAL", rationale="To prepare."),)

    with pytest.raises(OverrideRequired):
        given(PROPOSED, SECRETARIAT.sends(meet))
    given(PROPOSED).when(SECRETARIAT.sends(replace(meet, overrides=reasons))).then(
        Meeting.Scheduled, Deviation.Recorded
    )
