"""Consolidations that are suggested and consented to, and splits (DOMAIN row 13)."""

from typing import Any
from uuid import UUID

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.consolidation.commands import (
    ConsentToConsolidation,
    SuggestConsolidation,
)
from intersessional.domain.consolidation.consolidation import Consolidation
from intersessional.domain.consolidation.refusals import ConsolidationIsDone
from intersessional.domain.decision.decision import Decision
from intersessional.domain.kernel.fact import Fact
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, OverrideRequired
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.commands import SplitPart, SplitProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen
from intersessional.domain.rule.core_rules import MERGER_AGREED
from tests.domain.actors import CHAIR, MEMBER, OTHER_MEMBER, SECRETARIAT, Person, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approve,
    decide,
    merge,
    proposal_id,
    submit,
    submitted,
)

AI, DATA = proposal_id("ai"), proposal_id("data")
HISTORY = (*CYCLE, *submitted("ai"), OTHER_MEMBER.sends(submit("data")))
SUGGEST = SuggestConsolidation(
    command_id=id_of("suggest"), proposals=(AI, DATA), title="AI and data", rationale="They meet."
)
SUGGESTED = SUGGEST.derived_id


def consent(proposal: UUID, **fields: Any) -> ConsentToConsolidation:
    return ConsentToConsolidation(
        command_id=id_of(f"consent {proposal}"),
        consolidation=SUGGESTED,
        proposal=proposal,
        **fields,
    )


MERGE = decide("merge", merge("ai", "data", proposers_agreed=None, consolidation=SUGGESTED))
MERGED = outcome_id(MERGE.command_id, 1)


def test_consolidation_is_suggested_by_somebody() -> None:
    given(*HISTORY).when(CHAIR.sends(SUGGEST)).then(
        event(
            Consolidation.Suggested,
            proposals=(AI, DATA),
            title=Sealed("AI and data"),
            suggested_by=CHAIR.id,
            rationale=Sealed("They meet."),
        )
    )
    given(*HISTORY).when(SECRETARIAT.sends(SUGGEST)).then(
        event(Consolidation.Suggested, suggested_by=None)
    )
    twice = SuggestConsolidation(command_id=id_of("suggest"), proposals=(AI, AI))
    given(*HISTORY).when(CHAIR.sends(twice)).then(
        BadValue(field="proposals", problem="one is named twice.")
    )


def test_proposals_are_merged_once_the_proposers_of_each_have_consented() -> None:
    history = (*HISTORY, CHAIR.sends(SUGGEST), MEMBER.sends(consent(AI)))

    given(*history, OTHER_MEMBER.sends(consent(DATA))).when(CHAIR.sends(MERGE)).then(
        event(Proposal.PutForward, originator_id=MERGED, merged_from=(AI, DATA)),
        event(Consolidation.CarriedOut, originator_id=SUGGESTED, into=MERGED),
        event(Proposal.Merged, originator_id=AI, proposers_agreed=True),
        event(Proposal.Merged, originator_id=DATA, proposers_agreed=True),
        Decision.Recorded,
    )


def test_merger_that_a_proposer_has_not_consented_to_needs_reasons() -> None:
    given(*HISTORY, CHAIR.sends(SUGGEST), MEMBER.sends(consent(AI))).when(CHAIR.sends(MERGE)).then(
        OverrideRequired(
            rule="MERGER_AGREED",
            requirement=MERGER_AGREED.sentence,
            facts=(
                Fact("agreed", word="false"),
                Fact("merged", word=str(AI)),
                Fact("merged", word=str(DATA)),
            ),
        )
    )


def test_consent_is_of_a_proposer_once_and_for_a_proposal_that_it_is_about() -> None:
    record = given(*HISTORY, *submitted("ipv6"), CHAIR.sends(SUGGEST))

    def sends(person: Person, command: ConsentToConsolidation, refused: Any) -> None:
        record.when(person.sends(command)).then(refused)

    sends(OTHER_MEMBER, consent(AI), NotAProposer(proposal=AI))
    sends(
        MEMBER,
        consent(proposal_id("ipv6")),
        BadValue(field="proposal", problem="the consolidation is not about it."),
    )
    sends(
        SECRETARIAT,
        consent(AI, proposer=MEMBER.id),
        BadValue(field="source", problem="say where the proposer gave the consent."),
    )
    told = consent(AI, proposer=MEMBER.id, source="The list.")
    given(*HISTORY, CHAIR.sends(SUGGEST), SECRETARIAT.sends(told)).when(
        MEMBER.sends(
            ConsentToConsolidation(command_id=id_of("again"), consolidation=SUGGESTED, proposal=AI)
        )
    ).then(AlreadyRecorded(kind="consent", id=SUGGESTED))


def test_consolidation_is_carried_out_once_and_of_its_own_proposals() -> None:
    other = decide("other", merge("ai", "ipv6", consolidation=SUGGESTED))
    given(*HISTORY, *submitted("ipv6"), CHAIR.sends(SUGGEST)).when(CHAIR.sends(other)).then(
        BadValue(field="outcomes.0.merge.consolidation", problem="it is about other proposals.")
    )
    history = (
        *HISTORY,
        CHAIR.sends(SUGGEST),
        MEMBER.sends(consent(AI)),
        OTHER_MEMBER.sends(consent(DATA)),
        CHAIR.sends(MERGE),
    )
    late = consent(AI)
    given(*history).when(
        MEMBER.sends(
            ConsentToConsolidation(
                command_id=id_of("late"), consolidation=SUGGESTED, proposal=late.proposal
            )
        )
    ).then(ConsolidationIsDone(consolidation=SUGGESTED, into=MERGED))


SPLIT = SplitProposal(
    command_id=id_of("split"),
    proposal=AI,
    parts=(SplitPart(title="AI"), SplitPart(title="Data", theme="data")),
    reason="They are two.",
)
PARTS = tuple(outcome_id(SPLIT.command_id, place) for place in (1, 2))


def test_parts_of_a_split_proposal_name_what_they_came_from() -> None:
    record = (
        given(*HISTORY)
        .when(MEMBER.sends(SPLIT))
        .then(
            event(Proposal.Split, originator_id=AI, into=PARTS, reason=Sealed("They are two.")),
            event(
                Proposal.PutForward,
                originator_id=PARTS[0],
                title=Sealed("AI"),
                split_from=AI,
                proposers=(MEMBER.id,),
            ),
            event(Proposal.PutForward, originator_id=PARTS[1], theme="data", split_from=AI),
        )
    )
    record.when(CHAIR.sends(decide("ai", approve("ai")))).then(
        ProposalFrozen(proposal=AI, state=ProposalState.SPLIT)
    )


def test_proposal_is_split_by_a_proposer_into_two_at_least() -> None:
    given(*HISTORY).when(OTHER_MEMBER.sends(SPLIT)).then(NotAProposer(proposal=AI))
    one = SplitProposal(command_id=id_of("split"), proposal=AI, parts=(SplitPart(title="AI"),))
    given(*HISTORY).when(MEMBER.sends(one)).then(BadValue(field="parts", problem="name 2 to 20."))
