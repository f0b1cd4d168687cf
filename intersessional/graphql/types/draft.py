"""Draft outputs in the API."""

from typing import ClassVar

import strawberry

from intersessional.domain.draft.block import Block, OutputElement
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.comment import CommentType
from intersessional.projections.drafts import DRAFTS, DraftDocument
from intersessional.projections.kernel.view import AnyView


@object_type
class BlockType:
    """A paragraph of a draft."""

    of: strawberry.Private[Block]
    loaders: strawberry.Private[Loaders]
    number: int
    """Its place in this revision, from 1."""

    @field
    def block_id(self) -> strawberry.ID:
        """Its id in this draft, the same from one revision to the next."""
        return strawberry.ID(self.of.id)

    @field
    async def text(self) -> str | None:
        """What it says; null after erasure."""
        return await self.loaders.text(self.of.text)

    @field
    def element(self) -> OutputElement | None:
        """The element of the suggested structure that it belongs to."""
        return self.of.element


@object_type
class DraftType(DocumentNode[DraftDocument]):
    """The draft output of a group, in the latest revision as of the moment asked for."""

    view: ClassVar[AnyView] = DRAFTS

    @field
    async def title(self) -> str | None:
        """What it is called."""
        return await self.loaders.text(self.document.title)

    @field
    def revision(self) -> int:
        """The number of this revision, from 1."""
        return self.document.revision

    @field
    def blocks(self) -> list[BlockType]:
        """Its paragraphs, in order."""
        return [
            BlockType(of=block, loaders=self.loaders, number=number)
            for number, block in enumerate(self.document.blocks, 1)
        ]

    @field
    async def comments(
        self, first: First = 20, after: After = None
    ) -> Connection[CommentType] | None:
        """The comments that begin a thread, oldest first."""
        return await CommentType.page(self.snapshot.key, self.loaders, first=first, after=after)


async def draft_of_comment(root: CommentType) -> DraftType | None:
    """The draft it is about."""
    return await DraftType.find(root.document.draft_id, root.loaders)
