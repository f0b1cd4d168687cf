"""Volunteers for groups and calls, and groups that are formed of them (DOMAIN rows 16, 19)."""

from dataclasses import replace
from typing import Any

from intersessional.domain.call.call import VOLUNTEERS
from intersessional.domain.call.call_period import CallState
from intersessional.domain.call.commands import CloseCall, LaunchCall
from intersessional.domain.call.refusals import CallNotOpen
from intersessional.domain.command_handling.scenario import event
from intersessional.domain.decision.commands import Establish, OutcomeChoice
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    BadValue,
    CodeOfConductNotAccepted,
    NotRegistered,
    RoleRequired,
)
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.commands import RegisterParticipant
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.volunteer_offer.commands import (
    OfferToVolunteer,
    WithdrawVolunteerOffer,
)
from intersessional.domain.volunteer_offer.refusals import NotTheVolunteer, OfferIsWithdrawn
from intersessional.domain.volunteer_offer.volunteer_offer import VolunteerOffer
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OTHER_COMMENTER,
    SECRETARIAT,
    STRANGER,
    id_of,
)
from tests.domain.given_when_then import NOW, given
from tests.domain.group_scenarios import CONCLUDED
from tests.domain.group_scenarios import GROUP as FORUM
from tests.domain.scenarios import CYCLE, decide

FORM = decide(
    "form",
    OutcomeChoice(establish=Establish(kind="AD_HOC", name="Ad-hoc group on the issues call")),
)
GROUP = outcome_id(FORM.command_id, 1)
CALL = LaunchCall(
    command_id=id_of("call"),
    year=2018,
    of=VOLUNTEERS,
    title="Volunteers for the issues call",
    group=GROUP,
    closes=Occurred.parse("2018-04-30"),
)
FORMING = (*CYCLE, CHAIR.sends(FORM), SECRETARIAT.sends(CALL))
"""The MAG forms a group for one occasion, in part: it calls for more volunteers."""


def offer(key: str = "offer", /, **fields: Any) -> OfferToVolunteer:
    given_fields: dict[str, Any] = {"group": GROUP} | fields
    return OfferToVolunteer(command_id=id_of(key), **given_fields)


OFFER = offer(note="I have raised funds.")
OFFERED = COMMENTER.sends(OFFER)
WITHDRAW = WithdrawVolunteerOffer(command_id=id_of("withdraw"), offer=OFFER.created_id)


def test_participant_volunteers_for_a_group() -> None:
    given(FORMING).when(OFFERED).then(
        event(
            VolunteerOffer.Made,
            group_id=GROUP,
            call_id=None,
            person=None,
            name=None,
            stakeholder_group=StakeholderGroup.CIVIL_SOCIETY,
            region=Region.AFRICAN,
            note=Sealed("I have raised funds."),
        )
    )


def test_answer_to_a_call_is_for_the_group_of_the_call() -> None:
    given(FORMING).when(MEMBER.sends(offer(group=None, call=CALL.created_id))).then(
        event(VolunteerOffer.Made, group_id=GROUP, call_id=CALL.created_id)
    )


def test_group_that_is_formed_in_part_has_the_members_that_are_known() -> None:
    for named, person in (({"name": "Ann Other"}, None), ({"participant": MEMBER.id}, MEMBER)):
        sealed = None if person is None else Sealed(str(person.id))
        given(FORMING).when(SECRETARIAT.sends(offer(**named))).then(
            event(VolunteerOffer.Made, group_id=GROUP, person=sealed)
        )


def test_somebody_else_is_named_by_the_secretariat_alone() -> None:
    named = offer(name="Ann Other")

    given(FORMING).when(COMMENTER.sends(named)).then(
        RoleRequired(needed=(Role.SECRETARIAT,), at=NOW)
    )
    given(FORMING).when(SECRETARIAT.sends(replace(named, participant=MEMBER.id))).then(
        BadValue(field="name", problem="name a participant or give a name, not both.")
    )


def test_volunteer_is_a_participant_who_has_accepted_the_code_of_conduct() -> None:
    registered = STRANGER.sends(RegisterParticipant(command_id=id_of("register")))

    given(FORMING).when(STRANGER.sends(offer())).then(NotRegistered())
    given(FORMING, registered).when(STRANGER.sends(offer())).then(
        CodeOfConductNotAccepted(version=1)
    )


def test_offer_names_a_group_or_a_call_for_volunteers() -> None:
    issues = replace(CALL, command_id=id_of("issues"), of="issues")
    record = given(FORMING, SECRETARIAT.sends(issues))

    for command, field, problem in (
        (offer(group=None), "group", "name a group or a call for volunteers."),
        (offer(call=issues.created_id), "call", "it is no call for volunteers."),
    ):
        record.when(COMMENTER.sends(command)).then(BadValue(field=field, problem=problem))


def test_offer_for_another_group_than_that_of_the_call_is_refused() -> None:
    other = decide("other", OutcomeChoice(establish=Establish(kind="AD_HOC", name="Another")))
    command = offer(group=outcome_id(other.command_id, 1), call=CALL.created_id)

    given(FORMING, CHAIR.sends(other)).when(COMMENTER.sends(command)).then(
        BadValue(field="group", problem="the call is for another group.")
    )


def test_answer_to_a_call_that_is_closed_is_refused() -> None:
    close = SECRETARIAT.sends(CloseCall(command_id=id_of("close"), call=CALL.created_id))
    later = NOW.replace(month=5)
    refused = CallNotOpen(call=CALL.created_id, state=CallState.CLOSED)

    given(FORMING, close).when(COMMENTER.sends(offer(call=CALL.created_id))).then(refused)
    given(FORMING).when(COMMENTER.sends(offer(call=CALL.created_id), later)).then(refused)


def test_offer_for_a_group_that_has_concluded_is_refused() -> None:
    given(CONCLUDED).when(COMMENTER.sends(offer(group=FORUM))).then(GroupHasConcluded(group=FORUM))


def test_volunteer_takes_the_offer_back_once() -> None:
    withdrawn = event(VolunteerOffer.Withdrawn, group_id=GROUP, call_id=None, reason=None)

    for person in (COMMENTER, SECRETARIAT):
        given(FORMING, OFFERED).when(person.sends(WITHDRAW)).then(withdrawn)
    again = replace(WITHDRAW, command_id=id_of("again"))
    given(FORMING, OFFERED, COMMENTER.sends(WITHDRAW)).when(COMMENTER.sends(again)).then(
        OfferIsWithdrawn(offer=OFFER.created_id)
    )


def test_offer_of_somebody_else_is_not_taken_back() -> None:
    refused = NotTheVolunteer(offer=OFFER.created_id)

    given(FORMING, OFFERED).when(OTHER_COMMENTER.sends(WITHDRAW)).then(refused)
    given(FORMING, OFFERED).erased().when(COMMENTER.sends(WITHDRAW)).then(refused)
    given(FORMING, SECRETARIAT.sends(offer(name="Ann Other"))).when(COMMENTER.sends(WITHDRAW)).then(
        refused
    )
    named = SECRETARIAT.sends(offer(participant=COMMENTER.id))
    given(FORMING, named).when(COMMENTER.sends(WITHDRAW)).then(VolunteerOffer.Withdrawn)
