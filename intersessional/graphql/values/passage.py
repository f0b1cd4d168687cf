"""Passages that a comment is about, and where they stand now."""

import asyncio
from dataclasses import dataclass
from enum import Enum

import strawberry

from intersessional.domain.comment.passage import Passage, place_of
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import enum, field, object_type
from intersessional.graphql.values.block import RevisionBlocks


@enum
class PassageState(Enum):
    """What became of a passage since the revision that a comment is about."""

    IN_PLACE = "IN_PLACE"
    """It stands at the same place of the same block."""
    MOVED = "MOVED"
    """The block was changed; the quote stands in it at another place, and nowhere else in it."""
    ORPHANED = "ORPHANED"
    """It cannot be found: the block was removed, or the quote stands in it no more, or more than
    once; or nobody may read the quote or the block.
    """


@object_type
class PassagePlace:
    """Where a quote stands, exactly, in code points of the plain text of a block."""

    revision: int
    """The number of the revision."""
    start: int
    """The place of its first character, from 0."""
    end: int
    """The place after its last character."""


@dataclass(frozen=True, slots=True)
class PassageContext:
    """What a passage is looked for in: the latest revision of the draft in a state."""

    revision: int
    """The number of the revision that the comment is about."""
    latest: RevisionBlocks | None
    loaders: Loaders

    async def place_of(self, passage: Passage) -> PassagePlace | None:
        """Where the quote of a passage stands in this revision; None where it cannot be found."""
        latest = self.latest
        block = None if latest is None else latest.block(passage.block)
        if latest is None or block is None:
            return None
        quote, plain = await asyncio.gather(
            self.loaders.text(passage.quote),
            block.revision.loaders.plain_text(block.value.text),
        )
        if quote is None or plain is None:
            return None
        start = place_of(quote, passage.start, plain)
        if start is None:
            return None
        return PassagePlace(revision=latest.document.revision, start=start, end=start + len(quote))


@object_type
class PassageType:
    """A passage of a block that a comment is about, in code points of the block's plain text."""

    value: strawberry.Private[Passage]
    context: strawberry.Private[PassageContext]

    @field
    def block(self) -> strawberry.ID:
        """The id of the block in the draft, the same in all revisions."""
        return strawberry.ID(self.value.block)

    @field
    def revision(self) -> int:
        """The number of the revision that the comment is about."""
        return self.context.revision

    @field
    def start(self) -> int:
        """The place of its first character in that revision, from 0."""
        return self.value.start

    @field
    def end(self) -> int:
        """The place after its last character in that revision."""
        return self.value.end

    @field
    async def quote(self) -> str | None:
        """What stands there in that revision; null when the comment was withdrawn or the text was
        erased, in past states too. A direction that it opens may end outside of it: isolate it.
        """
        return await self.context.loaders.text(self.value.quote)

    @field
    async def state(self) -> PassageState:
        """What became of it since the revision that the comment is about."""
        place = await self.context.place_of(self.value)
        if place is None:
            return PassageState.ORPHANED
        moved = place.start != self.value.start
        return PassageState.MOVED if moved else PassageState.IN_PLACE

    @field
    async def now(self) -> PassagePlace | None:
        """Where exactly the quote stands in the draft's latest revision; null when ORPHANED."""
        return await self.context.place_of(self.value)
