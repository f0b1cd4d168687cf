"""The view of proposals."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.ids import theme_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import (
    CoFacilitator,
    Organisation,
    ProposalSection,
)
from intersessional.domain.proposal.proposal_state import UNDECIDED, ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


@dataclass(frozen=True)
class PresentationDocument:
    """A meeting at which a proposal was presented, and the presenter where a source names one."""

    meeting_id: UUID
    presenter_id: UUID | None


@dataclass(frozen=True)
class ConsentDocument:
    """A proposer's consent that another member writes and revises the proposal."""

    proposer_id: UUID
    member_id: UUID
    source: Sealed | None


@dataclass(frozen=True)
class WrittenDocument:
    """A proposal in writing, checked against a version of the template."""

    template_id: UUID
    template_version: str
    sections: tuple[ProposalSection, ...]
    co_facilitators: tuple[CoFacilitator, ...]
    organisations: tuple[Organisation, ...]
    words: int
    consented_by: UUID | None
    occurred: Occurred
    historical: bool
    """Whether it comes from a source, which may not say everything."""


@dataclass(frozen=True)
class ProposalDocument:
    """A proposal with everything that has happened to it."""

    cycle_id: UUID
    year: int
    group_kind: str
    theme: str | None
    title: Sealed
    is_new: bool | None
    year_reported: int | None
    phase: int | None
    proposers: tuple[UUID, ...]
    merged_from: tuple[UUID, ...]
    state: ProposalState = ProposalState.MOOTED
    presentations: tuple[PresentationDocument, ...] = ()
    consents: tuple[ConsentDocument, ...] = ()
    revision: int = 0
    written: WrittenDocument | None = None
    decision_id: UUID | None = None
    group_id: UUID | None = None
    merged_into: UUID | None = None
    proposers_agreed: bool | None = None
    redirected_to: RedirectTarget | None = None
    redirected_body_id: UUID | None = None
    redirected_body_name: Sealed | None = None
    split_from: UUID | None = None
    split_into: tuple[UUID, ...] = ()


def proposals_kind(state: ProposalState) -> str:
    """The kind of the proposals in a state, in a list; no kind of group has such a key."""
    return f"STATE {state.value}"


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
            year_reported=event.year_of_theme_reported,
            phase=event.phase,
            proposers=event.proposers,
            merged_from=event.merged_from,
            split_from=event.split_from,
        )
    if proposal is None:
        return None
    match event:
        case Proposal.Presented():
            presentation = PresentationDocument(event.meeting_id, event.presenter_id)
            return replace(proposal, presentations=(*proposal.presentations, presentation))
        case Proposal.ThemeGiven():
            return replace(proposal, theme=event.theme)
        case Proposal.ConsentGiven():
            consent = ConsentDocument(event.proposer_id, event.member_id, event.source)
            return replace(proposal, consents=(*proposal.consents, consent))
        case Proposal.Submitted() if proposal.state in UNDECIDED:
            return replace(
                proposal,
                state=ProposalState.SUBMITTED,
                revision=proposal.revision + 1,
                written=_written(event),
            )
        case Proposal.Withdrawn():
            return replace(proposal, state=ProposalState.WITHDRAWN)
        case Proposal.Split():
            return replace(proposal, state=ProposalState.SPLIT, split_into=event.into)
        case _:
            return _decided(proposal, recorded)


def _written(event: Proposal.Submitted) -> WrittenDocument:
    return WrittenDocument(
        template_id=event.template_id,
        template_version=event.template_version,
        sections=event.sections,
        co_facilitators=event.co_facilitators,
        organisations=event.organisations,
        words=event.words,
        consented_by=event.consented_by,
        occurred=event.act.occurred,
        historical=event.act.provenance.historical,
    )


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
                redirected_body_id=event.body_id,
                redirected_body_name=event.body_name,
            )
        case Proposal.Merged() as event:
            return replace(
                proposal,
                state=ProposalState.MERGED,
                decision_id=event.decision_id,
                merged_into=event.into,
                proposers_agreed=event.proposers_agreed,
            )
        case _:
            return proposal


def _lists(proposal: ProposalDocument) -> Collection[ListKey]:
    """The lists of its cycle, of its theme, and of the body that it was redirected to."""
    theme = None if proposal.theme is None else theme_id(proposal.theme)
    others = (one for one in (theme, proposal.redirected_body_id) if one is not None)
    of_cycle = under(proposal.cycle_id, proposal.group_kind, proposals_kind(proposal.state))
    return tuple(dict.fromkeys((*of_cycle, *(ListKey(one) for one in others))))


PROPOSALS = View(
    name="proposals",
    version=5,
    document=ProposalDocument,
    keys=stream_of(Proposal),
    evolve=_evolve,
    lists=_lists,
)
