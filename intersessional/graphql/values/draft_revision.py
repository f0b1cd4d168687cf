"""Revisions of drafts in the API."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import strawberry

from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.domain.kernel.ids import revision_id
from intersessional.graphql.relay.connection import bad_cursor, parse_first
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.values.block import BlockType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.draft_revisions import DRAFT_REVISIONS, DraftRevisionDocument
from intersessional.projections.drafts import DRAFTS, DraftDocument
from intersessional.projections.kernel.reader import DocumentSnapshot


@object_type
class DraftRevisionType:
    """A revision of a draft; its blocks are in `Draft.blocks`."""

    snapshot: strawberry.Private[DocumentSnapshot[DraftRevisionDocument]]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(
        cls, snapshot: DocumentSnapshot[Any], loaders: Loaders
    ) -> "DraftRevisionType":
        """The revision that a document holds."""
        return cls(snapshot=snapshot, loaders=loaders)

    @field
    def number(self) -> int:
        """Its number, from 1."""
        return self.snapshot.document.number

    @field
    async def label(self) -> str | None:
        """What it is called, such as "Draft II"."""
        return await self.loaders.text(self.snapshot.document.label)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47."""
        return self.snapshot.document.language

    @field
    def published(self) -> OccurredType:
        """When it was published."""
        return OccurredType(value=self.snapshot.document.published)

    @field
    def position(self) -> Position:
        """The position of its event: `asOf` shows the draft as it was then, its comments too."""
        return Position(self.snapshot.position)


async def draft_at_revision(draft: UUID, number: int, loaders: Loaders) -> DraftDocument | None:
    """A draft as a revision left it; None for a revision that it does not have."""
    revision = await loaders.get(DRAFT_REVISIONS, revision_id(draft, number))
    if revision is None:
        return None
    # Revisions are published in their order, so those up to it were recorded up to there.
    found = await loaders.at(revision.position).get(DRAFTS, draft)
    return None if found is None else found.document


@dataclass(frozen=True, slots=True)
class RevisionBlocks:
    """The blocks of one revision of a draft."""

    draft_id: UUID
    document: DraftDocument
    loaders: Loaders

    def at(self, index: int) -> BlockType:
        """The block at a place in the revision."""
        return BlockType(
            draft_id=self.draft_id, loaders=self.loaders, revision=self.document, index=index
        )

    def block(self, id: str) -> BlockType | None:
        """The block with this id; None where the revision has not got it."""
        ids = self._ids()
        return self.at(ids.index(id)) if id in ids else None

    def page(self, *, first: int, after: str | None) -> list[BlockType]:
        """The blocks that follow one, or the first ones. Raises BadRequest."""
        ids = self._ids()
        begin = place_after(ids, after)
        parse_first(first, size_max=BLOCKS_MAX)
        return [self.at(index) for index in range(begin, min(begin + first, len(ids)))]

    def _ids(self) -> Sequence[str]:
        return [block.id for block in self.document.blocks]


def place_after(ids: Sequence[str], after: str | None) -> int:
    """The index that follows an id; 0 without one. Raises BadRequest for one of no block."""
    if after is None:
        return 0
    if after not in ids:
        raise bad_cursor("after")
    return ids.index(after) + 1
