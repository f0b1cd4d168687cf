"""Members of groups in the API."""

from typing import Annotated, ClassVar
from uuid import UUID

import strawberry

from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.membership import commands
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_connection import union_connection
from intersessional.graphql.relay.document_page import DocumentPageArguments
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.reader import ListUnion
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.memberships import (
    MEMBERS,
    MEMBERSHIPS,
    MemberDimension,
    MembershipDocument,
    lists_of_member,
)

DimensionOfMembers = Annotated[
    MemberDimension, strawberry.argument(description="What the members are counted by.")
]
_VALUES_MAX = max(len(StakeholderGroup), len(Region)) + 1


@object_type
class MembershipType(DocumentNode[MembershipDocument]):
    """One stay of one person in a group."""

    view: ClassVar[AnyView] = MEMBERSHIPS

    @field
    async def participant(self) -> ParticipantType | None:
        """The member; null after erasure."""
        return await find_participant(self.document.person, self.loaders)

    @field
    async def group(self) -> GroupType | None:
        """The group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """Their stakeholder group when they joined."""
        return self.document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """Their regional group when they joined."""
        return self.document.region

    @field
    def joined(self) -> OccurredType:
        """When they joined."""
        return OccurredType(value=self.document.joined)

    @field
    def left(self) -> OccurredType | None:
        """When they left; null while they are members."""
        left = self.document.left
        return None if left is None else OccurredType(value=left)


@object_type
class MemberCount:
    """How many members of a group have a value in a dimension."""

    value: str | None
    """The value, such as a region; null for members who do not give it."""
    count: int
    """The number of memberships that have not ended."""


async def members_of_group(
    root: GroupType, first: First = 20, after: After = None
) -> Connection[MembershipType] | None:
    """Those who have joined it and not left, in the order of recording."""
    return await MembershipType.page(
        root.snapshot.key, root.loaders, kind=MEMBERS, first=first, after=after
    )


@at_most(_VALUES_MAX)
async def member_counts(root: GroupType, dimension: DimensionOfMembers) -> list[MemberCount]:
    """The number of its members by stakeholder group or region, in the order of the values."""
    counts = await root.loaders.counts(MEMBERSHIPS, root.snapshot.key, dimension.value)
    return [MemberCount(value=value or None, count=counts[value]) for value in sorted(counts)]


async def memberships_of_participant(
    root: ParticipantType, first: First = 20, after: After = None
) -> Connection[MembershipType] | None:
    """Their memberships in groups, also those that have ended; none after an erasure but those of
    an office, in past states too.
    """
    person = root.snapshot.key
    members: list[UUID | Sealed] = [person, *await root.loaders.commitments_of(person)]
    lists = frozenset(key for one in members for key in lists_of_member(one))
    arguments = DocumentPageArguments.parse(first=first, after=after)
    return await union_connection(
        MEMBERSHIPS, ListUnion(lists), root.loaders, arguments, MembershipType.from_snapshot
    )


@object_type
class MembershipQuery:
    """Queries of memberships."""

    @field
    @shareable
    async def membership(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> MembershipType | None:
        """The membership with this id."""
        return await MembershipType.find(parse_id(id), await loaders_at(info.context, as_of))


MEMBERSHIP_SCHEMA = SchemaPart(
    nodes=(MembershipType,),
    enums=(MemberDimension,),
    queries=(MembershipQuery,),
    mutations=(
        Mutation(commands.JoinGroup, "GroupJoined", MembershipType, versioned=False),
        Mutation(commands.LeaveGroup, "GroupLeft", MembershipType),
    ),
    extends={
        "Group": {"members": members_of_group, "member_counts": member_counts},
        "Participant": {"memberships": memberships_of_participant},
    },
)
