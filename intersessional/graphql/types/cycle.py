"""Cycles in the API."""

from collections.abc import AsyncGenerator, Sequence
from datetime import date
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.cycle import commands
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.decision_outcome import DecisionKind
from intersessional.domain.decision.decision_state import DecisionState
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.policy.policy_form import BPF_CAP
from intersessional.domain.proposal.proposal_state import ProposalState
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.reasons.cap_reasons import cycle_reasons
from intersessional.graphql.relay.connection import FIRST_MAX, After, Connection, First
from intersessional.graphql.relay.document_connection import document_connection
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import BadRequest, Info
from intersessional.graphql.roots.arguments import AfterPosition, PastState, Year
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.group_kind import KindOfGroup, checked_kind
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.policy import PolicyKey, PolicyType, policy_of_year
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.assessment import AssessmentType
from intersessional.graphql.values.capacity_use import CapacityUse, capacity_use
from intersessional.graphql.values.method_count import MethodCount, method_counts
from intersessional.graphql.values.proposal_deadline import ProposalDeadlineType
from intersessional.projections.assessments import ASSESSMENTS
from intersessional.projections.cycles import CYCLES, CycleDocument
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.proposal_deadlines import PROPOSAL_DEADLINES
from intersessional.projections.proposals import proposals_kind

KindOfDecision = Annotated[
    DecisionKind | None, strawberry.argument(description="Only decisions of this kind.")
]

StateOfDecision = Annotated[
    DecisionState | None,
    strawberry.argument(description="Only decisions in this state, also those not taken."),
]

StateOfProposal = Annotated[
    ProposalState | None,
    strawberry.argument(description="Only proposals in this state, such as those redirected."),
]

CYCLES_MAX = 100
"""Cycles of one group."""


@object_type
class CycleType(DocumentNode[CycleDocument]):
    """One year of the IGF's intersessional work."""

    view: ClassVar[AnyView] = CYCLES

    @field
    def year(self) -> int:
        """The year."""
        return self.document.year

    @field
    def proposals_due_on(self) -> date | None:
        """The last day for written proposals."""
        return self.document.proposals_due_on

    @field
    async def proposal_deadlines(
        self, first: First = 20, after: After = None
    ) -> Connection[ProposalDeadlineType] | None:
        """All deadlines for written proposals, in the order in which they were recorded."""
        return await document_connection(
            PROPOSAL_DEADLINES,
            ListKey(self.snapshot.key),
            self.loaders,
            first=first,
            after=after,
            item=ProposalDeadlineType.from_snapshot,
        )

    @field
    async def assessments(
        self, first: First = 20, after: After = None
    ) -> Connection[AssessmentType] | None:
        """The Secretariat's assessments of the year's resources."""
        return await document_connection(
            ASSESSMENTS,
            ListKey(self.snapshot.key),
            self.loaders,
            first=first,
            after=after,
            item=AssessmentType.from_snapshot,
        )

    @field
    async def bpf_cap(self) -> PolicyType | None:
        """The policy on the greatest number of Best Practice Forums."""
        return await policy_of_year(self.document.year, BPF_CAP, self.loaders)

    @field
    def bpf_cap_used(self) -> int:
        """How many Best Practice Forums have been approved."""
        return self.document.count_admitted(BPF_CAP)

    @field
    def cap_used(self, key: PolicyKey) -> int:
        """How many groups have been approved under the cap that this policy sets."""
        return self.document.count_admitted(key)

    @field
    async def capacity_use(self) -> CapacityUse | None:
        """The approvals against the Secretariat's latest assessment of resources; null without."""
        return await capacity_use(self.snapshot.key, self.document.approved, self.loaders)

    @field
    async def policy(self, key: PolicyKey) -> PolicyType | None:
        """The policy in force on a matter: the cycle's own, else the general one."""
        return await policy_of_year(self.document.year, key, self.loaders)

    @field
    async def policies(
        self, first: First = 20, after: After = None
    ) -> Connection[PolicyType] | None:
        """The cycle's own policies; general ones are a field of the query."""
        return await PolicyType.page(self.snapshot.key, self.loaders, first=first, after=after)

    @field
    async def meetings(
        self, first: First = 20, after: After = None
    ) -> Connection[MeetingType] | None:
        """The meetings of the MAG."""
        return await MeetingType.page(self.snapshot.key, self.loaders, first=first, after=after)

    @field
    async def proposals(
        self,
        kind: KindOfGroup = None,
        state: StateOfProposal = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[ProposalType] | None:
        """The proposals for groups, of one kind or in one state, or all.

        Give the kind or the state.
        """
        if kind is not None and state is not None:
            raise BadRequest("BAD_REQUEST", "Give the kind or the state, not both.")
        kind = await checked_kind(kind, self.loaders)
        only = kind if state is None else proposals_kind(state)
        return await ProposalType.page(
            self.snapshot.key, self.loaders, kind=only, first=first, after=after
        )

    @field
    async def decisions(
        self,
        kind: KindOfDecision = None,
        state: StateOfDecision = None,
        first: First = 20,
        after: After = None,
    ) -> Connection[DecisionType] | None:
        """The decisions of the MAG that were taken, of one kind or all; or those in a state.

        Give the kind or the state.
        """
        if kind is not None and state is not None:
            raise BadRequest("BAD_REQUEST", "Give the kind or the state, not both.")
        chosen = kind or state
        only = None if chosen is None else chosen.value
        return await DecisionType.page(
            self.snapshot.key, self.loaders, kind=only, first=first, after=after
        )

    @field
    async def groups(
        self, kind: KindOfGroup = None, first: First = 20, after: After = None
    ) -> Connection[GroupType] | None:
        """The groups, of one kind or all."""
        kind = await checked_kind(kind, self.loaders)
        return await GroupType.page(
            self.snapshot.key, self.loaders, kind=kind, first=first, after=after
        )

    @field
    @at_most(len(DecisionMethod) + 1)
    async def decision_methods(self) -> list[MethodCount]:
        """How many decisions of the cycle were taken by each method."""
        return await method_counts(self.snapshot.key, self.loaders)

    async def reasons(self) -> Sequence[Reason]:
        """The approvals, and the rules on how many there may be."""
        return await cycle_reasons(self.snapshot.key, self.document, self.loaders)


async def cycle_of(
    root: DecisionType | GroupType | MeetingType | PolicyType | ProposalType,
) -> CycleType | None:
    """The cycle it belongs to; null outside of cycles."""
    return await CycleType.find(root.document.cycle_id, root.loaders)


@at_most(CYCLES_MAX)
async def cycles_of_group(root: GroupType) -> list[CycleType]:
    """The cycles that it belongs to."""
    return await CycleType.find_all(root.document.cycle_ids, root.loaders)


@object_type
class CycleQuery:
    """Queries of cycles."""

    @field
    @shareable
    async def cycle(self, info: Info, year: Year, as_of: PastState = None) -> CycleType | None:
        """The cycle of an IGF year."""
        return await CycleType.find(cycle_id(year), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def cycles(
        self, info: Info, first: First = 20, after: After = None, as_of: PastState = None
    ) -> Connection[CycleType] | None:
        """All cycles."""
        loaders = await loaders_at(info.context, as_of)
        return await CycleType.page(None, loaders, first=first, after=after)

    @field
    @shareable
    async def latest_cycle(self, info: Info, as_of: PastState = None) -> CycleType | None:
        """The cycle of the latest year; null until one is opened."""
        loaders = await loaders_at(info.context, as_of)
        cycles = await CycleType.page(None, loaders, first=FIRST_MAX, after=None)
        return max(
            (edge.node for edge in cycles.edges),
            key=lambda cycle: cycle.document.year,
            default=None,
        )


@object_type
class CycleSubscription:
    """Subscriptions to cycles."""

    @subscription
    @shareable
    async def cycle_events(
        self, info: Info, year: Year, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CycleType], None]:
        """Changes of a cycle."""
        async for change in watch(info, CycleType, after, cycle_id(year)):
            yield change


CYCLE_SCHEMA = SchemaPart(
    nodes=(CycleType,),
    queries=(CycleQuery,),
    mutations=(
        Mutation(commands.OpenCycle, "CycleOpened", CycleType, versioned=False),
        Mutation(commands.SetDeadlineBeforeMeeting, "DeadlineBeforeMeetingSet", CycleType),
        Mutation(commands.SetProposalDeadline, "ProposalDeadlineSet", CycleType),
        Mutation(commands.AssessResources, "ResourcesAssessed", CycleType),
    ),
    subscriptions=(CycleSubscription,),
    extends={
        "Group": {"cycle": cycle_of, "cycles": cycles_of_group},
        **{name: {"cycle": cycle_of} for name in ("Decision", "Meeting", "Policy", "Proposal")},
    },
)
