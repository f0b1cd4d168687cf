"""Blocks of drafts in the API."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.domain.draft.block import Block, BlockKind, OutputElement
from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.domain.draft.elements import elements
from intersessional.domain.draft.ordinals import ordinals
from intersessional.graphql.relay.connection import bad_cursor, parse_first
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.comment_total import StateOfComment, thread_count
from intersessional.graphql.values.html import inline_html
from intersessional.projections.drafts import DraftDocument

FirstBlocks = Annotated[
    int, strawberry.argument(description=f"The number of blocks, from 1 to {BLOCKS_MAX}.")
]


@object_type
class BlockType:
    """A block of a draft: a paragraph, a heading, or an item of a list."""

    revision: strawberry.Private["RevisionBlocks"]
    index: strawberry.Private[int]
    """Its place among the blocks of the revision."""

    @property
    def value(self) -> Block:
        """The block."""
        return self.revision.document.blocks[self.index]

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
    def ordinal(self) -> int | None:
        """The number of an item of an ordered list, from 1; null for other blocks."""
        return self.revision.ordinals[self.index]

    @field
    async def text(self) -> str | None:
        """The text as it was written, in inline Markdown; null after erasure."""
        return await self.revision.loaders.text(self.value.text)

    @field
    async def html(self) -> str | None:
        """The text as HTML, to be shown as it is inside an element for the kind of block.

        It has no elements but `a`, `br`, `code`, `em` and `strong`; links lead to http, https and
        mailto. Its text content is `plainText`. Null after erasure.
        """
        loaders = self.revision.loaders
        text = await loaders.text(self.value.text)
        return None if text is None else await loaders.compute(inline_html, text)

    @field
    async def plain_text(self) -> str | None:
        """The text without its markup, in which passages are counted; null after erasure."""
        return await self.revision.loaders.plain_text(self.value.text)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47: its own, or that of the revision."""
        return self.value.language or self.revision.document.language

    @field
    def changed_in(self) -> int:
        """The number of the revision in which it came to be as it is."""
        return self.revision.document.changed_in[self.index]

    @field
    def element(self) -> OutputElement | None:
        """The element of the suggested structure that it belongs to."""
        return self.value.element

    @field
    def section(self) -> strawberry.ID | None:
        """The id of the section of the outline that it names, of one beside the elements."""
        return None if self.value.section is None else strawberry.ID(self.value.section)

    @field
    async def comment_count(self, state: StateOfComment = None) -> int:
        """How many comments are on it, without replies; those of all blocks are read at once."""
        return await thread_count(
            self.revision.loaders, self.revision.draft_id, self.value.id, state
        )


@dataclass(frozen=True, kw_only=True)
class RevisionBlocks:
    """The blocks of one revision of a draft."""

    draft_id: UUID
    document: DraftDocument
    loaders: Loaders

    @cached_property
    def ordinals(self) -> Sequence[int | None]:
        """The numbers of the items of ordered lists; None for other blocks."""
        return [*ordinals(self.document.blocks)]

    def at(self, index: int) -> BlockType:
        """The block at a place in the revision."""
        return BlockType(revision=self, index=index)

    def block(self, id: str) -> BlockType | None:
        """The block with this id; None where the revision has not got it."""
        index = self._indexes.get(id)
        return None if index is None else self.at(index)

    def page(self, *, first: int, after: str | None) -> list[BlockType]:
        """The blocks that follow one, or the first ones. Raises BadRequest."""
        begin = place_after(self._ids, after)
        parse_first(first, size_max=BLOCKS_MAX)
        return [self.at(index) for index in range(begin, min(begin + first, len(self._ids)))]

    @cached_property
    def _ids(self) -> Sequence[str]:
        return [block.id for block in self.document.blocks]

    @cached_property
    def _indexes(self) -> Mapping[str, int]:
        return {id: index for index, id in enumerate(self._ids)}


def blocks_of_element(draft: DraftDocument, element: OutputElement | str) -> Sequence[int]:
    """The places of the blocks that belong to an element: by their own, or under a heading of it.

    A section of the outline beside the elements is given by its id. The places are indexes among
    the blocks of the draft.
    """
    return [n for n, found in enumerate(elements(draft.blocks)) if found == element]


def place_after(ids: Sequence[str], after: str | None) -> int:
    """The index that follows an id; 0 without one. Raises BadRequest for one of no block."""
    if after is None:
        return 0
    if after not in ids:
        raise bad_cursor("after")
    return ids.index(after) + 1
