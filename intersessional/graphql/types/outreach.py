"""Outreach in the API."""

from typing import ClassVar

from intersessional.domain.outreach import commands
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
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.outreach import OUTREACH, OutreachDocument


@object_type
class OutreachType(DocumentNode[OutreachDocument]):
    """An occasion at which the work of a group or a year was taken to others."""

    view: ClassVar[AnyView] = OUTREACH

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    async def group(self) -> GroupType | None:
        """The group; null for the work of the year."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def participant(self) -> ParticipantType | None:
        """Who did it; null where no source names them."""
        return await ParticipantType.find(self.document.participant_id, self.loaders)

    @field
    async def audience(self) -> str | None:
        """Who was addressed."""
        return await self.loaders.text(self.document.audience)

    @field
    async def forum(self) -> str | None:
        """Where: an event, a list, a website."""
        return await self.loaders.text(self.document.forum)

    @field
    def took_place(self) -> OccurredType:
        """When it took place."""
        return OccurredType(value=self.document.took_place)

    @field
    async def draft(self) -> DraftType | None:
        """The output that was spread; null when none is named."""
        return await DraftType.find(self.document.draft_id, self.loaders)

    @field
    async def text(self) -> str | None:
        """What was said, or where it is found."""
        return await self.loaders.text(self.document.text)


async def outreach_of(
    root: GroupType | CycleType, first: First = 20, after: After = None
) -> Connection[OutreachType] | None:
    """The register of outreach, in the order of recording."""
    return await OutreachType.page(root.snapshot.key, root.loaders, first=first, after=after)


@object_type
class OutreachQuery:
    """Queries of outreach."""

    @field
    @shareable
    async def outreach(self, info: Info, id: Id, as_of: PastState = None) -> OutreachType | None:
        """The outreach with this id."""
        return await OutreachType.find(parse_id(id), await loaders_at(info.context, as_of))


OUTREACH_SCHEMA = SchemaPart(
    nodes=(OutreachType,),
    queries=(OutreachQuery,),
    mutations=(Mutation(commands.LogOutreach, "OutreachLogged", OutreachType, versioned=False),),
    extends={"Group": {"outreach": outreach_of}, "Cycle": {"outreach": outreach_of}},
)
