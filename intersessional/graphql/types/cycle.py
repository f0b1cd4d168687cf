"""Cycles in the API."""

from datetime import date
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.decision.decision import DecisionKind
from intersessional.domain.group.group_kind import GroupKind
from intersessional.domain.kernel.ids import annual_meeting_id, policy_id
from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.annual_meeting import AnnualMeetingType
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.policy import PolicyType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.assessment import AssessmentType
from intersessional.projections.cycles import CYCLES, CycleDocument
from intersessional.projections.kernel.view import AnyView

KindOfGroup = Annotated[
    GroupKind | None, strawberry.argument(description="Only those of this kind of group.")
]
KindOfDecision = Annotated[
    DecisionKind | None, strawberry.argument(description="Only decisions of this kind.")
]
Matter = Annotated[PolicyKey, strawberry.argument(description="The matter.")]


@object_type
class CycleType(DocumentNode[CycleDocument]):
    """One IGF year."""

    view: ClassVar[AnyView] = CYCLES

    @field
    def year(self) -> int:
        """The year."""
        return self.document.year

    @field
    def annual_meeting(self) -> AnnualMeetingType | None:
        """The annual meeting, as far as it is known."""
        meeting = self.document.annual_meeting
        if meeting is None:
            return None
        key = annual_meeting_id(self.document.year)
        return AnnualMeetingType(of=meeting, key=key, within_cycle=self)

    @field
    def proposals_due_on(self) -> date | None:
        """The last day for written proposals."""
        return self.document.proposals_due_on

    @field
    def assessments(self) -> list[AssessmentType]:
        """The Secretariat's assessments of the year's resources."""
        return [AssessmentType(of=one, loaders=self.loaders) for one in self.document.assessments]

    @field
    async def bpf_cap(self) -> PolicyType | None:
        """The greatest number of Best Practice Forums, as decided."""
        return await self._policy(PolicyKey.BPF_CAP)

    @field
    def bpf_cap_used(self) -> int:
        """How many Best Practice Forums have been approved."""
        return self.document.bpfs

    @field
    async def policy(self, key: Matter) -> PolicyType | None:
        """The rule in force on a matter."""
        return await self._policy(key)

    @field
    async def meetings(
        self, first: First = 20, after: After = None
    ) -> Connection[MeetingType] | None:
        """The meetings of the MAG."""
        return await MeetingType.page(self.snapshot.key, self.loaders, first=first, after=after)

    @field
    async def proposals(
        self, kind: KindOfGroup = None, first: First = 20, after: After = None
    ) -> Connection[ProposalType] | None:
        """The proposals for groups, of one kind or all."""
        return await ProposalType.page(
            self.snapshot.key, self.loaders, kind=kind, first=first, after=after
        )

    @field
    async def decisions(
        self, kind: KindOfDecision = None, first: First = 20, after: After = None
    ) -> Connection[DecisionType] | None:
        """The decisions of the MAG, of one kind or all."""
        return await DecisionType.page(
            self.snapshot.key, self.loaders, kind=kind, first=first, after=after
        )

    @field
    async def groups(
        self, kind: KindOfGroup = None, first: First = 20, after: After = None
    ) -> Connection[GroupType] | None:
        """The groups it admitted, of one kind or all."""
        return await GroupType.page(
            self.snapshot.key, self.loaders, kind=kind, first=first, after=after
        )

    async def _policy(self, key: PolicyKey) -> PolicyType | None:
        return await PolicyType.find(policy_id(self.document.year, key.value), self.loaders)


async def cycle_of(
    root: DecisionType | GroupType | MeetingType | PolicyType | ProposalType,
) -> CycleType | None:
    """The cycle it belongs to."""
    return await CycleType.find(root.document.cycle_id, root.loaders)
