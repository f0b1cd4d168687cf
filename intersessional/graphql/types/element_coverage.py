"""The elements of outputs across the groups of a cycle: coverage, and a reader of one element."""

from typing import Annotated

import strawberry

from intersessional.domain.draft.block import OutputElement
from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.domain.draft.elements import elements
from intersessional.domain.kernel.ids import outline_id
from intersessional.graphql.relay.connection import After, Connection, First, parse_first
from intersessional.graphql.relay.document_connection import document_connection
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.draft import DraftType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.group_kind import KindOfGroup, checked_kind
from intersessional.graphql.types.outline import OutlineSectionType, OutlineType
from intersessional.graphql.values.block import (
    BlockType,
    FirstBlocks,
    RevisionBlocks,
    blocks_of_element,
)
from intersessional.graphql.values.newest_draft import newest_draft
from intersessional.projections.groups import GROUPS
from intersessional.projections.kernel.view import ANY_KIND, ListKey

ElementKey = Annotated[
    OutputElement, strawberry.argument(description="The element that is to be read.")
]


@object_type
class ElementCoverage:
    """Where one element stands in the outline and in the newest draft of a group."""

    element: OutputElement
    """The element."""
    section: OutlineSectionType | None
    """The section of the outline; null where the outline has none, or there is no outline."""
    block_count: int | None
    """How many blocks of the newest draft belong to it; null without a draft."""


@object_type
class GroupCoverage:
    """The elements in the outline and in the newest draft of a group in a cycle."""

    group: GroupType
    """The group."""
    cycle: strawberry.Private[CycleType]

    @field
    async def outline(self) -> OutlineType | None:
        """The outline of its output in the cycle; null while none is defined."""
        key = outline_id(self.group.snapshot.key, self.cycle.snapshot.key)
        return await OutlineType.find(key, self.cycle.loaders)

    @field
    async def draft(self) -> DraftType | None:
        """Its newest draft in the cycle; null while there is none."""
        group, cycle = self.group.snapshot.key, self.cycle.snapshot.key
        found = await newest_draft(group, cycle, self.cycle.loaders)
        return None if found is None else DraftType.from_snapshot(found, self.cycle.loaders)

    @field
    @at_most(len(OutputElement))
    async def elements(self) -> list[ElementCoverage]:
        """Each element, in the suggested order; the segment on carrying forward is the last."""
        outline, draft = await self.outline(), await self.draft()
        sections = {} if outline is None else {one.value.element: one for one in outline.sections()}
        found = None if draft is None else [*elements(draft.document.blocks)]
        return [
            ElementCoverage(
                element=one,
                section=sections.get(one),
                block_count=None if found is None else found.count(one),
            )
            for one in OutputElement
        ]


@object_type
class ElementReading(GroupCoverage):
    """What the newest draft of a group says on one element."""

    element: OutputElement
    """The element."""

    @field
    async def revision(self) -> int | None:
        """The number of the draft's revision; null without a draft."""
        draft = await self.draft()
        return None if draft is None else draft.document.revision

    @field
    async def section(self) -> OutlineSectionType | None:
        """The section of the outline that is this element; null where there is none."""
        outline = await self.outline()
        sections: list[OutlineSectionType] = [] if outline is None else outline.sections()
        return next((one for one in sections if one.value.element is self.element), None)

    @field
    async def block_count(self) -> int:
        """How many blocks of the draft belong to the element."""
        draft = await self.draft()
        return 0 if draft is None else len(blocks_of_element(draft.document, self.element))

    @field
    @at_most(BLOCKS_MAX)
    async def blocks(self, first: FirstBlocks = 20) -> list[BlockType]:
        """The blocks of the draft that belong to the element, in order."""
        parse_first(first, size_max=BLOCKS_MAX)
        draft = await self.draft()
        if draft is None:
            return []
        revision = RevisionBlocks(
            draft_id=draft.snapshot.key, document=draft.document, loaders=draft.loaders
        )
        return [revision.at(n) for n in blocks_of_element(draft.document, self.element)[:first]]


async def coverage_of_cycle(
    root: CycleType, kind: KindOfGroup = None, first: First = 20, after: After = None
) -> Connection[GroupCoverage] | None:
    """Which elements the outlines and the drafts of its groups have, of one kind or all."""
    kind = await checked_kind(kind, root.loaders)
    return await document_connection(
        GROUPS,
        ListKey(root.snapshot.key, kind or ANY_KIND),
        root.loaders,
        first=first,
        after=after,
        item=lambda one, loaders: GroupCoverage(
            group=GroupType.from_snapshot(one, loaders), cycle=root
        ),
    )


async def element_of_cycle(
    root: CycleType,
    key: ElementKey,
    kind: KindOfGroup = None,
    first: First = 20,
    after: After = None,
) -> Connection[ElementReading] | None:
    """One element over all its groups, of one kind or all: what their newest drafts say on it."""
    kind = await checked_kind(kind, root.loaders)
    return await document_connection(
        GROUPS,
        ListKey(root.snapshot.key, kind or ANY_KIND),
        root.loaders,
        first=first,
        after=after,
        item=lambda one, loaders: ElementReading(
            group=GroupType.from_snapshot(one, loaders), cycle=root, element=key
        ),
    )


ELEMENT_COVERAGE_SCHEMA = SchemaPart(
    extends={"Cycle": {"element_coverage": coverage_of_cycle, "element": element_of_cycle}},
)
