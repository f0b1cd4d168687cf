"""Cycles in the API."""

from datetime import date
from typing import Annotated, ClassVar, cast

import strawberry

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.decision.decision import DecisionKind
from intersessional.domain.ids import annual_meeting_id, policy_id
from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.annual_meeting import AnnualMeeting
from intersessional.graphql.assessment import Assessment
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.group import Group
from intersessional.graphql.meeting import Meeting
from intersessional.graphql.node import Node
from intersessional.graphql.pages import After, Connection, First
from intersessional.graphql.policy import Policy
from intersessional.graphql.proposal import Proposal
from intersessional.projections.cycles import CYCLES, CycleDocument
from intersessional.projections.view import AnyView

KindOfGroup = Annotated[
    GroupKind | None, strawberry.argument(description="Only those of this kind of group.")
]
KindOfDecision = Annotated[
    DecisionKind | None, strawberry.argument(description="Only decisions of this kind.")
]
Matter = Annotated[PolicyKey, strawberry.argument(description="The matter.")]


@node_type
class Cycle(Node):
    """One IGF year."""

    view: ClassVar[AnyView] = CYCLES

    @property
    def _document(self) -> CycleDocument:
        return cast("CycleDocument", self.found.document)

    @field
    def year(self) -> int:
        """The year."""
        return self._document.year

    @field
    def annual_meeting(self) -> AnnualMeeting | None:
        """The annual meeting, as far as it is known."""
        meeting = self._document.annual_meeting
        if meeting is None:
            return None
        key = annual_meeting_id(self._document.year)
        return AnnualMeeting(of=meeting, key=key, within_cycle=self)

    @field
    def proposals_due_on(self) -> date | None:
        """The last day for written proposals."""
        return self._document.proposals_due_on

    @field
    def assessments(self) -> list[Assessment]:
        """The Secretariat's assessments of the year's resources."""
        return [Assessment(of=one, sight=self.sight) for one in self._document.assessments]

    @field
    async def bpf_cap(self) -> Policy | None:
        """The greatest number of Best Practice Forums, as decided."""
        return await self._policy(PolicyKey.BPF_CAP)

    @field
    def bpf_cap_used(self) -> int:
        """How many Best Practice Forums have been approved."""
        return self._document.bpfs

    @field
    async def policy(self, key: Matter) -> Policy | None:
        """The rule in force on a matter."""
        return await self._policy(key)

    @field
    async def meetings(self, first: First = 20, after: After = None) -> Connection[Meeting] | None:
        """The meetings of the MAG."""
        return await Meeting.page(self.found.key, self.sight, first=first, after=after)

    @field
    async def proposals(
        self, kind: KindOfGroup = None, first: First = 20, after: After = None
    ) -> Connection[Proposal] | None:
        """The proposals for groups, of one kind or all."""
        return await Proposal.page(self.found.key, self.sight, kind=kind, first=first, after=after)

    @field
    async def decisions(
        self, kind: KindOfDecision = None, first: First = 20, after: After = None
    ) -> Connection[Decision] | None:
        """The decisions of the MAG, of one kind or all."""
        return await Decision.page(self.found.key, self.sight, kind=kind, first=first, after=after)

    @field
    async def groups(
        self, kind: KindOfGroup = None, first: First = 20, after: After = None
    ) -> Connection[Group] | None:
        """The groups it admitted, of one kind or all."""
        return await Group.page(self.found.key, self.sight, kind=kind, first=first, after=after)

    async def _policy(self, key: PolicyKey) -> Policy | None:
        return await Policy.find(policy_id(self._document.year, key.value), self.sight)
