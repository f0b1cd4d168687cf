"""What decisions, groups and proposals rest on."""

from collections.abc import Iterator

from intersessional.domain.decision.decision_outcome import DecisionKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.kernel.fact import facts_of
from intersessional.graphql.relay.reason import Reason, ReasonKind
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.assessments import ASSESSMENTS
from intersessional.projections.decisions import DecisionDocument
from intersessional.projections.groups import GroupDocument
from intersessional.projections.proposals import ProposalDocument

_BY = {
    DecisionState.SUPERSEDED: ReasonKind.SUPERSEDED_BY,
    DecisionState.ANNULLED: ReasonKind.ANNULLED_BY,
}


async def decision_reasons(decision: DecisionDocument, loaders: Loaders) -> list[Reason]:
    """Where and how it was decided, why, on what basis; and what became of it."""
    return [*_decided(decision), *await _assessed(decision, loaders), *_ended(decision)]


def _decided(decision: DecisionDocument) -> Iterator[Reason]:
    historical = decision.historical
    if decision.meeting_id is not None:
        yield Reason(kind=ReasonKind.MEETING, subject=decision.meeting_id)
    yield Reason(
        kind=ReasonKind.METHOD,
        facts=facts_of({"method": decision.method, "objections": decision.objections}),
        is_given=decision.method is not None,
        historical=historical,
    )
    yield Reason(
        kind=ReasonKind.RATIONALE,
        text=decision.rationale,
        is_given=decision.rationale is not None,
        historical=historical,
    )
    for one in decision.basis:
        yield Reason(kind=ReasonKind.BASIS, subject=one)


async def _assessed(decision: DecisionDocument, loaders: Loaders) -> list[Reason]:
    """The assessment of resources, on which a selection rests."""
    id = decision.assessment_id
    if id is None and DecisionKind.SELECTION not in decision.kinds:
        return []
    found = None if id is None else await loaders.get(ASSESSMENTS, id)
    document = None if found is None else found.document
    return [
        Reason(
            kind=ReasonKind.ASSESSMENT,
            facts=() if document is None else facts_of({"capacity": document.capacity}),
            text=None if document is None else document.note,
            is_given=document is not None,
            historical=decision.historical,
        )
    ]


def _ended(decision: DecisionDocument) -> Iterator[Reason]:
    for one in decision.states:
        if one.state in _BY:
            yield Reason(kind=_BY[one.state], subject=one.by, text=one.reason)


def group_reasons(group: GroupDocument) -> list[Reason]:
    """The decision that established it, and the proposal that asked for it."""
    decision = Reason(
        kind=ReasonKind.DECISION,
        subject=group.decision_id,
        is_given=group.decision_id is not None,
        # Only of history can the decision be unknown.
        historical=True,
    )
    if group.proposal_id is None:
        return [decision]
    return [decision, Reason(kind=ReasonKind.PROPOSAL, subject=group.proposal_id)]


def proposal_reasons(proposal: ProposalDocument) -> list[Reason]:
    """The proposals that it was merged from, and the decision on it."""
    merged = [Reason(kind=ReasonKind.MERGED, subject=one) for one in proposal.merged_from]
    if proposal.decision_id is None:
        return merged
    return [*merged, Reason(kind=ReasonKind.DECISION, subject=proposal.decision_id)]
