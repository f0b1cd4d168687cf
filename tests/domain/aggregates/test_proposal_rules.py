"""Rules that proposals check themselves."""

from collections.abc import Callable
from typing import Any

import pytest

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act, Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.proposal import submission
from intersessional.domain.proposal.addition import check_written
from intersessional.domain.proposal.merger import Merger
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_decision import ProposalDecision, check_decidable
from intersessional.domain.proposal.proposal_details import ProposalDetails
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
    ProposalIncomplete,
)
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.template.default_template import DEFAULT_TEMPLATE
from tests.domain.aggregates.acts import AUTHOR, IMPORTED, act, cycle, new_id, proposal
from tests.domain.scenarios import WRITTEN

DECISION, GROUP = new_id("decision"), new_id("group")


def decision(by: Act | None = None) -> ProposalDecision:
    return ProposalDecision(act=by or act(), decision_id=DECISION)


def submit(one: Proposal, by: Act | None = None, **fields: Any) -> None:
    in_full: dict[str, Any] = {"cycle": cycle(), "written": WRITTEN, "template": DEFAULT_TEMPLATE}
    submission.submit(one, by or act(), **in_full | fields)


NAMED = (CoFacilitator(None, True, None), CoFacilitator(None, False, None))
CHANGES: list[Callable[[Proposal], None]] = [
    submit,
    lambda one: check_written(one, act()),
    lambda one: one.withdraw(act()),
    lambda one: decision().approve(one, group_id=GROUP, co_facilitators=NAMED),
    lambda one: decision().decline(one),
    lambda one: decision().defer(one),
    lambda one: decision().redirect(one, to=RedirectTarget.NRI),
    lambda one: decision().merge(one, into=GROUP, proposers_agreed=None),
]


def submitted() -> Proposal:
    one = proposal()
    submit(one)
    return one


@pytest.mark.parametrize("change", CHANGES)
def test_proposal_that_is_decided_does_not_change(change: Callable[[Proposal], None]) -> None:
    declined = submitted()
    decision().decline(declined)
    before = declined.version

    with pytest.raises(ProposalFrozen):
        change(declined)
    assert declined.version == before


@pytest.mark.parametrize("change", CHANGES)
def test_proposal_that_is_deferred_can_change(change: Callable[[Proposal], None]) -> None:
    deferred = submitted()
    decision().defer(deferred)

    change(deferred)


def test_proposal_submitted_again_is_revised() -> None:
    one = submitted()
    submit(one)

    assert one.revision == 2
    assert type(one.take_pending_events()[-1]) is Proposal.Revised


def test_proposal_that_was_only_mooted_is_not_revised() -> None:
    with pytest.raises(BadValue, match="in writing"):
        check_written(proposal(), act())


def test_proposal_lacking_parts_is_refused_unless_imported() -> None:
    with pytest.raises(ProposalIncomplete):
        submit(proposal(), written=WrittenProposal())
    submit(proposal(), act(provenance=IMPORTED), written=WrittenProposal())


def test_proposal_without_co_facilitators_is_approved_by_history_alone() -> None:
    mooted = proposal()

    with pytest.raises(CoFacilitatorsMissing):
        decision().approve(mooted, group_id=GROUP)
    decision(act(provenance=IMPORTED)).approve(mooted, group_id=GROUP)
    assert mooted.state is ProposalState.APPROVED


def test_proposal_withdrawn_by_someone_else_is_refused() -> None:
    one = proposal()

    with pytest.raises(NotAProposer):
        one.withdraw(act(Role.MAG_MEMBER, new_id("other")))
    one.withdraw(act(Role.MAG_MEMBER, AUTHOR))
    assert one.state is ProposalState.WITHDRAWN


@pytest.mark.parametrize("count", [1, 21])
def test_merger_of_too_few_or_too_many_proposals_is_refused(count: int) -> None:
    with pytest.raises(BadValue, match="2 to 20"):
        Merger.check_size([new_id("a")] * count)


def test_proposal_of_another_cycle_is_neither_submitted_nor_decided() -> None:
    other = Cycle.open(act(), 2019)

    with pytest.raises(BadValue, match="another cycle"):
        submit(proposal(), cycle=other)
    with pytest.raises(BadValue, match="another cycle"):
        check_decidable(proposal(), act(), other, "proposal")


def test_new_proposal_needs_the_title_that_a_mooted_one_has() -> None:
    with pytest.raises(BadValue, match="title"):
        ProposalDetails(title=None).validated(live=True)
    with pytest.raises(BadValue, match="mooted"):
        ProposalDetails(title="AI").check_mooted()
    ProposalDetails(title=None).check_mooted()


def test_proposals_for_groups_of_different_kinds_are_not_merged() -> None:
    sources = [proposal("a"), proposal("b", "CENB")]

    with pytest.raises(BadValue, match="different kinds"):
        Merger(cycle=cycle(), sources=sources, title="Both").put_forward(act(), new_id("ab"))


def test_proposal_merged_from_others_names_them() -> None:
    sources = [proposal("a"), proposal("b")]
    merger = Merger(cycle=cycle(), sources=sources, title="Both")
    merged = merger.put_forward(act(), new_id("ab"))

    assert merged.merged_from == (new_id("a"), new_id("b"))
    assert merged.state is ProposalState.MOOTED
