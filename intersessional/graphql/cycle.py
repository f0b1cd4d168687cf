"""Cycles in the API."""

from datetime import date
from typing import ClassVar, cast

import strawberry

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.domain.decision.decision import DecisionKind
from intersessional.domain.ids import policy_id
from intersessional.domain.policy.policy import PolicyKey
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.group import Group
from intersessional.graphql.meeting import Meeting
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.pages import After, Connection, First, page
from intersessional.graphql.policy import Policy
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.sight import Sight
from intersessional.projections.cycles import (
    CYCLES,
    AnnualMeetingDocument,
    AnnualMeetingStatus,
    AssessmentDocument,
    CycleDocument,
)
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.groups import GROUPS
from intersessional.projections.meetings import MEETINGS
from intersessional.projections.policies import POLICIES
from intersessional.projections.proposals import PROPOSALS
from intersessional.projections.view import AnyView


@node_type
class AnnualMeeting:
    """The annual meeting a cycle works towards, as far as it is known."""

    of: strawberry.Private[AnnualMeetingDocument]
    sight: strawberry.Private[Sight]

    @field
    def status(self) -> AnnualMeetingStatus:
        """How sure it is."""
        return self.of.status

    @field
    async def place(self) -> str | None:
        """Where it is to be held."""
        return await self.sight.text(self.of.place)

    @field
    async def condition(self) -> str | None:
        """What a tentative meeting depends on."""
        return await self.sight.text(self.of.condition)

    @field
    def within(self) -> Occurred | None:
        """The time in which a tentative meeting is expected."""
        return None if self.of.within is None else Occurred(of=self.of.within)

    @field
    def starts_on(self) -> date | None:
        """Its first day; null until it is confirmed."""
        return self.of.starts_on

    @field
    def ends_on(self) -> date | None:
        """Its last day; null until it is confirmed."""
        return self.of.ends_on

    @field
    def time_zone(self) -> str | None:
        """The time zone of its place, by its IANA name."""
        return self.of.time_zone


@node_type
class Assessment:
    """One assessment of the year's resources by the Secretariat."""

    of: strawberry.Private[AssessmentDocument]
    sight: strawberry.Private[Sight]

    @field
    def id(self) -> strawberry.ID:
        """What a decision names it by."""
        return strawberry.ID(str(self.of.id))

    @field
    def capacity(self) -> int:
        """How many groups the resources can carry."""
        return self.of.capacity

    @field
    async def note(self) -> str | None:
        """What the Secretariat adds."""
        return await self.sight.text(self.of.note)


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
    def is_illustration(self) -> bool:
        """Whether it only illustrates, and counts among no facts."""
        return self._document.illustration

    @field
    def annual_meeting(self) -> AnnualMeeting | None:
        """The annual meeting, as far as it is known."""
        meeting = self._document.annual_meeting
        return None if meeting is None else AnnualMeeting(of=meeting, sight=self.sight)

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
    async def policy(self, key: PolicyKey) -> Policy | None:
        """The rule in force on a matter."""
        return await self._policy(key)

    @field
    async def meetings(self, first: First = 20, after: After = None) -> Connection[Meeting]:
        """The meetings of the MAG."""
        return await page(
            self.sight, MEETINGS, self.found.key, Meeting.of, first=first, after=after
        )

    @field
    async def proposals(
        self, kind: GroupKind | None = None, first: First = 20, after: After = None
    ) -> Connection[Proposal]:
        """The proposals for groups, of one kind or all."""
        return await page(
            self.sight,
            PROPOSALS,
            self.found.key,
            Proposal.of,
            kind=kind and kind.value,
            first=first,
            after=after,
        )

    @field
    async def decisions(
        self, kind: DecisionKind | None = None, first: First = 20, after: After = None
    ) -> Connection[Decision]:
        """The decisions of the MAG, of one kind or all."""
        return await page(
            self.sight,
            DECISIONS,
            self.found.key,
            Decision.of,
            kind=kind and kind.value,
            first=first,
            after=after,
        )

    @field
    async def groups(
        self, kind: GroupKind | None = None, first: First = 20, after: After = None
    ) -> Connection[Group]:
        """The groups it admitted, of one kind or all."""
        return await page(
            self.sight,
            GROUPS,
            self.found.key,
            Group.of,
            kind=kind and kind.value,
            first=first,
            after=after,
        )

    async def _policy(self, key: PolicyKey) -> Policy | None:
        found = await self.sight.get(POLICIES, policy_id(self._document.year, key.value))
        return None if found is None else Policy.of(found, self.sight)
