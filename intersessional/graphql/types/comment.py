"""Comments in the API."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.comment.comment import Channel
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.types.audit_entry import person
from intersessional.graphql.types.participant import ParticipantType
from intersessional.graphql.values.attribution import AttributionType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.comments import COMMENTS, CommentDocument
from intersessional.projections.kernel.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.types.draft import DraftType

LazyDraft = Annotated["DraftType", strawberry.lazy("intersessional.graphql.types.draft")]


@object_type
class CommentType(Node):
    """A comment on a draft output, or a reply to one."""

    view: ClassVar[AnyView] = COMMENTS

    @property
    def _document(self) -> CommentDocument:
        return cast("CommentDocument", self.found.document)

    @field
    async def body(self) -> str | None:
        """What it says; null when it was withdrawn or erased."""
        return None if self._document.withdrawn else await self.loaders.text(self._document.body)

    @field
    async def author(self) -> ParticipantType | None:
        """Who posted it; null after erasure."""
        return await person(self._document.act.actor.person, self.loaders)

    @field
    def attribution(self) -> AttributionType | None:
        """Who said it elsewhere; null for what its author posted here."""
        said = self._document.attribution
        return None if said is None else AttributionType(of=said, loaders=self.loaders)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The part of the community it came from; null where that was not told."""
        return self._document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group it came from; null where that was not told."""
        return self._document.region

    @field
    def occurred(self) -> OccurredType:
        """When it was said."""
        return OccurredType(of=self._document.act.occurred)

    @field
    def posted_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self._document.posted_at

    @field
    def channel(self) -> Channel:
        """How it came."""
        return self._document.channel

    @field
    def revision(self) -> int:
        """The revision of the draft that it is about."""
        return self._document.revision

    @field
    def blocks(self) -> list[strawberry.ID]:
        """The blocks it is about; none when it is about the draft as a whole."""
        return [strawberry.ID(block) for block in self._document.blocks]

    @field
    def withdrawn(self) -> bool:
        """Whether its author took it back."""
        return self._document.withdrawn

    @field
    async def draft(self) -> LazyDraft | None:
        """The draft it is about."""
        from intersessional.graphql.types.draft import DraftType

        return await DraftType.find(self._document.draft_id, self.loaders)

    @field
    async def in_reply_to(self) -> "CommentType | None":
        """The comment that it replies to."""
        return await CommentType.find(self._document.in_reply_to, self.loaders)

    @field
    async def replies(
        self, first: First = 20, after: After = None
    ) -> Connection["CommentType"] | None:
        """The replies to it, oldest first."""
        return await CommentType.page(self.found.key, self.loaders, first=first, after=after)
