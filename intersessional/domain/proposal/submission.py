"""The submission of a proposal in writing, and its revisions (DOMAIN rows 9, 42)."""

from collections.abc import Collection, Mapping
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.ids import template_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.consent import consent_to
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.writing import writing_of
from intersessional.domain.proposal.written_proposal import WrittenProposal
from intersessional.domain.template.commands import PROPOSAL_TEMPLATE
from intersessional.domain.template.template_part import TemplateVersion


def submit(
    proposal: Proposal,
    act: Act,
    *,
    cycle: Cycle,
    written: WrittenProposal,
    template: TemplateVersion,
    mag_members: Collection[UUID] = (),
    earlier: Mapping[str, Sealed] | None = None,
) -> None:
    """Submit the proposal in writing; a second submission is a revision.

    ``earlier`` are the texts of the revision before: what is as it was is not sealed again.

    Raises ProposalFrozen, NotAProposer, BadValue, ProposalIncomplete, CoFacilitatorsMissing.
    """
    past = proposal.check_undecided(act)
    consented_by = consent_to(past, act)
    if cycle.id != proposal.cycle_id:
        raise BadValue(field="year", problem="the proposal belongs to another cycle.")
    proposal.record(
        Proposal.Revised if past.revision else Proposal.Submitted,
        act=act,
        cycle_id=proposal.cycle_id,
        template_id=template_id(PROPOSAL_TEMPLATE),
        template_version=template.version,
        **writing_of(written, template, act, mag_members=mag_members, earlier=earlier or {}),
        consented_by=consented_by,
    )
