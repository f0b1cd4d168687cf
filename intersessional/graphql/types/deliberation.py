"""Deliberations on proposals in the API."""

from typing import ClassVar

from intersessional.domain.deliberation import commands
from intersessional.domain.deliberation.deliberation_channel import DeliberationChannel
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.types.proposal import ProposalType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.deliberations import DELIBERATIONS, DeliberationDocument
from intersessional.projections.kernel.view import AnyView


@object_type
class DeliberationType(DocumentNode[DeliberationDocument]):
    """A deliberation of the MAG on a proposal as it is written."""

    view: ClassVar[AnyView] = DELIBERATIONS

    @field
    async def proposal(self) -> ProposalType | None:
        """The proposal."""
        return await ProposalType.find(self.document.proposal_id, self.loaders)

    @field
    def revision(self) -> int:
        """The revision that there was when it was opened; 0 while nothing was written."""
        return self.document.revision

    @field
    def channel(self) -> DeliberationChannel:
        """Where the MAG deliberates."""
        return self.document.channel

    @field
    async def meeting(self) -> MeetingType | None:
        """The meeting at which it deliberates; null elsewhere, or where that is not known."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    async def source(self) -> str | None:
        """Where it can be read."""
        return await self.loaders.text(self.document.source)

    @field
    def opened(self) -> OccurredType:
        """When it was opened."""
        return OccurredType(value=self.document.opened)


async def deliberations_of(
    root: ProposalType, first: First = 20, after: After = None
) -> Connection[DeliberationType] | None:
    """The deliberations on it, in the order of recording."""
    return await DeliberationType.page(root.snapshot.key, root.loaders, first=first, after=after)


@object_type
class DeliberationQuery:
    """Queries of deliberations."""

    @field
    @shareable
    async def deliberation(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> DeliberationType | None:
        """The deliberation with this id."""
        return await DeliberationType.find(parse_id(id), await loaders_at(info.context, as_of))


DELIBERATION_SCHEMA = SchemaPart(
    nodes=(DeliberationType,),
    enums=(DeliberationChannel,),
    queries=(DeliberationQuery,),
    mutations=(
        Mutation(
            commands.OpenDeliberation, "DeliberationOpened", DeliberationType, versioned=False
        ),
    ),
    extends={"Proposal": {"deliberations": deliberations_of}},
)
