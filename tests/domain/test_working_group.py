"""Working groups: proposed, established, renewed, reporting, dissolved (DOMAIN rows 15 to 17)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import Establish, OutcomeChoice, Renew
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.refusals import DecisionRequired
from intersessional.domain.deviation.deviation import Deviation
from intersessional.domain.group.commands import (
    DissolveGroup,
    FormDraftingTeam,
    ProposeGroup,
    RecordGroupReport,
    StateGroupWish,
)
from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded, GroupNotEstablished
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.act import Ground, Provenance, Role
from intersessional.domain.kernel.body import MAG, Body, BodyKind, NamedBody
from intersessional.domain.kernel.ids import cycle_id, meeting_id
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

IMPORTED = Provenance(Ground.IMPORTED)
OF_2018 = cycle_id(2018)
PROPOSE = ProposeGroup(
    command_id=id_of("propose"),
    year=2018,
    kind="WORKING_GROUP",
    name="WG on Fundraising",
    remit="To raise funds.",
    meeting=MEETING,
)
GROUP = PROPOSE.derived_id
PROPOSED = (*CYCLE, MEMBER.sends(PROPOSE))

ESTABLISH = Establish(kind="WORKING_GROUP", name="WG-FUN", proposed=GROUP)


def approve(**overrides: Any) -> Any:
    """The MAG establishes the group that was proposed."""
    chosen = replace(ESTABLISH, **{"facilitators": (FACILITATOR.id,), **overrides})
    return decide("wg", OutcomeChoice(establish=chosen), rationale=None, assessment=None)


ESTABLISHED = (*PROPOSED, CHAIR.sends(approve()))
WISH = StateGroupWish(
    command_id=id_of("wish"), group=GROUP, year=2019, wish=GroupWish.CONTINUE, words="We go on."
)
PASS_ON = replace(WISH, wish=GroupWish.PASS_ON, body=NamedBody(kind=BodyKind.MAG))
TEAM = FormDraftingTeam(command_id=id_of("team"), group=GROUP, members=(MEMBER.id,), task="A plan.")
REPORT = RecordGroupReport(
    command_id=id_of("report"), group=GROUP, year=2018, report="All is well.", meeting=MEETING
)
END = decide("end", rationale=None, assessment=None)
DISSOLVE = DissolveGroup(
    command_id=id_of("dissolve"),
    group=GROUP,
    absorbed_by=NamedBody(kind=BodyKind.MAG),
    decision=END.derived_id,
    reason="The MAG does it.",
)
OPEN_2019 = SECRETARIAT.sends(OpenCycle(command_id=id_of("open 2019"), year=2019))


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


def test_a_facilitator_states_what_the_group_wishes_for_a_cycle() -> None:
    history = (*ESTABLISHED, OPEN_2019)

    given(history).when(FACILITATOR.sends(WISH)).then(
        event(
            Group.WishStated,
            cycle_id=cycle_id(2019),
            wish=GroupWish.CONTINUE,
            body=None,
            words=Sealed("We go on."),
        )
    )
    given(history).when(SECRETARIAT.sends(PASS_ON)).then(
        event(Group.WishStated, wish=GroupWish.PASS_ON, body=MAG)
    )
    given(history).when(MEMBER.sends(WISH)).then(
        RoleRequired(needed=(Role.FACILITATOR, Role.SECRETARIAT), at=NOW)
    )


def test_a_wish_fits_the_group_and_names_the_body_that_it_concerns() -> None:
    history = (*ESTABLISHED, OPEN_2019)
    new = "NEW is the wish of a group that is proposed, and its only one."
    body = "a group that wishes to pass on its work names the body, no other does."
    itself = NamedBody(kind=BodyKind.GROUP, group=GROUP)

    def refused(command: Any, refusal: BadValue, before: Any = history) -> None:
        given(before).when(SECRETARIAT.sends(command)).then(refusal)

    refused(replace(WISH, wish=GroupWish.NEW), BadValue(field="wish", problem=new))
    refused(replace(WISH, year=2018), BadValue(field="wish", problem=new), PROPOSED)
    refused(replace(PASS_ON, body=None), BadValue(field="body", problem=body))
    refused(replace(PASS_ON, wish=GroupWish.CONTINUE), BadValue(field="body", problem=body))
    problem = "it is the group itself."
    refused(replace(PASS_ON, body=itself), BadValue(field="body.group", problem=problem))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (NamedBody(kind=BodyKind.GROUP), "body.group"),
        (NamedBody(kind=BodyKind.MAG, group=GROUP), "body.group"),
        (NamedBody(kind=BodyKind.OTHER), "body.name"),
        (NamedBody(kind=BodyKind.SECRETARIAT, name="The desk"), "body.name"),
    ],
)
def test_a_body_is_named_as_its_kind_needs(body: NamedBody, field: str) -> None:
    with pytest.raises(BadValue) as refused:
        body.validated("body")

    assert refused.value.field == field


def test_a_drafting_team_has_members_of_the_record_and_history_may_lack_them() -> None:
    unnamed = replace(TEAM, members=())
    told = replace(unnamed, provenance=IMPORTED, occurred=Occurred.parse("2018-04-04T12:00:00Z"))

    given(ESTABLISHED).when(FACILITATOR.sends(TEAM)).then(
        event(Group.DraftingTeamFormed, members=(MEMBER.id,), task=Sealed("A plan."))
    )
    given(ESTABLISHED).when(FACILITATOR.sends(unnamed)).then(
        BadValue(field="members", problem="name at least one.")
    )
    given(ESTABLISHED).when(FACILITATOR.sends(replace(TEAM, members=(STRANGER.id,)))).then(
        NotFound(kind="participant", id=str(STRANGER.id))
    )
    given(ESTABLISHED).when(OPERATOR.sends(told)).then(event(Group.DraftingTeamFormed, members=()))


def test_a_report_tells_of_annual_meetings_each_of_which_stands_once() -> None:
    told = replace(REPORT, annual_meeting_years=(2016, 2017))
    given(ESTABLISHED).when(FACILITATOR.sends(told)).then(
        event(Group.Reported, annual_meeting_years=(2016, 2017))
    )
    twice = replace(REPORT, annual_meeting_years=(2016, 2017, 2016))
    given(ESTABLISHED).when(FACILITATOR.sends(twice)).then(
        BadValue(field="annual_meeting_years.2", problem="2016 stands there already.")
    )
    many = replace(REPORT, annual_meeting_years=tuple(range(2006, 2027)))
    given(ESTABLISHED).when(FACILITATOR.sends(many)).then(
        LimitReached(kind="annual meetings of a report", most=20)
    )


def test_a_group_reports_to_a_meeting() -> None:
    given(ESTABLISHED).when(FACILITATOR.sends(REPORT)).then(
        event(
            Group.Reported,
            report_id=REPORT.derived_id,
            cycle_id=OF_2018,
            report=Sealed("All is well."),
            meeting_id=MEETING,
        )
    )
    wordless = replace(REPORT, report=None)
    given(ESTABLISHED).when(FACILITATOR.sends(wordless)).then(
        BadValue(field="report", problem="give the words or the document.")
    )
    given(ESTABLISHED).when(FACILITATOR.sends(replace(wordless, document=id_of("none")))).then(
        NotFound(kind="document", id=str(id_of("none")))
    )


@pytest.mark.parametrize("person", [SECRETARIAT, CHAIR])
def test_a_decision_dissolves_a_group_into_the_body_that_absorbs_it(person: Person) -> None:
    given(ESTABLISHED, CHAIR.sends(END)).when(person.sends(DISSOLVE)).then(
        event(
            Group.Dissolved,
            absorbed_by=MAG,
            reason=Sealed("The MAG does it."),
            decision_id=END.derived_id,
        )
    )


def test_nobody_dissolves_a_group_without_a_decision_but_sources_may_lack_it() -> None:
    alone = replace(DISSOLVE, decision=None)
    told = replace(alone, provenance=IMPORTED)

    for person in (SECRETARIAT, CHAIR):
        given(ESTABLISHED).when(person.sends(alone)).then(DecisionRequired())
    given(ESTABLISHED).when(FACILITATOR.sends(alone)).then(
        RoleRequired(needed=(Role.SECRETARIAT, Role.MAG_CHAIR), at=NOW)
    )
    given(ESTABLISHED).when(OPERATOR.sends(told)).then(event(Group.Dissolved, decision_id=None))


def test_a_group_is_absorbed_by_another_group_and_never_by_itself() -> None:
    other = replace(PROPOSE, command_id=id_of("other"), name="WG on Everything")
    into = replace(DISSOLVE, absorbed_by=NamedBody(kind=BodyKind.GROUP, group=other.derived_id))
    itself = replace(DISSOLVE, absorbed_by=NamedBody(kind=BodyKind.GROUP, group=GROUP))
    history = (*ESTABLISHED, CHAIR.sends(END), MEMBER.sends(other))

    given(history).when(CHAIR.sends(into)).then(
        event(Group.Dissolved, absorbed_by=Body.of_group(other.derived_id))
    )
    given(history).when(CHAIR.sends(itself)).then(
        BadValue(field="absorbed_by.group", problem="a group cannot absorb itself.")
    )


@pytest.mark.parametrize("command", [WISH, TEAM, REPORT, DISSOLVE])
def test_a_dissolved_group_does_no_more_work(command: Any) -> None:
    history: tuple[SentCommand, ...] = (
        *ESTABLISHED,
        OPEN_2019,
        CHAIR.sends(END),
        CHAIR.sends(DISSOLVE),
    )

    given(history).when(SECRETARIAT.sends(replace(command, command_id=id_of("later")))).then(
        GroupHasConcluded(group=GROUP)
    )


def test_a_decision_renews_a_working_group_with_further_facilitators() -> None:
    renew = decide(
        "renew",
        OutcomeChoice(renew=Renew(group=GROUP, facilitators=(MEMBER.id,))),
        year=2019,
        meeting=None,
        on_list=True,
        rationale=None,
        assessment=None,
    )

    given(ESTABLISHED, OPEN_2019).when(CHAIR.sends(renew)).then(
        event(Group.Renewed, cycle_id=cycle_id(2019)),
        Cycle.GroupAdmitted,
        event(Group.FacilitatorAppointed, participant_id=MEMBER.id),
        Decision.Recorded,
    )
