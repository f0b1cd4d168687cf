"""What a decision of the MAG does to proposals."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.texts import validated_optional_name
from intersessional.domain.proposal.proposal import Proposal
from intersessional.domain.proposal.proposal_section import CoFacilitator
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.writing import check_co_facilitators


def check_decidable(proposal: Proposal, act: Act, cycle: Cycle, field: str) -> None:
    """Check that a decision of this cycle, in this field, can be on the proposal.

    Raises BadValue, ProposalFrozen.
    """
    if cycle.id != proposal.cycle_id:
        raise BadValue(field=field, problem="it belongs to another cycle.")
    proposal.check_undecided(act)


@dataclass(frozen=True, kw_only=True)
class ProposalDecision:
    """A decision on proposals.

    Every method raises ProposalFrozen for what was decided before; and all but ``defer`` raise
    OutOfTime for what was decided or withdrawn after the decision.
    """

    act: Act
    decision_id: UUID

    def approve(
        self,
        proposal: Proposal,
        *,
        group_id: UUID,
        co_facilitators: Collection[CoFacilitator] = (),
        mag_members: Collection[UUID] = (),
    ) -> None:
        """Approve the proposal (DOMAIN row 43). Raises CoFacilitatorsMissing.

        ``mag_members`` are the participants among its co-facilitators who are members of the MAG.
        """
        proposal.check_last(self.act)
        if not self.act.provenance.historical:
            check_co_facilitators(co_facilitators, mag_members)
        self._record(proposal, Proposal.Approved, group_id=group_id)

    def decline(self, proposal: Proposal) -> None:
        """Decline the proposal."""
        proposal.check_last(self.act)
        self._record(proposal, Proposal.Declined)

    def defer(self, proposal: Proposal) -> None:
        """Postpone the decision on the proposal."""
        proposal.check_undecided(self.act)
        self._record(proposal, Proposal.Deferred)

    def redirect(
        self,
        proposal: Proposal,
        *,
        to: RedirectTarget,
        body_id: UUID | None = None,
        body_name: str | None = None,
    ) -> None:
        """Redirect the proposal to another format, where known to a body (DOMAIN row 12).

        Raises BadValue.
        """
        proposal.check_last(self.act)
        name = validated_optional_name("body_name", body_name)
        self._record(proposal, Proposal.Redirected, to=to, body_id=body_id, body_name=name)

    def merge(self, proposal: Proposal, *, into: UUID, proposers_agreed: bool | None) -> None:
        """Make the proposal a part of another (DOMAIN row 13)."""
        proposal.check_last(self.act)
        self._record(proposal, Proposal.Merged, into=into, proposers_agreed=proposers_agreed)

    def _record(self, proposal: Proposal, event: type[Aggregate.Event], **data: object) -> None:
        proposal.record(
            event,
            act=self.act,
            cycle_id=proposal.cycle_id,
            decision_id=self.decision_id,
            **data,
        )
