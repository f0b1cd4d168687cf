"""Draft outputs in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.draft.draft import Block as WrittenBlock
from intersessional.domain.draft.draft import OutputElement
from intersessional.graphql.comment import Comment
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.pages import After, Connection, First
from intersessional.graphql.sight import Sight
from intersessional.projections.drafts import DRAFTS, DraftDocument
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.group import Group

LazyGroup = Annotated["Group", strawberry.lazy("intersessional.graphql.group")]


@node_type
class Block:
    """A paragraph of a draft."""

    of: strawberry.Private[WrittenBlock]
    sight: strawberry.Private[Sight]
    number: int
    """Its place in this revision, from 1."""

    @field
    def block_id(self) -> strawberry.ID:
        """Its id in this draft, the same from one revision to the next."""
        return strawberry.ID(self.of.id)

    @field
    async def text(self) -> str | None:
        """What it says; null after erasure."""
        return await self.sight.text(self.of.text)

    @field
    def element(self) -> OutputElement | None:
        """The element of the suggested structure that it belongs to."""
        return self.of.element


@node_type
class Draft(Node):
    """The draft output of a group, in the latest revision as of the moment asked for."""

    view: ClassVar[AnyView] = DRAFTS

    @property
    def _document(self) -> DraftDocument:
        return cast("DraftDocument", self.found.document)

    @field
    async def title(self) -> str | None:
        """What it is called."""
        return await self.sight.text(self._document.title)

    @field
    def revision(self) -> int:
        """The number of this revision, from 1."""
        return self._document.revision

    @field
    def blocks(self) -> list[Block]:
        """Its paragraphs, in order."""
        return [
            Block(of=block, sight=self.sight, number=number)
            for number, block in enumerate(self._document.blocks, 1)
        ]

    @field
    async def group(self) -> LazyGroup | None:
        """The group whose output it is."""
        from intersessional.graphql.group import Group

        return await Group.find(self._document.group_id, self.sight)

    @field
    async def comments(self, first: First = 20, after: After = None) -> Connection[Comment] | None:
        """The comments that begin a thread, oldest first."""
        return await Comment.page(self.found.key, self.sight, first=first, after=after)
