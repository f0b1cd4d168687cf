"""The interest of organisations in the API."""

from collections import Counter
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.interest import commands
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.statistic.dimension import KEYS_MAX, StatisticDimension
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.interests import INTERESTS, InterestDocument
from intersessional.projections.kernel.view import AnyView

CountedBy = Annotated[
    StatisticDimension, strawberry.argument(description="What the organisations are counted by.")
]


@object_type
class InterestType(DocumentNode[InterestDocument]):
    """An organisation that signalled its desire to take part, after the proposal was written."""

    view: ClassVar[AnyView] = INTERESTS

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal."""
        return await ProposalType.find(self.document.proposal_id, self.loaders)

    @field
    async def name(self) -> str | None:
        """The name of the organisation; null after erasure."""
        return await self.loaders.text(self.document.name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The stakeholder group that it belongs to."""
        return self.document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group that it belongs to."""
        return self.document.region

    @field
    async def source(self) -> str | None:
        """Where it signalled it."""
        return await self.loaders.text(self.document.source)

    @field
    def signalled(self) -> OccurredType:
        """When it signalled it."""
        return OccurredType(value=self.document.signalled)


@object_type
class InterestCount:
    """How many organisations have a value in a dimension."""

    value: str | None
    """The value, such as a region; null for organisations that do not give it."""
    count: int
    """The number of organisations."""


async def interests_of(
    root: ProposalType, first: First = 20, after: After = None
) -> Connection[InterestType] | None:
    """The organisations that signalled interest beside those named in its text."""
    return await InterestType.page(root.snapshot.key, root.loaders, first=first, after=after)


@at_most(KEYS_MAX + 1)
async def interest_counts(root: ProposalType, by: CountedBy) -> list[InterestCount]:
    """The numbers of organisations, those that its text names and those of `interests`."""
    if not by.adds_up:
        return []
    signalled = await root.loaders.counts(INTERESTS, root.snapshot.key, by.value)
    written = root.document.written
    values = [
        one.stakeholder_group if by is StatisticDimension.STAKEHOLDER_GROUP else one.region
        for one in (written.organisations if written else ())
    ]
    counts = Counter("" if one is None else one.value for one in values) + Counter(signalled)
    return [InterestCount(value=value or None, count=counts[value]) for value in sorted(counts)]


@object_type
class InterestQuery:
    """Queries of the interest of organisations."""

    @field
    @shareable
    async def interest(self, info: Info, id: Id, as_of: PastState = None) -> InterestType | None:
        """The interest of an organisation with this id."""
        return await InterestType.find(parse_id(id), await loaders_at(info.context, as_of))


INTEREST_SCHEMA = SchemaPart(
    nodes=(InterestType,),
    queries=(InterestQuery,),
    mutations=(
        Mutation(commands.SignalInterest, "InterestSignalled", InterestType, versioned=False),
    ),
    extends={"Proposal": {"interests": interests_of, "interest_counts": interest_counts}},
)
