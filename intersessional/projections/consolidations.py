"""The view of consolidations of proposals."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.consolidation.consolidation import Consolidation
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class ConsolidationConsentDocument:
    """A proposer's consent for one of the proposals, and where it was given."""

    proposal_id: UUID
    proposer_id: UUID | None
    source: Sealed | None
    given: Occurred


@dataclass(frozen=True)
class ConsolidationDocument:
    """A suggestion to make one proposal out of several, and what became of it."""

    cycle_id: UUID
    proposals: tuple[UUID, ...]
    title: Sealed | None
    suggested_by: UUID | None
    suggested: Occurred
    meeting_id: UUID | None
    rationale: Sealed | None
    consents: tuple[ConsolidationConsentDocument, ...] = ()
    decision_id: UUID | None = None
    into: UUID | None = None


def _evolve(
    consolidation: ConsolidationDocument | None, recorded: RecordedEvent
) -> ConsolidationDocument | None:
    event = recorded.event
    if isinstance(event, Consolidation.Suggested):
        return ConsolidationDocument(
            cycle_id=event.cycle_id,
            proposals=event.proposals,
            title=event.title,
            suggested_by=event.suggested_by,
            suggested=event.act.occurred,
            meeting_id=event.meeting_id,
            rationale=event.rationale,
        )
    if consolidation is None:
        return None
    match event:
        case Consolidation.Consented():
            consent = ConsolidationConsentDocument(
                event.proposal_id, event.proposer_id, event.source, event.act.occurred
            )
            return replace(consolidation, consents=(*consolidation.consents, consent))
        case Consolidation.CarriedOut():
            return replace(consolidation, decision_id=event.decision_id, into=event.into)
        case _:
            return consolidation


def _lists(consolidation: ConsolidationDocument) -> Collection[ListKey]:
    """The consolidations of a cycle, and those about each of the proposals."""
    parents = {consolidation.cycle_id, *consolidation.proposals}
    return [key for parent in sorted(parents) for key in under(parent)]


CONSOLIDATIONS = View(
    name="consolidations",
    version=1,
    document=ConsolidationDocument,
    keys=stream_of(Consolidation),
    evolve=_evolve,
    lists=_lists,
)
