"""The view of proposals."""

from dataclasses import replace
from typing import Any

import pytest

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.template import Template
from intersessional.projections.kernel.view import under
from intersessional.projections.proposals import PROPOSALS, ProposalDocument
from tests.projections.event_history import EventHistory, id_of

PROPOSAL = id_of("proposal")
DECISION = id_of("decision")

PUT_FORWARD = ProposalDocument(
    cycle_id=cycle_id(2018),
    year=2018,
    group_kind="BPF",
    theme="cybersecurity",
    title=Sealed("Cybersecurity"),
    is_new=False,
    year_reported=2,
    phase=None,
    merged_from=(),
)


@pytest.fixture
def history() -> EventHistory:
    return EventHistory()


@pytest.fixture
def proposal(history: EventHistory) -> Proposal:
    return history.begin(
        Proposal,
        Proposal.PutForward,
        PROPOSAL,
        cycle_id=cycle_id(2018),
        year=2018,
        group_kind="BPF",
        theme="cybersecurity",
        title=Sealed("Cybersecurity"),
        is_new=False,
        year_reported=2,
        phase=None,
        orally=True,
        merged_from=(),
    )


def test_a_mooted_proposal_is_shown_before_it_is_written(
    history: EventHistory, proposal: Proposal
) -> None:
    assert history.document(PROPOSALS, proposal.id) == PUT_FORWARD
    assert PUT_FORWARD.state is ProposalState.MOOTED
    assert PROPOSALS.lists(PUT_FORWARD) == under(cycle_id(2018), "BPF")


def test_every_meeting_that_it_was_presented_at_is_shown(
    history: EventHistory, proposal: Proposal
) -> None:
    for n in (1, 2):
        history.append(proposal, Proposal.Presented, meeting_id=id_of(f"meeting {n}"))

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD, presented_at=(id_of("meeting 1"), id_of("meeting 2"))
    )


def test_proposal_shows_its_last_revision(history: EventHistory, proposal: Proposal) -> None:
    history.append(proposal, Proposal.Submitted, **_written("the first", revision=1, late=False))
    history.append(proposal, Proposal.Revised, **_written("the second", revision=2, late=True))

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD,
        state=ProposalState.SUBMITTED,
        revision=2,
        template_version=1,
        written=_template("the second"),
        words=2,
        late=True,
    )


@pytest.mark.parametrize(
    ("event", "data", "shown"),
    [
        (
            Proposal.Approved,
            {"group_id": id_of("group")},
            {"state": ProposalState.APPROVED, "group_id": id_of("group")},
        ),
        (Proposal.Declined, {}, {"state": ProposalState.DECLINED}),
        (Proposal.Deferred, {}, {"state": ProposalState.DEFERRED}),
        (
            Proposal.Redirected,
            {"to": RedirectTarget.WORKSHOP},
            {"state": ProposalState.REDIRECTED, "redirected_to": RedirectTarget.WORKSHOP},
        ),
        (
            Proposal.Merged,
            {"into": id_of("other"), "proposers_agreed": True},
            {"state": ProposalState.MERGED, "merged_into": id_of("other")},
        ),
    ],
)
def test_a_decided_proposal_shows_what_was_decided_and_where(
    history: EventHistory,
    proposal: Proposal,
    event: type[DomainEvent],
    data: dict[str, Any],
    shown: dict[str, Any],
) -> None:
    history.append(proposal, event, decision_id=DECISION, **data)

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD, decision_id=DECISION, **shown
    )


def test_withdrawn_proposal_is_still_shown(history: EventHistory, proposal: Proposal) -> None:
    history.append(proposal, Proposal.Withdrawn, reason=None)

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD, state=ProposalState.WITHDRAWN
    )


def _written(focus: str, *, revision: int, late: bool) -> dict[str, Any]:
    return {
        "revision": revision,
        "template_version": 1,
        "template": _template(focus),
        "words": 2,
        "late": late,
    }


def _template(focus: str) -> Template:
    return Template(
        co_facilitators=(),
        relationship_to_governance=None,
        relevance_to_communities=None,
        topics=None,
        objectives=None,
        focus=Sealed(focus),
        outreach_plan=None,
        anticipated_engagement=None,
        further_outreach=None,
        organisations=(),
    )
