"""Groups in the API."""

from typing import ClassVar

import strawberry

from intersessional.domain.group.group_kind import GroupKind
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.decision import DecisionType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.groups import (
    GROUPS,
    FacilitatorDocument,
    GroupDocument,
    GroupMeetingDocument,
    GroupState,
    NameDocument,
)
from intersessional.projections.kernel.view import AnyView


@object_type
class GroupNameType:
    """A name that a group has had."""

    of: strawberry.Private[NameDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def name(self) -> str | None:
        """The name."""
        return await self.loaders.text(self.of.name)

    @field
    def since(self) -> Position:
        """The position from which it was the name."""
        return Position(self.of.position)


@object_type
class FacilitatorType:
    """Someone who facilitates a group."""

    of: strawberry.Private[FacilitatorDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def participant(self) -> ParticipantType | None:
        """Who it is."""
        return await ParticipantType.find(self.of.participant_id, self.loaders)

    @field
    def mag_member(self) -> bool:
        """Whether they were a member of the MAG when they were appointed."""
        return self.of.mag_member


@object_type
class GroupMeetingType:
    """A meeting that a group called."""

    of: strawberry.Private[GroupMeetingDocument]
    loaders: strawberry.Private[Loaders]

    @field
    async def label(self) -> str | None:
        """What it is called."""
        return await self.loaders.text(self.of.label)

    @field
    def held(self) -> OccurredType:
        """When it is or was held."""
        return OccurredType(of=self.of.held)


@object_type
class GroupType(DocumentNode[GroupDocument]):
    """A group that works between annual meetings: a Best Practice Forum or one of its like."""

    view: ClassVar[AnyView] = GROUPS

    @field
    async def name(self) -> str | None:
        """Its name as of the moment asked for."""
        return await self.loaders.text(self.document.names[-1].name)

    @field
    def names(self) -> list[GroupNameType]:
        """All the names it has had, oldest first."""
        return [GroupNameType(of=name, loaders=self.loaders) for name in self.document.names]

    @field
    def kind(self) -> GroupKind:
        """What kind of group it is."""
        return self.document.kind

    @field
    def state(self) -> GroupState:
        """Where it stands."""
        return self.document.state

    @field
    async def decision(self) -> DecisionType | None:
        """The decision that established it."""
        return await DecisionType.find(self.document.decision_id, self.loaders)

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal it was established from, where there was one."""
        return await ProposalType.find(self.document.proposal_id, self.loaders)

    @field
    async def merged_from(self) -> list[ProposalType]:
        """The proposals that were merged into its own."""
        return await ProposalType.find_all(self.document.merged_from, self.loaders)

    @field
    def facilitators(self) -> list[FacilitatorType]:
        """Who facilitates it."""
        return [FacilitatorType(of=one, loaders=self.loaders) for one in self.document.facilitators]

    @field
    def meetings(self) -> list[GroupMeetingType]:
        """The meetings it called."""
        return [GroupMeetingType(of=held, loaders=self.loaders) for held in self.document.meetings]

    @field
    async def drafts(self, first: First = 20, after: After = None) -> Connection[DraftType] | None:
        """Its draft outputs."""
        return await DraftType.page(self.snapshot.key, self.loaders, first=first, after=after)


async def group_of_draft(root: DraftType) -> GroupType | None:
    """The group whose output it is."""
    return await GroupType.find(root.document.group_id, root.loaders)


async def group_of_proposal(root: ProposalType) -> GroupType | None:
    """The group that was established from it."""
    return await GroupType.find(root.document.group_id, root.loaders)
