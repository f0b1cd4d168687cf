"""Comments in the API."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.comment.comment import Channel
from intersessional.domain.participant.participant import Region, StakeholderGroup
from intersessional.graphql.attribution import Attribution
from intersessional.graphql.audit import person
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.pages import After, Connection, First
from intersessional.graphql.participant import Participant
from intersessional.projections.comments import COMMENTS, CommentDocument
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.draft import Draft

LazyDraft = Annotated["Draft", strawberry.lazy("intersessional.graphql.draft")]


@node_type
class Comment(Node):
    """A comment on a draft output, or a reply to one."""

    view: ClassVar[AnyView] = COMMENTS

    @property
    def _document(self) -> CommentDocument:
        return cast("CommentDocument", self.found.document)

    @field
    async def body(self) -> str | None:
        """What it says; null when it was withdrawn or erased."""
        return None if self._document.withdrawn else await self.sight.text(self._document.body)

    @field
    async def author(self) -> Participant | None:
        """Who posted it; null after erasure."""
        return await person(self._document.act.actor.person, self.sight)

    @field
    def attribution(self) -> Attribution | None:
        """Who said it elsewhere; null for what its author posted here."""
        said = self._document.attribution
        return None if said is None else Attribution(of=said, sight=self.sight)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The part of the community it came from; null where that was not told."""
        return self._document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group it came from; null where that was not told."""
        return self._document.region

    @field
    def occurred(self) -> Occurred:
        """When it was said."""
        return Occurred(of=self._document.act.occurred)

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
        from intersessional.graphql.draft import Draft

        return await Draft.find(self._document.draft_id, self.sight)

    @field
    async def in_reply_to(self) -> "Comment | None":
        """The comment that it replies to."""
        return await Comment.find(self._document.in_reply_to, self.sight)

    @field
    async def replies(self, first: First = 20, after: After = None) -> Connection["Comment"] | None:
        """The replies to it, oldest first."""
        return await Comment.page(self.found.key, self.sight, first=first, after=after)
