"""Blocks of drafts in the API."""

from uuid import UUID

import strawberry

from intersessional.domain.draft.block import Block, BlockKind, OutputElement
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.comment_total import StateOfComment, thread_count
from intersessional.graphql.values.html import inline_html
from intersessional.projections.drafts import DraftDocument


@object_type
class BlockType:
    """A block of a draft: a paragraph, a heading, or an item of a list."""

    draft_id: strawberry.Private[UUID]
    loaders: strawberry.Private[Loaders]
    revision: strawberry.Private[DraftDocument]
    index: strawberry.Private[int]
    """Its place among the blocks of the revision."""

    @property
    def value(self) -> Block:
        """The block."""
        return self.revision.blocks[self.index]

    @field
    def number(self) -> int:
        """Its number in this revision, from 1."""
        return self.index + 1

    @field
    def block_id(self) -> strawberry.ID:
        """Its id in this draft, the same in all revisions."""
        return strawberry.ID(self.value.id)

    @field
    def kind(self) -> BlockKind:
        """What it is in the structure of the draft."""
        return self.value.kind

    @field
    def level(self) -> int | None:
        """The depth of a heading or of an item in a list, from 1 to 4; null for a paragraph."""
        return self.value.level

    @field
    async def text(self) -> str | None:
        """The text as it was written, in inline Markdown; null after erasure."""
        return await self.loaders.text(self.value.text)

    @field
    async def html(self) -> str | None:
        """The text as HTML, to be shown as it is inside an element for the kind of block.

        It has no elements but `a`, `br`, `code`, `em` and `strong`; links lead to http, https and
        mailto. Its text content is `plainText`. Null after erasure.
        """
        text = await self.loaders.text(self.value.text)
        return None if text is None else inline_html(text)

    @field
    async def plain_text(self) -> str | None:
        """The text without its markup, in which passages are counted; null after erasure."""
        return await self.loaders.plain_text(self.value.text)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47: its own, or that of the revision."""
        return self.value.language or self.revision.language

    @field
    def changed_in(self) -> int:
        """The number of the revision in which it came to be as it is."""
        return self.revision.changed_in[self.index]

    @field
    def element(self) -> OutputElement | None:
        """The element of the suggested structure that it belongs to."""
        return self.value.element

    @field
    async def comment_count(self, state: StateOfComment = None) -> int:
        """How many comments are on it, without replies; those of all blocks are read at once."""
        return await thread_count(self.loaders, self.draft_id, self.value.id, state)
