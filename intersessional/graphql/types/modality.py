"""Modalities of groups in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.modality import commands
from intersessional.domain.modality.modality_state import ModalityState
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
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.meeting import MeetingType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.modalities import MODALITIES, ModalityDocument

StateOfModality = Annotated[
    ModalityState | None, strawberry.argument(description="Only modalities in this state.")
]


@object_type
class ModalityType(DocumentNode[ModalityDocument]):
    """How a group works, or how it was proposed that it works."""

    view: ClassVar[AnyView] = MODALITIES

    @field
    async def group(self) -> GroupType | None:
        """The group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def modality(self) -> str | None:
        """How the group works."""
        return await self.loaders.text(self.document.modality)

    @field
    def state(self) -> ModalityState:
        """Its state."""
        return self.document.state

    @field
    def proposed(self) -> OccurredType:
        """When it was proposed."""
        return OccurredType(value=self.document.act.occurred)

    @field
    async def proposal_meeting(self) -> MeetingType | None:
        """The meeting of the group at which it was proposed; null for its list."""
        return await MeetingType.find(self.document.meeting_id, self.loaders)

    @field
    def supporters(self) -> int:
        """How many members of the group supported it here."""
        return self.document.supporters

    @field
    def support(self) -> int | None:
        """How many others supported it, as was counted when it was adopted; null if nobody did."""
        return self.document.support

    @field
    def without_objection(self) -> bool:
        """Whether it was adopted without objection."""
        return self.document.without_objection

    @field
    def adopted(self) -> OccurredType | None:
        """When it was adopted; null while it is not."""
        adopted = self.document.adopted
        return None if adopted is None else OccurredType(value=adopted)

    @field
    async def adoption_meeting(self) -> MeetingType | None:
        """The meeting of the group at which it was adopted; null when not known."""
        return await MeetingType.find(self.document.adopted_at, self.loaders)

    @field
    async def evidence(self) -> str | None:
        """Where the support or the absence of objections is seen."""
        return await self.loaders.text(self.document.evidence)

    @field
    async def replaced_by(self) -> "ModalityType | None":
        """The modality that took its place."""
        return await ModalityType.find(self.document.replaced_by, self.loaders)


async def modalities_of_group(
    root: GroupType, state: StateOfModality = None, first: First = 20, after: After = None
) -> Connection[ModalityType] | None:
    """Its modalities, in any state or in one; those in force are ADOPTED."""
    kind = None if state is None else state.value
    return await ModalityType.page(
        root.snapshot.key, root.loaders, kind=kind, first=first, after=after
    )


@object_type
class ModalityQuery:
    """Queries of modalities."""

    @field
    @shareable
    async def modality(self, info: Info, id: Id, as_of: PastState = None) -> ModalityType | None:
        """The modality with this id."""
        return await ModalityType.find(parse_id(id), await loaders_at(info.context, as_of))


MODALITY_SCHEMA = SchemaPart(
    nodes=(ModalityType,),
    enums=(ModalityState,),
    queries=(ModalityQuery,),
    mutations=(
        Mutation(commands.ProposeModality, "ModalityProposed", ModalityType, versioned=False),
        Mutation(commands.SupportModality, "ModalitySupported", ModalityType),
        Mutation(commands.AdoptModality, "ModalityAdopted", ModalityType),
    ),
    extends={"Group": {"modalities": modalities_of_group}},
)
