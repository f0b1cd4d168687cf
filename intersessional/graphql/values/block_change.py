"""What changed between two revisions of a draft, in the API."""

import strawberry

from intersessional.domain.kernel.text_difference import (
    SEGMENTS_MAX,
    SegmentKind,
    TextSegment,
    text_difference,
)
from intersessional.graphql.relay.connection import Connection, Edge, page_info, parse_first
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.values.block import BlockType, RevisionBlocks, place_after
from intersessional.projections.draft_comparison import (
    BlockChangeKind,
    BlockDifference,
    compared,
)


@object_type
class TextSegmentType:
    """A part of one of two texts, or of both."""

    value: strawberry.Private[TextSegment]

    @field
    def kind(self) -> SegmentKind:
        """Which of the texts has it."""
        return self.value.kind

    @field
    def text(self) -> str:
        """Its words, without markup."""
        return self.value.text


@object_type
class BlockChangeType:
    """A block that is not the same in two revisions."""

    block_id: strawberry.ID
    """The block's id in the draft."""
    kind: BlockChangeKind
    """What happened to it."""
    moved: bool
    """Whether it stands elsewhere among the blocks that both revisions have."""
    before: BlockType | None
    """The block in the earlier revision; null where that has not got it."""
    after: BlockType | None
    """The block in the later revision; null where that has not got it."""

    @field
    @at_most(SEGMENTS_MAX)
    async def segments(self) -> list[TextSegmentType] | None:
        """The difference between its plain texts, word by word.

        Null unless the kind is CHANGED, after erasure, and where the difference has more than 100
        segments or would take too long to find: then the two texts say more.
        """
        if self.before is None or self.after is None or self.kind is not BlockChangeKind.CHANGED:
            return None
        loaders = self.after.revision.loaders
        before = await loaders.plain_text(self.before.value.text)
        after = await loaders.plain_text(self.after.value.text)
        if before is None or after is None:
            return None
        found = await loaders.compute(text_difference, before, after)
        return None if found is None else [TextSegmentType(value=one) for one in found]


async def block_changes(
    earlier: RevisionBlocks | None, later: RevisionBlocks, *, first: int, after: str | None
) -> Connection[BlockChangeType]:
    """A page of what changed between two revisions. Raises BadRequest for an invalid page."""
    parse_first(first)
    before = () if earlier is None else earlier.document.blocks
    differences = await later.loaders.compute(compared, before, later.document.blocks)
    begin = place_after([one.id for one in differences], after)
    edges = [
        Edge(cursor=one.id, node=_change(one, earlier, later))
        for one in differences[begin : begin + first]
    ]
    return Connection(
        total_count=len(differences),
        edges=edges,
        page_info=page_info(edges, after, begin + first < len(differences)),
    )


def _change(
    difference: BlockDifference, earlier: RevisionBlocks | None, later: RevisionBlocks
) -> BlockChangeType:
    i, j = difference.before, difference.after
    return BlockChangeType(
        block_id=strawberry.ID(difference.id),
        kind=difference.kind,
        moved=difference.moved,
        before=None if earlier is None or i is None else earlier.at(i),
        after=None if j is None else later.at(j),
    )
