"""Nominations of co-facilitators, and organisations that signal interest (DOMAIN rows 43, 46)."""

from typing import Any

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.decision import Decision
from intersessional.domain.group.group import Group
from intersessional.domain.interest.commands import SignalInterest
from intersessional.domain.interest.interest import Interest
from intersessional.domain.kernel.ids import roster_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
)
from intersessional.domain.proposal.written_proposal import NamedCoFacilitator
from intersessional.domain.roster.commands import (
    ConfirmCoFacilitator,
    NominateCoFacilitator,
    ReplaceCoFacilitator,
)
from intersessional.domain.roster.refusals import NotNominated
from intersessional.domain.roster.roster import Roster
from tests.domain.actors import (
    CHAIR,
    COMMENTER,
    MEMBER,
    OTHER_MEMBER,
    SECRETARIAT,
    id_of,
)
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approve,
    decide,
    moot,
    proposal_id,
    submitted,
    withdraw,
)

AI = proposal_id("ai")
WRITTEN = (*CYCLE, *submitted("ai"))


def nominate(what: str, proposal: Any = AI, **person: Any) -> NominateCoFacilitator:
    return NominateCoFacilitator(
        command_id=id_of(f"nominate {what}"), proposal=proposal, person=NamedCoFacilitator(**person)
    )


NOMINATE = nominate("commenter", participant=COMMENTER.id)
NOMINATION = NOMINATE.derived_id
CONFIRM = ConfirmCoFacilitator(command_id=id_of("confirm"), proposal=AI, nomination=NOMINATION)


def replace_with(**person: Any) -> ReplaceCoFacilitator:
    return ReplaceCoFacilitator(
        command_id=id_of("replace"),
        proposal=AI,
        nomination=NOMINATION,
        person=NamedCoFacilitator(**person),
    )


def test_co_facilitator_is_nominated_by_a_proposer_and_confirms_it_themselves() -> None:
    record = (
        given(WRITTEN)
        .when(MEMBER.sends(NOMINATE))
        .then(
            event(Roster.Begun, proposal_id=AI),
            event(
                Roster.Nominated,
                nomination_id=NOMINATION,
                person=CoFacilitator(None, None, COMMENTER.id),
            ),
        )
    )
    record.when(OTHER_MEMBER.sends(CONFIRM)).then(NotNominated(proposal=AI, nomination=NOMINATION))
    confirmed = record.when(COMMENTER.sends(CONFIRM)).then(
        event(Roster.Confirmed, nomination_id=NOMINATION, source=None)
    )
    confirmed.when(
        SECRETARIAT.sends(
            ConfirmCoFacilitator(
                command_id=id_of("again"), proposal=AI, nomination=NOMINATION, source="A call."
            )
        )
    ).then(AlreadyRecorded(kind="confirmation", id=NOMINATION))


def test_confirmation_is_recorded_by_the_secretariat_with_its_source() -> None:
    record = given(WRITTEN, MEMBER.sends(NOMINATE))

    record.when(SECRETARIAT.sends(CONFIRM)).then(
        BadValue(field="source", problem="say where they confirmed it.")
    )
    with_source = ConfirmCoFacilitator(
        command_id=id_of("confirm"), proposal=AI, nomination=NOMINATION, source="A mail."
    )
    record.when(SECRETARIAT.sends(with_source)).then(
        event(Roster.Confirmed, source=Sealed("A mail."))
    )


def test_nomination_of_somebody_who_is_named_already_is_refused() -> None:
    again = nominate("again", participant=COMMENTER.id)
    given(WRITTEN, MEMBER.sends(NOMINATE)).when(MEMBER.sends(again)).then(
        BadValue(field="person.participant", problem="they are nominated already.")
    )
    given(WRITTEN).when(MEMBER.sends(nominate("ann", name="ann"))).then(
        BadValue(field="person.name", problem="they are named already.")
    )
    given(WRITTEN).when(MEMBER.sends(nominate("nobody"))).then(
        BadValue(field="person.name", problem="give a name or a participant.")
    )


def test_only_a_proposer_nominates_and_only_until_the_decision() -> None:
    given(WRITTEN).when(OTHER_MEMBER.sends(NOMINATE)).then(NotAProposer(proposal=AI))
    given(WRITTEN).when(SECRETARIAT.sends(NOMINATE)).then(Roster.Begun, Roster.Nominated)
    given(WRITTEN, MEMBER.sends(withdraw("ai"))).when(MEMBER.sends(NOMINATE)).then(
        ProposalFrozen(proposal=AI, state=ProposalState.WITHDRAWN)
    )


def test_nomination_is_replaced_by_another_one_and_then_no_more() -> None:
    by = replace_with(name="Cem", mag_member=False)
    record = (
        given(WRITTEN, MEMBER.sends(NOMINATE))
        .when(MEMBER.sends(by))
        .then(
            event(Roster.Replaced, nomination_id=NOMINATION, by=by.derived_id),
            event(Roster.Nominated, nomination_id=by.derived_id),
        )
    )

    record.when(COMMENTER.sends(CONFIRM)).then(NotNominated(proposal=AI, nomination=NOMINATION))
    roster = record.aggregate(Roster, roster_id(AI))
    assert [one.replaced is None for one in roster.nominations] == [False, True]


def test_nominations_count_at_the_decision_and_those_replaced_do_not() -> None:
    mooted = moot("cenb").derived_id
    history = (
        *CYCLE,
        MEMBER.sends(moot("cenb")),
        MEMBER.sends(nominate("one", mooted, participant=COMMENTER.id)),
    )
    it = decide("it", approve("ai"))
    [choice] = it.outcomes
    assert choice.approve is not None
    decision = decide(
        "it", type(choice)(approve=type(choice.approve)(proposal=mooted, group_name="CENB"))
    )

    given(*history).when(CHAIR.sends(decision)).then(
        CoFacilitatorsMissing(named=1, needed=2, mag_members=0)
    )
    second = MEMBER.sends(nominate("two", mooted, participant=OTHER_MEMBER.id))
    given(*history, second).when(CHAIR.sends(decision)).then(
        Proposal.Approved, Group.Established, Cycle.GroupAdmitted, Decision.Recorded
    )
    replaced = ReplaceCoFacilitator(
        command_id=id_of("replace two"),
        proposal=mooted,
        nomination=nominate("two").derived_id,
        person=NamedCoFacilitator(name="Cem", mag_member=False),
    )
    given(*history, second, MEMBER.sends(replaced)).when(CHAIR.sends(decision)).then(
        CoFacilitatorsMissing(named=2, needed=2, mag_members=0)
    )


SIGNAL = SignalInterest(
    command_id=id_of("signal"),
    proposal=AI,
    name="A registry of Africa",
    stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
    region=Region.AFRICAN,
    source="A mail to the list.",
)


def test_organisation_signals_interest_with_its_dimensions_and_a_source() -> None:
    given(WRITTEN).when(MEMBER.sends(SIGNAL)).then(
        event(
            Interest.Signalled,
            proposal_id=AI,
            name=Sealed("A registry of Africa"),
            stakeholder_group=StakeholderGroup.TECHNICAL_COMMUNITY,
            region=Region.AFRICAN,
            source=Sealed("A mail to the list."),
        )
    )
    given(WRITTEN).when(OTHER_MEMBER.sends(SIGNAL)).then(NotAProposer(proposal=AI))


@pytest.mark.parametrize("person", [MEMBER, SECRETARIAT])
def test_interest_without_a_source_or_in_a_decided_proposal_is_refused(person: Any) -> None:
    unsourced = SignalInterest(command_id=id_of("signal"), proposal=AI, name="A registry")

    given(WRITTEN).when(person.sends(unsourced)).then(
        BadValue(field="source", problem="say where the organisation signalled it.")
    )
    given(WRITTEN, MEMBER.sends(withdraw("ai"))).when(person.sends(SIGNAL)).then(
        ProposalFrozen(proposal=AI, state=ProposalState.WITHDRAWN)
    )
