"""A proposal: mooted, written, revised, and decided or withdrawn."""

from enum import Enum
from uuid import UUID

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.proposal.template import Template


class ProposalState(Enum):
    """Where a proposal stands (DOMAIN A3)."""

    MOOTED = "MOOTED"
    """Put forward orally, and not yet in writing."""
    SUBMITTED = "SUBMITTED"
    """Submitted in writing."""
    DEFERRED = "DEFERRED"
    """Its decision was put off."""
    APPROVED = "APPROVED"
    """Approved: its group is established."""
    DECLINED = "DECLINED"
    """Declined."""
    REDIRECTED = "REDIRECTED"
    """Pointed to another format."""
    MERGED = "MERGED"
    """Part of another proposal by now."""
    WITHDRAWN = "WITHDRAWN"
    """Withdrawn before it was decided."""


class RedirectTarget(Enum):
    """Where a proposal can be redirected to (DOMAIN row 12)."""

    DYNAMIC_COALITION = "DYNAMIC_COALITION"
    """A Dynamic Coalition."""
    NRI = "NRI"
    """A national, regional or youth IGF initiative."""
    WORKSHOP = "WORKSHOP"
    """A workshop at the annual meeting."""
    OPEN_FORUM = "OPEN_FORUM"
    """An open forum at the annual meeting."""
    WORKING_GROUP = "WORKING_GROUP"
    """A working group of the MAG."""
    OTHER = "OTHER"
    """Something else."""


UNDECIDED = frozenset({ProposalState.MOOTED, ProposalState.SUBMITTED, ProposalState.DEFERRED})


class Proposal(Aggregate):
    """A proposal for a group of a cycle."""

    TOPIC = "proposal"

    cycle_id: UUID
    year: int
    group_kind: GroupKind
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
        group_kind: GroupKind
        theme: str | None
        title: Sealed
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
        reason: Sealed | None

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

    @property
    def decided(self) -> bool:
        """Whether nothing more can happen to it (DOMAIN row 9: frozen once decided)."""
        return self.state not in UNDECIDED
