"""The view of proposals."""

from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.template import Template
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import View, stream_of, under


@dataclass(frozen=True)
class ProposalDocument:
    """A proposal with everything that has happened to it."""

    cycle_id: UUID
    year: int
    group_kind: str
    theme: str | None
    title: Sealed
    is_new: bool
    year_reported: int | None
    phase: int | None
    merged_from: tuple[UUID, ...]
    state: ProposalState = ProposalState.MOOTED
    presented_at: tuple[UUID, ...] = ()
    revision: int = 0
    template_version: int | None = None
    written: Template | None = None
    words: int | None = None
    late: bool = False
    decision_id: UUID | None = None
    group_id: UUID | None = None
    merged_into: UUID | None = None
    redirected_to: RedirectTarget | None = None


def _evolve(proposal: ProposalDocument | None, recorded: RecordedEvent) -> ProposalDocument | None:
    event = recorded.event
    if isinstance(event, Proposal.PutForward):
        return ProposalDocument(
            cycle_id=event.cycle_id,
            year=event.year,
            group_kind=event.group_kind,
            theme=event.theme,
            title=event.title,
            is_new=event.is_new,
            year_reported=event.year_reported,
            phase=event.phase,
            merged_from=event.merged_from,
        )
    if proposal is None:
        return None
    match event:
        case Proposal.Presented():
            return replace(proposal, presented_at=(*proposal.presented_at, event.meeting_id))
        case Proposal.Submitted():
            return replace(
                proposal,
                state=ProposalState.SUBMITTED,
                revision=event.revision,
                template_version=event.template_version,
                written=event.template,
                words=event.words,
                late=event.late,
            )
        case Proposal.Withdrawn():
            return replace(proposal, state=ProposalState.WITHDRAWN)
        case _:
            return _decided(proposal, recorded)


def _decided(proposal: ProposalDocument, recorded: RecordedEvent) -> ProposalDocument:
    match recorded.event:
        case Proposal.Approved() as event:
            return replace(
                proposal,
                state=ProposalState.APPROVED,
                decision_id=event.decision_id,
                group_id=event.group_id,
            )
        case Proposal.Declined() as event:
            return replace(proposal, state=ProposalState.DECLINED, decision_id=event.decision_id)
        case Proposal.Deferred() as event:
            return replace(proposal, state=ProposalState.DEFERRED, decision_id=event.decision_id)
        case Proposal.Redirected() as event:
            return replace(
                proposal,
                state=ProposalState.REDIRECTED,
                decision_id=event.decision_id,
                redirected_to=event.to,
            )
        case Proposal.Merged() as event:
            return replace(
                proposal,
                state=ProposalState.MERGED,
                decision_id=event.decision_id,
                merged_into=event.into,
            )
        case _:
            return proposal


PROPOSALS = View(
    name="proposals",
    version=2,
    document=ProposalDocument,
    keys=stream_of(Proposal),
    evolve=_evolve,
    lists=lambda proposal: under(proposal.cycle_id, proposal.group_kind),
)
