"""Outlines of outputs in the API."""

from collections.abc import Sequence
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.draft.block import OutputElement
from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.domain.kernel.ids import cycle_id, outline_id
from intersessional.domain.outline import commands
from intersessional.domain.outline.outline_section import (
    SECTIONS_MAX,
    SUGGESTED,
    OutlineSection,
    is_in_order,
    missing_elements,
)
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import parse_first
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.values.block import (
    BlockType,
    FirstBlocks,
    RevisionBlocks,
    blocks_of_element,
)
from intersessional.graphql.values.newest_draft import newest_draft
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.drafts import DraftDocument
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.outlines import OUTLINES, OutlineDocument

OutlineYear = Annotated[
    int | None,
    strawberry.argument(description="The year of the cycle; the group's latest cycle by default."),
]


@object_type
class OutlineSectionType:
    """A section that an output is to have."""

    value: strawberry.Private[OutlineSection]
    outline: strawberry.Private[OutlineDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def section_id(self) -> strawberry.ID:
        """Its id in the outline, the same in all versions."""
        return strawberry.ID(self.value.id)

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.value.title)

    @field
    def element(self) -> OutputElement | None:
        """The element of the suggested structure that it is; null for one beside them."""
        return self.value.element

    @field
    async def block_count(self) -> int | None:
        """How many blocks of the newest draft of the group in the cycle belong to it: by its
        element, or by its id where it is beside the elements. Null without a draft.
        """
        draft = await self._draft()
        return None if draft is None else len(self._places(draft.document))

    @field
    @at_most(BLOCKS_MAX)
    async def blocks(self, first: FirstBlocks = 20) -> list[BlockType]:
        """The blocks of the newest draft that belong to it, in order."""
        parse_first(first, size_max=BLOCKS_MAX)
        draft = await self._draft()
        if draft is None:
            return []
        revision = RevisionBlocks(draft_id=draft.key, document=draft.document, loaders=self.loaders)
        return [revision.at(n) for n in self._places(draft.document)[:first]]

    async def _draft(self) -> DocumentSnapshot[DraftDocument] | None:
        return await newest_draft(self.outline.group_id, self.outline.cycle_id, self.loaders)

    def _places(self, draft: DraftDocument) -> Sequence[int]:
        return blocks_of_element(draft, self.value.element or self.value.id)


@object_type
class OutlineType(DocumentNode[OutlineDocument]):
    """The outline of a group's output in a cycle, in its latest version."""

    view: ClassVar[AnyView] = OUTLINES

    @field
    async def group(self) -> GroupType | None:
        """The group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle that the output is of."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    def number(self) -> int:
        """The number of this version, from 1; `asOf` shows earlier ones."""
        return self.document.number

    @field
    def defined(self) -> OccurredType:
        """When this version was defined."""
        return OccurredType(value=self.document.defined)

    @field
    @at_most(SECTIONS_MAX)
    def sections(self) -> list[OutlineSectionType]:
        """The sections, in order."""
        return [
            OutlineSectionType(value=one, outline=self.document, loaders=self.loaders)
            for one in self.document.sections
        ]

    @field
    @at_most(len(SUGGESTED))
    def missing_elements(self) -> list[OutputElement]:
        """The suggested elements of which it has no section."""
        return list(missing_elements(self.document.sections))

    @field
    def is_in_order(self) -> bool:
        """Whether the suggested elements that it has stand in the suggested order."""
        return is_in_order(self.document.sections)

    @field
    async def draft(self) -> DraftType | None:
        """The newest draft of the group in the cycle; null while there is none."""
        found = await newest_draft(self.document.group_id, self.document.cycle_id, self.loaders)
        return None if found is None else DraftType.from_snapshot(found, self.loaders)


async def outline_of_group(root: GroupType, year: OutlineYear = None) -> OutlineType | None:
    """The outline of its output in a cycle; null while none is defined."""
    cycle = root.document.cycle_id if year is None else cycle_id(year)
    if cycle is None:
        return None
    return await OutlineType.find(outline_id(root.snapshot.key, cycle), root.loaders)


@object_type
class OutlineQuery:
    """Queries of outlines."""

    @field
    @shareable
    async def outline(self, info: Info, id: Id, as_of: PastState = None) -> OutlineType | None:
        """The outline with this id."""
        return await OutlineType.find(parse_id(id), await loaders_at(info.context, as_of))


OUTLINE_SCHEMA = SchemaPart(
    nodes=(OutlineType,),
    queries=(OutlineQuery,),
    mutations=(
        Mutation(commands.DefineOutline, "OutlineDefined", OutlineType, versioned=False),
        Mutation(commands.ReviseOutline, "OutlineRevised", OutlineType),
    ),
    extends={"Group": {"outline": outline_of_group}},
)
