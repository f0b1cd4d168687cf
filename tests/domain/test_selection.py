"""Outcomes of decisions on proposals: approve, decline, defer, redirect."""

import pytest

from intersessional.domain.command_handling.scenario import event
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.decision.commands import (
    Approve,
    Decline,
    Defer,
    Establish,
    OutcomeChoice,
    Redirect,
)
from intersessional.domain.decision.decision import Decision
from intersessional.domain.decision.decision_outcome import Outcome, OutcomeKind
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.ids import cycle_id, outcome_id
from intersessional.domain.kernel.refusals import BadValue, NotFound
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import CoFacilitatorsMissing, ProposalFrozen
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.theme.theme import Theme
from tests.domain.actors import CHAIR, MEMBER, OPERATOR
from tests.domain.given_when_then import given
from tests.domain.scenarios import (
    CYCLE,
    approve,
    cap,
    decide,
    group_id,
    merge,
    moot,
    proposal_id,
    submit,
    submitted,
)

AI = proposal_id("ai")
IMPORTED = Provenance(Ground.IMPORTED)


def test_an_approved_proposal_becomes_a_group_of_the_cycle() -> None:
    command = decide("approve ai", approve("ai"))
    group = outcome_id(command.command_id, 1)

    given(CYCLE, submitted("ai")).when(CHAIR.sends(command)).then(
        event(Proposal.Approved, originator_id=AI, decision_id=command.derived_id, group_id=group),
        event(
            Group.Established,
            originator_id=group,
            cycle_id=cycle_id(2018),
            year=2018,
            kind="BPF",
            name=Sealed("Ai"),
            decision_id=command.derived_id,
            proposal_id=AI,
        ),
        event(Cycle.GroupAdmitted, group_id=group, kind="BPF"),
        event(Decision.Recorded, outcomes=(Outcome(OutcomeKind.PROPOSAL_APPROVED, AI),)),
    )


def test_proposal_approved_without_two_co_facilitators_is_refused() -> None:
    """An imported proposal may name none, and a mooted one does not name any."""
    imported = OPERATOR.sends(submit("ai", written=WrittenProposal(), provenance=IMPORTED))
    mooted = moot("ai")
    by_word = OutcomeChoice(approve=Approve(proposal=mooted.derived_id, group_name="AI"))
    refused = CoFacilitatorsMissing(named=0, needed=2, mag_members=0)

    given(CYCLE, imported).when(CHAIR.sends(decide("ai", approve("ai")))).then(refused)
    given(CYCLE, MEMBER.sends(mooted)).when(CHAIR.sends(decide("ai", by_word))).then(refused)


def test_an_approved_theme_was_worked_on_in_that_year() -> None:
    history = (CYCLE, MEMBER.sends(submit("ai", theme="ai")))

    given(*history).when(CHAIR.sends(decide("approve ai", approve("ai")))).then(
        Proposal.Approved,
        Group.Established,
        Cycle.GroupAdmitted,
        event(Theme.Named, key="ai"),
        event(Theme.WorkedOn, year=2018, title=None, group_id=group_id("ai")),
        Decision.Recorded,
    )


@pytest.mark.parametrize(
    ("outcome", "kind", "happened"),
    [
        (
            OutcomeChoice(decline=Decline(proposal=AI)),
            OutcomeKind.PROPOSAL_DECLINED,
            event(Proposal.Declined, originator_id=AI),
        ),
        (
            OutcomeChoice(defer=Defer(proposal=AI)),
            OutcomeKind.PROPOSAL_DEFERRED,
            event(Proposal.Deferred, originator_id=AI),
        ),
        (
            OutcomeChoice(redirect=Redirect(proposal=AI, to=RedirectTarget.WORKSHOP)),
            OutcomeKind.PROPOSAL_REDIRECTED,
            event(Proposal.Redirected, originator_id=AI, to=RedirectTarget.WORKSHOP),
        ),
    ],
)
def test_a_proposal_is_declined_deferred_or_redirected(
    outcome: OutcomeChoice, kind: OutcomeKind, happened: object
) -> None:
    given(CYCLE, submitted("ai")).when(CHAIR.sends(decide("ai", outcome))).then(
        happened,  # type: ignore[arg-type]
        event(Decision.Recorded, outcomes=(Outcome(kind, AI),)),
    )


def test_a_deferred_proposal_can_be_decided_later() -> None:
    later = CHAIR.sends(decide("later", OutcomeChoice(defer=Defer(proposal=AI))))

    given(CYCLE, submitted("ai"), later).when(CHAIR.sends(decide("ai", approve("ai")))).then(
        Proposal.Approved, Group.Established, Cycle.GroupAdmitted, Decision.Recorded
    )


@pytest.mark.parametrize(
    "outcome", [approve("ai"), OutcomeChoice(defer=Defer(proposal=AI)), merge("ai", "big data")]
)
def test_redirected_proposal_is_decided_for_this_cycle(outcome: OutcomeChoice) -> None:
    redirect = OutcomeChoice(redirect=Redirect(proposal=AI, to=RedirectTarget.NRI))

    given(CYCLE, submitted("ai", "big data"), CHAIR.sends(decide("redirect", redirect))).when(
        CHAIR.sends(decide("again", outcome))
    ).then(ProposalFrozen(proposal=AI, state=ProposalState.REDIRECTED))


def test_proposal_or_policy_named_twice_in_a_decision_is_refused() -> None:
    twice = BadValue(field="outcomes", problem="two of them change the same subject.")

    for first, second in [
        (approve("ai"), approve("ai")),
        (OutcomeChoice(defer=Defer(proposal=AI)), approve("ai")),
        (merge("ai", "big data"), OutcomeChoice(decline=Decline(proposal=AI))),
        (merge("ai", "ai"), cap(3)),
    ]:
        command = decide("a", first, second)
        given(CYCLE, submitted("ai", "big data")).when(CHAIR.sends(command)).then(twice)


def test_decision_on_an_unknown_proposal_is_refused() -> None:
    given(CYCLE).when(CHAIR.sends(decide("ai", approve("ai")))).then(
        NotFound(kind="proposal", id=str(AI))
    )


def test_a_working_group_is_established_without_a_proposal() -> None:
    outcome = OutcomeChoice(establish=Establish(kind="WORKING_GROUP", name="WG on Fundraising"))

    given(CYCLE).when(CHAIR.sends(decide("wg", outcome, rationale=None, assessment=None))).then(
        event(Group.Established, name=Sealed("WG on Fundraising"), proposal_id=None),
        event(Cycle.GroupAdmitted, kind="WORKING_GROUP"),
        Decision.Recorded,
    )


@pytest.mark.parametrize("kind", ["BPF", "CENB"])
def test_group_of_a_proposed_kind_is_not_established_without_a_proposal(kind: str) -> None:
    outcome = OutcomeChoice(establish=Establish(kind=kind, name="A forum"))

    given(CYCLE).when(CHAIR.sends(decide("a", outcome))).then(
        BadValue(
            field="outcomes.0.establish.kind", problem="it comes from a proposal: approve one."
        )
    )
