"""Working groups: established, wishing, drafting, reporting, renewed (DOMAIN rows 15 to 17)."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import OutcomeChoice, Renew
from intersessional.domain.decision.decision import Decision
from intersessional.domain.group.group import Group
from intersessional.domain.group.wish import GroupWish
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.body import MAG, BodyKind, NamedBody
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    LimitReached,
    NotFound,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from tests.domain.actors import (
    CHAIR,
    FACILITATOR,
    MEMBER,
    SECRETARIAT,
    STRANGER,
    id_of,
    in_the_name_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.scenarios import MEETING, decide
from tests.domain.working_group_scenarios import (
    ESTABLISHED,
    GROUP,
    IMPORTED,
    OF_2018,
    OPEN_2019,
    PROPOSED,
    REPORT,
    TEAM,
    WISH,
)

PASS_ON = replace(WISH, wish=GroupWish.PASS_ON, body=NamedBody(kind=BodyKind.MAG))


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
    given(ESTABLISHED).when(in_the_name_of(SECRETARIAT).sends(told)).then(
        event(Group.DraftingTeamFormed, members=())
    )


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
