"""Mergers of proposals (DOMAIN row 13)."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import Approve, OutcomeChoice
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import Outcome, OutcomeKind
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import outcome_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalFrozen
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import (
    CHAIR,
    MEMBER,
    in_the_name_of,
)
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approve,
    cap,
    decide,
    merge,
    proposal_id,
    submit,
    submitted,
)

AI = proposal_id("ai")
IMPORTED = Provenance(Ground.IMPORTED)


def test_proposals_are_merged_into_one_that_is_written_before_it_is_approved() -> None:
    command = decide("merge", merge("ai", "big data", theme="data", proposers_agreed=True))
    merged = outcome_id(command.command_id, 1)
    history = (CYCLE, submitted("ai", "big data"))

    given(*history).when(CHAIR.sends(command)).then(
        event(
            Proposal.PutForward,
            originator_id=merged,
            title=Sealed("AI and big data"),
            theme="data",
            is_new=True,
            merged_from=(AI, proposal_id("big data")),
        ),
        event(Proposal.Merged, originator_id=AI, into=merged, proposers_agreed=True),
        event(Proposal.Merged, originator_id=proposal_id("big data"), into=merged),
        event(Decision.Recorded, outcomes=(Outcome(OutcomeKind.PROPOSAL_MERGED, merged),)),
    )
    for_it = OutcomeChoice(approve=Approve(proposal=merged, group_name="AI and big data"))
    written = MEMBER.sends(submit("both", proposal=merged, title=None))
    given(*history, CHAIR.sends(command)).when(CHAIR.sends(decide("it", for_it))).then(
        CoFacilitatorsMissing(named=0, needed=2, mag_members=0)
    )
    given(*history, CHAIR.sends(command), written).when(CHAIR.sends(decide("it", for_it))).then(
        Proposal.Approved,
        Group.Established,
        Cycle.GroupAdmitted,
        Theme.Named,
        Theme.WorkedOn,
        Decision.Recorded,
    )


def test_imported_proposals_are_merged_and_approved_at_once() -> None:
    command = decide("at once", merge("ai", "big data"), provenance=IMPORTED)
    merged = outcome_id(command.command_id, 1)
    both = OutcomeChoice(approve=Approve(proposal=merged, group_name="AI and big data"))
    both_at_once = decide("at once", merge("ai", "big data"), both, provenance=IMPORTED)

    given(CYCLE, CHAIR.sends(decide("cap", cap(1))), submitted("ai", "big data")).when(
        in_the_name_of(CHAIR).sends(both_at_once)
    ).then(
        Proposal.PutForward,
        Proposal.Merged,
        Proposal.Merged,
        Proposal.Approved,
        event(Group.Established, proposal_id=merged),
        Cycle.GroupAdmitted,
        Decision.Recorded,
    )


def test_merger_with_an_earlier_proposal_is_not_new() -> None:
    history = (CYCLE, submitted("ai"), MEMBER.sends(submit("big data", is_new=False)))

    given(*history).when(CHAIR.sends(decide("merge", merge("ai", "big data")))).then(
        event(Proposal.PutForward, is_new=False),
        Proposal.Merged,
        Proposal.Merged,
        Decision.Recorded,
    )


def test_merged_proposal_is_frozen() -> None:
    history = (
        CYCLE,
        submitted("ai", "big data"),
        CHAIR.sends(decide("merge", merge("ai", "big data"))),
    )

    given(*history).when(CHAIR.sends(decide("ai", approve("ai")))).then(
        ProposalFrozen(proposal=AI, state=ProposalState.MERGED)
    )


@pytest.mark.parametrize("whats", [(), ("ai",), tuple("abcdefghijklmnopqrstu")])
def test_merger_of_too_few_or_too_many_is_refused(whats: tuple[str, ...]) -> None:
    given(CYCLE, submitted("ai")).when(CHAIR.sends(decide("merge", merge(*whats)))).then(
        BadValue(field="outcomes.0.merge.proposals", problem="name 2 to 20.")
    )


def test_merger_of_proposals_for_different_kinds_is_refused() -> None:
    cenb = MEMBER.sends(submit("cenb", group_kind="CENB"))

    given(CYCLE, submitted("ai"), cenb).when(
        CHAIR.sends(decide("merge", merge("ai", "cenb")))
    ).then(
        BadValue(
            field="outcomes.0.merge.proposals", problem="they are for groups of different kinds."
        )
    )
