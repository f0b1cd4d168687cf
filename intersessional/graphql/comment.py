"""Comments in the API."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.act import Ground
from intersessional.domain.comment.comment import Channel
from intersessional.graphql.audit import person
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.pages import After, Connection, First, page
from intersessional.graphql.participant import Participant
from intersessional.projections.comments import COMMENTS, CommentDocument
from intersessional.projections.drafts import DRAFTS
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
        """Who said it; null after erasure."""
        return await person(self._document.act.actor.person, self.sight)

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
    def is_illustration(self) -> bool:
        """Whether it only illustrates, and counts among no facts."""
        return self._document.act.provenance.ground is Ground.ILLUSTRATION

    @field
    async def draft(self) -> LazyDraft | None:
        """The draft it is about."""
        from intersessional.graphql.draft import Draft

        found = await self.sight.get(DRAFTS, self._document.draft_id)
        return None if found is None else Draft.of(found, self.sight)

    @field
    async def in_reply_to(self) -> "Comment | None":
        """The comment that it replies to."""
        if self._document.in_reply_to is None:
            return None
        found = await self.sight.get(COMMENTS, self._document.in_reply_to)
        return None if found is None else Comment.of(found, self.sight)

    @field
    async def replies(self, first: First = 20, after: After = None) -> Connection["Comment"]:
        """The replies to it, oldest first."""
        return await page(
            self.sight, COMMENTS, self.found.key, Comment.of, first=first, after=after
        )
