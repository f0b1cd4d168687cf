"""Blocks that a comment is about, and what became of them since."""

from enum import Enum
from uuid import UUID

import strawberry

from intersessional.domain.kernel.text_difference import kept_percent
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import enum, field, object_type
from intersessional.graphql.values.block import BlockType, RevisionBlocks
from intersessional.graphql.values.comment_total import StateOfComment, thread_count
from intersessional.graphql.values.draft_revision import blocks_at_revision


@enum
class BlockState(Enum):
    """What became of a block since the revision that a comment is about."""

    UNCHANGED = "UNCHANGED"
    """It reads as it did."""
    CHANGED = "CHANGED"
    """It was changed; the comment is about the words of its own revision."""
    REMOVED = "REMOVED"
    """The draft no longer has it."""


@object_type
class CommentedBlockType:
    """A block that a comment is about."""

    id: strawberry.Private[str]
    revision: strawberry.Private[int]
    draft_id: strawberry.Private[UUID]
    latest: strawberry.Private[RevisionBlocks | None]
    loaders: strawberry.Private[Loaders]

    @field
    def block_id(self) -> strawberry.ID:
        """Its id in the draft, the same in all revisions."""
        return strawberry.ID(self.id)

    @field
    def state(self) -> BlockState:
        """What became of it since the revision that the comment is about."""
        changed_in = self._changed_in()
        if changed_in is None:
            return BlockState.REMOVED
        return BlockState.CHANGED if changed_in > self.revision else BlockState.UNCHANGED

    @field
    def changed_in(self) -> int | None:
        """The number of the revision in which it came to be as it is; null when it was removed."""
        return self._changed_in()

    @field
    async def then(self) -> BlockType | None:
        """The block in the revision that the comment is about."""
        if self.latest is None:
            return None
        draft = self.latest.document
        blocks = await blocks_at_revision(self.draft_id, draft, self.revision, self.loaders)
        return None if blocks is None else blocks.block(self.id)

    @field
    async def now(self) -> BlockType | None:
        """The block in the latest revision; null when it was removed."""
        return None if self.latest is None else self.latest.block(self.id)

    @field
    async def kept_percent(self) -> int | None:
        """How much of the text that the comment is about the latest revision still has, in percent.

        What counts are the words that both texts have in one order. Null for a block that was
        removed, after erasure, and where the texts differ in more pieces than anybody reads.
        """
        if self.state() is BlockState.UNCHANGED:
            return 100
        then, now = await self.then(), await self.now()
        before = None if then is None else await then.plain_text()
        after = None if now is None else await now.plain_text()
        if before is None or after is None:
            return None
        return await self.loaders.compute(kept_percent, before, after)

    @field
    async def comment_count(self, state: StateOfComment = None) -> int:
        """How many comments are on it, without replies."""
        return await thread_count(self.loaders, self.draft_id, self.id, state)

    def _changed_in(self) -> int | None:
        block = None if self.latest is None else self.latest.block(self.id)
        return None if block is None else block.changed_in()
