"""A proposal: mooted, written, revised, and decided or withdrawn."""

from collections.abc import Collection
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import validated_optional_text
from intersessional.domain.proposal.proposal_details import ProposalDetails
from intersessional.domain.proposal.proposal_state import UNDECIDED, ProposalState
from intersessional.domain.proposal.redirect_target import RedirectTarget
from intersessional.domain.proposal.refusals import NotAProposer, ProposalFrozen
from intersessional.domain.proposal.template import TEMPLATE_VERSION, Template
from intersessional.domain.proposal.writing import check_co_facilitators, count_words, template_of
from intersessional.domain.proposal.written_proposal import WrittenProposal


class Proposal(Aggregate):
    """A proposal for a group of a cycle."""

    TOPIC = "proposal"

    cycle_id: UUID
    year: int
    group_kind: str
    theme: str | None
    is_new: bool
    act: Act
    merged_from: tuple[UUID, ...] = ()
    state: ProposalState = ProposalState.MOOTED
    revision: int = 0
    co_facilitators: int = 0
    mag_co_facilitators: int = 0

    class PutForward(CreatedEvent):
        """A proposal was put forward, orally or in writing."""

        TOPIC = "proposal.put_forward.v1"
        cycle_id: UUID
        year: int
        group_kind: str
        theme: str | None
        title: Permanent
        is_new: bool
        year_reported: int | None
        phase: int | None
        orally: bool
        merged_from: tuple[UUID, ...]

    class Presented(Aggregate.Event):
        """The proposal was presented at a meeting."""

        TOPIC = "proposal.presented.v1"
        meeting_id: UUID

    class Submitted(Aggregate.Event):
        """The proposal was submitted in writing, checked against a version of the template."""

        TOPIC = "proposal.submitted.v1"
        revision: int
        template_version: int
        template: Template
        words: int
        late: bool

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.SUBMITTED
            aggregate.revision = self.revision
            aggregate.co_facilitators = len(self.template.co_facilitators)
            aggregate.mag_co_facilitators = sum(
                named.mag_member for named in self.template.co_facilitators
            )

    class Revised(Submitted):
        """The written proposal was replaced by a revision."""

        TOPIC = "proposal.revised.v1"

    class Withdrawn(Aggregate.Event):
        """The proposal was withdrawn."""

        TOPIC = "proposal.withdrawn.v1"
        reason: Erasable | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.WITHDRAWN

    class Approved(Aggregate.Event):
        """The MAG approved the proposal, and a group was established from it."""

        TOPIC = "proposal.approved.v1"
        decision_id: UUID
        group_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.APPROVED

    class Declined(Aggregate.Event):
        """The MAG declined the proposal."""

        TOPIC = "proposal.declined.v1"
        decision_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.DECLINED

    class Deferred(Aggregate.Event):
        """The MAG put the decision on the proposal off."""

        TOPIC = "proposal.deferred.v1"
        decision_id: UUID

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.DEFERRED

    class Redirected(Aggregate.Event):
        """The MAG pointed the proposal to another format; it is no group of this cycle."""

        TOPIC = "proposal.redirected.v1"
        decision_id: UUID
        to: RedirectTarget

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.REDIRECTED

    class Merged(Aggregate.Event):
        """The proposal became part of another."""

        TOPIC = "proposal.merged.v1"
        decision_id: UUID
        into: UUID
        proposers_agreed: bool | None

        def apply(self, aggregate: "Proposal") -> None:
            aggregate.state = ProposalState.MERGED

    @classmethod
    def put_forward(
        cls,
        act: Act,
        *,
        id: UUID,
        cycle: Cycle,
        details: ProposalDetails,
        orally: bool,
        merged_from: tuple[UUID, ...] = (),
    ) -> Self:
        """Propose a group (DOMAIN rows 10, 42). Raises BadValue."""
        return cls.create(
            cls.PutForward,
            id=id,
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
            **details.validated(),
            orally=orally,
            merged_from=merged_from,
        )

    def present(self, act: Act, meeting_id: UUID) -> None:
        """Present the proposal at a meeting."""
        self.record(Proposal.Presented, act=act, meeting_id=meeting_id)

    def submit(self, act: Act, *, cycle: Cycle, written: WrittenProposal) -> None:
        """Submit the proposal in writing; a second submission is a revision.

        Raises ProposalFrozen, BadValue, ProposalIncomplete, CoFacilitatorsMissing.
        """
        self.check_undecided()
        if cycle.id != self.cycle_id:
            raise BadValue(field="year", problem="the proposal belongs to another cycle.")
        self.record(
            Proposal.Revised if self.revision else Proposal.Submitted,
            act=act,
            revision=self.revision + 1,
            template_version=TEMPLATE_VERSION,
            template=template_of(written, act),
            words=count_words(written),
            late=cycle.is_past_deadline(act.occurred),
        )

    def revise(self, act: Act, *, cycle: Cycle, written: WrittenProposal) -> None:
        """Replace the written proposal. Raises as ``submit`` does; BadValue if none is written."""
        self.check_undecided()
        if self.revision == 0:
            raise BadValue(field="proposal", problem="it has not been submitted in writing yet.")
        self.submit(act, cycle=cycle, written=written)

    def withdraw(self, act: Act, *, proposers: Collection[UUID], reason: str | None = None) -> None:
        """Withdraw the proposal for good. Raises ProposalFrozen, NotAProposer, BadValue.

        ``proposers`` is empty where sources do not name them; then any MAG member may withdraw it.
        """
        self.check_undecided()
        if proposers and act.actor.person not in (*proposers, None):
            raise NotAProposer(proposal=self.id)
        self.record(Proposal.Withdrawn, act=act, reason=validated_optional_text("reason", reason))

    def approve(self, act: Act, *, decision_id: UUID, group_id: UUID) -> None:
        """Approve the proposal (DOMAIN row 43). Raises ProposalFrozen, CoFacilitatorsMissing."""
        self.check_undecided()
        if not act.provenance.historical:
            check_co_facilitators(self.co_facilitators, self.mag_co_facilitators)
        self.record(Proposal.Approved, act=act, decision_id=decision_id, group_id=group_id)

    def decline(self, act: Act, *, decision_id: UUID) -> None:
        """Decline the proposal. Raises ProposalFrozen."""
        self.check_undecided()
        self.record(Proposal.Declined, act=act, decision_id=decision_id)

    def defer(self, act: Act, *, decision_id: UUID) -> None:
        """Postpone the decision. Raises ProposalFrozen."""
        self.check_undecided()
        self.record(Proposal.Deferred, act=act, decision_id=decision_id)

    def redirect(self, act: Act, *, decision_id: UUID, to: RedirectTarget) -> None:
        """Redirect the proposal to another format (DOMAIN row 12). Raises ProposalFrozen."""
        self.check_undecided()
        self.record(Proposal.Redirected, act=act, decision_id=decision_id, to=to)

    def become_part_of(
        self, act: Act, *, decision_id: UUID, into: UUID, proposers_agreed: bool | None
    ) -> None:
        """Become part of a merged proposal. Raises ProposalFrozen."""
        self.check_undecided()
        self.record(
            Proposal.Merged,
            act=act,
            decision_id=decision_id,
            into=into,
            proposers_agreed=proposers_agreed,
        )

    def check_decidable(self, cycle: Cycle, field: str) -> None:
        """Check that a decision of this cycle, in this field, can be on the proposal.

        Raises BadValue, ProposalFrozen.
        """
        if cycle.id != self.cycle_id:
            raise BadValue(field=field, problem="it belongs to another cycle.")
        self.check_undecided()

    def check_undecided(self) -> None:
        """Check that the proposal can still change (DOMAIN row 9). Raises ProposalFrozen."""
        if self.state not in UNDECIDED:
            raise ProposalFrozen(proposal=self.id, state=self.state)
