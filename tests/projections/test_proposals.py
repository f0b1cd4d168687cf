"""The view of proposals."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.domain.kernel.ids import cycle_id, theme_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import ProposalSection
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.projections.kernel.view import under
from intersessional.projections.proposal_deadlines import ProposalDeadlineDocument, deadline_at
from intersessional.projections.proposals import (
    PROPOSALS,
    ConsentDocument,
    PresentationDocument,
    ProposalDocument,
    WrittenDocument,
)
from tests.projections.event_history import NOON, EventHistory, id_of

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
    proposers=(id_of("ann"),),
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
        year_of_theme_reported=2,
        phase=None,
        orally=True,
        proposers=(id_of("ann"),),
        merged_from=(),
    )


def test_a_mooted_proposal_is_shown_before_it_is_written(
    history: EventHistory, proposal: Proposal
) -> None:
    assert history.document(PROPOSALS, proposal.id) == PUT_FORWARD
    assert PUT_FORWARD.state is ProposalState.MOOTED
    of_cycle = under(cycle_id(2018), "BPF", "STATE MOOTED")
    assert PROPOSALS.lists(PUT_FORWARD) == (*of_cycle, *under(theme_id("cybersecurity")))


def test_every_meeting_that_it_was_presented_at_is_shown(
    history: EventHistory, proposal: Proposal
) -> None:
    for n in (1, 2):
        history.append(
            proposal,
            Proposal.Presented,
            cycle_id=cycle_id(2018),
            meeting_id=id_of(f"meeting {n}"),
            presenter_id=id_of("ann") if n == 2 else None,
        )

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD,
        presentations=(
            PresentationDocument(id_of("meeting 1"), None),
            PresentationDocument(id_of("meeting 2"), id_of("ann")),
        ),
    )


def test_theme_that_was_given_later_is_shown(history: EventHistory, proposal: Proposal) -> None:
    history.append(proposal, Proposal.ThemeGiven, cycle_id=cycle_id(2018), theme="ipv6")

    assert history.document(PROPOSALS, proposal.id) == replace(PUT_FORWARD, theme="ipv6")


def test_consent_of_a_proposer_is_shown(history: EventHistory, proposal: Proposal) -> None:
    history.append(
        proposal,
        Proposal.ConsentGiven,
        cycle_id=cycle_id(2018),
        proposer_id=id_of("ann"),
        member_id=id_of("ben"),
        source=Sealed("A mail."),
    )

    consent = ConsentDocument(id_of("ann"), id_of("ben"), Sealed("A mail."))
    assert history.document(PROPOSALS, proposal.id) == replace(PUT_FORWARD, consents=(consent,))


def test_proposal_shows_its_last_revision(history: EventHistory, proposal: Proposal) -> None:
    history.append(proposal, Proposal.Submitted, **_written("the first"))
    history.append(proposal, Proposal.Revised, **_written("the second"))

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD,
        state=ProposalState.SUBMITTED,
        revision=2,
        written=WrittenDocument(
            template_id=id_of("template"),
            template_version="two",
            sections=(ProposalSection("focus", Sealed("the second")),),
            co_facilitators=(),
            organisations=(),
            words=2,
            consented_by=None,
            occurred=Occurred.parse(NOON),
            historical=False,
        ),
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
            {"to": RedirectTarget.WORKSHOP, "body_id": id_of("body"), "body_name": None},
            {
                "state": ProposalState.REDIRECTED,
                "redirected_to": RedirectTarget.WORKSHOP,
                "redirected_body_id": id_of("body"),
            },
        ),
        (
            Proposal.Merged,
            {"into": id_of("other"), "proposers_agreed": False},
            {
                "state": ProposalState.MERGED,
                "merged_into": id_of("other"),
                "proposers_agreed": False,
            },
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
    history.append(proposal, event, cycle_id=cycle_id(2018), decision_id=DECISION, **data)

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD, decision_id=DECISION, **shown
    )


def test_revision_of_after_the_decision_is_not_shown(
    history: EventHistory, proposal: Proposal
) -> None:
    history.append(proposal, Proposal.Declined, cycle_id=cycle_id(2018), decision_id=DECISION)
    declined = history.document(PROPOSALS, proposal.id)
    history.append(proposal, Proposal.Submitted, **_written("too late"))

    assert history.document(PROPOSALS, proposal.id) == declined


def test_withdrawn_proposal_is_still_shown(history: EventHistory, proposal: Proposal) -> None:
    history.append(proposal, Proposal.Withdrawn, cycle_id=cycle_id(2018), reason=None)

    assert history.document(PROPOSALS, proposal.id) == replace(
        PUT_FORWARD, state=ProposalState.WITHDRAWN
    )


def _written(focus: str) -> dict[str, Any]:
    return {
        "cycle_id": cycle_id(2018),
        "template_id": id_of("template"),
        "template_version": "two",
        "sections": (ProposalSection("focus", Sealed(focus)),),
        "co_facilitators": (),
        "organisations": (),
        "words": 2,
        "consented_by": None,
    }


def _deadline(due_on: str, since: str) -> ProposalDeadlineDocument:
    return ProposalDeadlineDocument(
        cycle_id=cycle_id(2018),
        due_on=date.fromisoformat(due_on),
        time_zone=None,
        since=Occurred.parse(since),
        meeting_id=None,
        decision_id=None,
    )


@pytest.mark.parametrize(
    ("occurred", "late"),
    [
        ("2018-02-20", None),
        ("2018-03-20", False),
        ("2018-03-31T23:59:59.999999Z", False),
        ("2018-03-31", False),
        ("2018-04-01T00:00:00Z", True),
        ("2018-04-02", True),
    ],
)
def test_proposal_is_late_by_the_deadline_of_its_own_time_whenever_that_was_told(
    occurred: str, late: bool | None
) -> None:
    first, moved = _deadline("2018-03-31", "2018-03-01"), _deadline("2018-03-10", "2018-04-02")
    at = Occurred.parse(occurred)

    for deadlines in ((first, moved), (moved, first)):
        deadline = deadline_at(deadlines, at)
        assert (None if deadline is None else deadline.is_past_at(at)) is late
