"""Revisions of drafts in the API."""

import strawberry

from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.draft_revisions import DraftRevisionDocument


@object_type
class DraftRevisionType:
    """A revision of a draft: which blocks it added, changed and removed."""

    value: strawberry.Private[DraftRevisionDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def number(self) -> int:
        """Its number, from 1."""
        return self.value.number

    @field
    async def label(self) -> str | None:
        """What it is called, such as "Draft II"."""
        return await self.loaders.text(self.value.label)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47."""
        return self.value.language

    @field
    def published(self) -> OccurredType:
        """When it was published."""
        return OccurredType(value=self.value.published)

    @field
    @at_most(BLOCKS_MAX)
    def added(self) -> list[strawberry.ID]:
        """The ids of the blocks that are new."""
        return [strawberry.ID(block) for block in self.value.added]

    @field
    @at_most(BLOCKS_MAX)
    def changed(self) -> list[strawberry.ID]:
        """The ids of the blocks that changed: their text, kind, level, language or element."""
        return [strawberry.ID(block) for block in self.value.changed]

    @field
    @at_most(BLOCKS_MAX)
    def removed(self) -> list[strawberry.ID]:
        """The ids of the blocks that it no longer has."""
        return [strawberry.ID(block) for block in self.value.removed]
