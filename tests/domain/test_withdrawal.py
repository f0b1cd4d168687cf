"""Ends of proposals: withdrawn, or decided and frozen."""

from dataclasses import replace

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.command_handling.scenario import SentCommand, event
from intersessional.domain.decision.commands import Decline, Defer, Merge, OutcomeChoice
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.commands import ReviseProposal, SubmitProposal, WithdrawProposal
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen
from tests.domain.actors import CHAIR, MEMBER, OPERATOR, OTHER_MEMBER, Person, id_of
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approved,
    decide,
    proposal_id,
    revise,
    submit,
    submitted,
    withdraw,
)

CYBERSECURITY = proposal_id("cybersecurity")
REVISE, WITHDRAW = revise("cybersecurity"), withdraw("cybersecurity")
AGAIN = submit("again", proposal=CYBERSECURITY, title=None)


def test_proposal_is_withdrawn_by_its_proposer() -> None:
    given(CYCLE, submitted("cybersecurity")).when(MEMBER.sends(WITHDRAW)).then(
        event(Proposal.Withdrawn, reason=Sealed("It is too early."))
    )


def test_proposal_withdrawn_by_another_member_is_refused() -> None:
    given(CYCLE, submitted("cybersecurity")).when(OTHER_MEMBER.sends(WITHDRAW)).then(
        NotAProposer(proposal=CYBERSECURITY)
    )


@pytest.mark.parametrize("command", [WITHDRAW, REVISE])
def test_import_that_names_nobody_does_not_speak_for_who_proposed_here(command: Command) -> None:
    told = replace(command, provenance=Provenance(Ground.IMPORTED))
    in_their_name = Person(Caller(person=MEMBER.id, operator=True))

    given(CYCLE, submitted("cybersecurity")).when(OPERATOR.sends(told)).then(
        NotAProposer(proposal=CYBERSECURITY)
    )
    given(CYCLE, submitted("cybersecurity")).when(in_their_name.sends(told)).then(
        Proposal.Withdrawn if command is WITHDRAW else Proposal.Revised
    )


def test_proposal_without_a_recorded_proposer_is_withdrawn_by_any_member() -> None:
    imported = OPERATOR.sends(submit("cybersecurity", provenance=Provenance(Ground.IMPORTED)))

    given(CYCLE, imported).when(OTHER_MEMBER.sends(WITHDRAW)).then(Proposal.Withdrawn)


def test_a_merged_proposal_is_withdrawn_by_those_who_put_its_parts_forward() -> None:
    merge = decide(
        "merge",
        OutcomeChoice(
            merge=Merge(
                proposals=(proposal_id("ai"), proposal_id("big data")),
                title="AI and data",
                proposers_agreed=True,
            )
        ),
    )
    merged = (CYCLE, submitted("ai", "big data"), CHAIR.sends(merge))
    command = withdraw("cybersecurity", proposal=outcome_id(merge.command_id, 1))

    given(*merged).when(MEMBER.sends(command)).then(Proposal.Withdrawn)
    given(*merged).when(OTHER_MEMBER.sends(command)).then(NotAProposer(proposal=command.proposal))


@pytest.mark.parametrize(
    "command",
    [REVISE, WITHDRAW, AGAIN],
)
@pytest.mark.parametrize(
    ("history", "state"),
    [
        (approved("cybersecurity"), ProposalState.APPROVED),
        (
            (
                *submitted("cybersecurity"),
                CHAIR.sends(decide("no", OutcomeChoice(decline=Decline(proposal=CYBERSECURITY)))),
            ),
            ProposalState.DECLINED,
        ),
        (
            (
                *submitted("cybersecurity"),
                MEMBER.sends(WITHDRAW),
            ),
            ProposalState.WITHDRAWN,
        ),
    ],
)
def test_a_decided_or_withdrawn_proposal_is_frozen(
    command: SubmitProposal | ReviseProposal | WithdrawProposal,
    history: tuple[SentCommand, ...],
    state: ProposalState,
) -> None:
    again = replace(command, command_id=id_of("again"))
    given(CYCLE, history).when(MEMBER.sends(again)).then(
        ProposalFrozen(proposal=CYBERSECURITY, state=state)
    )


def test_a_deferred_proposal_can_still_be_revised() -> None:
    later = decide("later", OutcomeChoice(defer=Defer(proposal=CYBERSECURITY)))

    given(CYCLE, submitted("cybersecurity"), CHAIR.sends(later)).when(MEMBER.sends(REVISE)).then(
        event(Proposal.Revised)
    )
