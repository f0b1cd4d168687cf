"""Revisions of drafts in the API."""

from typing import Any
from uuid import UUID

import strawberry

from intersessional.domain.kernel.ids import revision_id
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.values.block import RevisionBlocks
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


async def blocks_at_revision(
    draft_id: UUID, draft: DraftDocument, number: int | None, loaders: Loaders
) -> RevisionBlocks | None:
    """The blocks of a revision, that of the document for None; found once for a request.

    None for a revision that the draft does not have.
    """
    if number is None or number == draft.revision:
        return loaders.cached(
            ("blocks", draft_id, draft.revision),
            lambda: RevisionBlocks(draft_id=draft_id, document=draft, loaders=loaders),
        )
    return await loaders.once(
        ("blocks", draft_id, number), lambda: _earlier_blocks(draft_id, number, loaders)
    )


async def latest_blocks(draft_id: UUID, loaders: Loaders) -> RevisionBlocks | None:
    """The blocks of the latest revision of a draft; None before there is one."""
    draft = await loaders.get(DRAFTS, draft_id)
    return (
        None if draft is None else await blocks_at_revision(draft_id, draft.document, None, loaders)
    )


async def _earlier_blocks(draft_id: UUID, number: int, loaders: Loaders) -> RevisionBlocks | None:
    revision = await loaders.get(DRAFT_REVISIONS, revision_id(draft_id, number))
    if revision is None:
        return None
    # Revisions are published in their order, so those up to it were recorded up to there.
    found = await loaders.at(revision.position).get(DRAFTS, draft_id)
    if found is None:
        return None
    return RevisionBlocks(draft_id=draft_id, document=found.document, loaders=loaders)
