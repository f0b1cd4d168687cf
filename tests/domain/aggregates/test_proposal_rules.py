"""Rules that proposals check themselves."""

from collections.abc import Callable
from datetime import date

import pytest

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.proposal.merger import Merger
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_details import ProposalDetails
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import (
    CoFacilitatorsMissing,
    NotAProposer,
    ProposalFrozen,
    ProposalIncomplete,
)
from intersessional.domain.proposal.written_proposal import NamedCoFacilitator, WrittenProposal
from tests.domain.aggregates.acts import AUTHOR, IMPORTED, act, cycle, new_id, proposal

WRITTEN = WrittenProposal(
    co_facilitators=(
        NamedCoFacilitator(name="Ann", mag_member=True),
        NamedCoFacilitator(name="Ben", mag_member=False),
    ),
    topics="Norms.",
    objectives="To collect what has worked.",
    focus="Small networks.",
    outreach_plan="Lists and calls.",
    anticipated_engagement="Operators, mostly.",
)
DECISION, GROUP = new_id("decision"), new_id("group")
CHANGES: list[Callable[[Proposal], None]] = [
    lambda one: one.submit(act(), cycle=cycle(), written=WRITTEN),
    lambda one: one.revise(act(), cycle=cycle(), written=WRITTEN),
    lambda one: one.withdraw(act(), proposers=()),
    lambda one: one.approve(act(), decision_id=DECISION, group_id=GROUP),
    lambda one: one.decline(act(), decision_id=DECISION),
    lambda one: one.defer(act(), decision_id=DECISION),
    lambda one: one.redirect(act(), decision_id=DECISION, to=RedirectTarget.NRI),
    lambda one: one.become_part_of(act(), decision_id=DECISION, into=GROUP, proposers_agreed=None),
]


def submitted() -> Proposal:
    one = proposal()
    one.submit(act(), cycle=cycle(), written=WRITTEN)
    return one


@pytest.mark.parametrize("change", CHANGES)
def test_proposal_that_is_decided_does_not_change(change: Callable[[Proposal], None]) -> None:
    declined = submitted()
    declined.decline(act(), decision_id=DECISION)
    before = declined.version

    with pytest.raises(ProposalFrozen):
        change(declined)
    assert declined.version == before


@pytest.mark.parametrize("change", CHANGES)
def test_proposal_that_is_deferred_can_change(change: Callable[[Proposal], None]) -> None:
    deferred = submitted()
    deferred.defer(act(), decision_id=DECISION)

    change(deferred)


def test_proposal_submitted_again_is_revised() -> None:
    one = submitted()
    one.submit(act(), cycle=cycle(), written=WRITTEN)

    assert one.revision == 2
    assert type(one.take_pending_events()[-1]) is Proposal.Revised


def test_proposal_that_was_only_mooted_is_not_revised() -> None:
    with pytest.raises(BadValue, match="in writing"):
        proposal().revise(act(), cycle=cycle(), written=WRITTEN)


def test_proposal_is_late_after_the_deadline_of_its_cycle() -> None:
    one, year = proposal(), cycle()
    year.set_proposal_deadline(act(), date(2018, 4, 3))
    one.submit(act(), cycle=year, written=WRITTEN)

    event = one.take_pending_events()[-1]
    assert isinstance(event, Proposal.Submitted)
    assert event.late


def test_proposal_lacking_parts_is_refused_unless_imported() -> None:
    with pytest.raises(ProposalIncomplete):
        proposal().submit(act(), cycle=cycle(), written=WrittenProposal())
    proposal().submit(act(provenance=IMPORTED), cycle=cycle(), written=WrittenProposal())


def test_proposal_without_co_facilitators_is_approved_by_history_alone() -> None:
    mooted = proposal()

    with pytest.raises(CoFacilitatorsMissing):
        mooted.approve(act(), decision_id=DECISION, group_id=GROUP)
    mooted.approve(act(provenance=IMPORTED), decision_id=DECISION, group_id=GROUP)
    assert mooted.state is ProposalState.APPROVED


def test_proposal_withdrawn_by_someone_else_is_refused() -> None:
    one = proposal()

    with pytest.raises(NotAProposer):
        one.withdraw(act(Role.MAG_MEMBER, new_id("other")), proposers=[AUTHOR])
    one.withdraw(act(Role.MAG_MEMBER, AUTHOR), proposers=[AUTHOR])
    assert one.state is ProposalState.WITHDRAWN


@pytest.mark.parametrize("count", [1, 21])
def test_merger_of_too_few_or_too_many_proposals_is_refused(count: int) -> None:
    with pytest.raises(BadValue, match="2 to 20"):
        Merger.check_size([new_id("a")] * count)


def test_proposal_of_another_cycle_is_neither_submitted_nor_decided() -> None:
    other = Cycle.open(act(), 2019)

    with pytest.raises(BadValue, match="another cycle"):
        proposal().submit(act(), cycle=other, written=WRITTEN)
    with pytest.raises(BadValue, match="another cycle"):
        proposal().check_decidable(other, "proposal")


def test_new_proposal_needs_the_title_that_a_mooted_one_has() -> None:
    with pytest.raises(BadValue, match="title"):
        ProposalDetails(title=None).validated()
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
