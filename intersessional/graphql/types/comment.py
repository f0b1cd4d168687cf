"""Comments in the API."""

from collections.abc import AsyncGenerator
from datetime import datetime
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.comment import commands
from intersessional.domain.comment.attribution import Channel
from intersessional.domain.comment.passage import PASSAGES_MAX
from intersessional.domain.draft.draft import COMMENTED_BLOCKS_MAX
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import (
    After,
    Before,
    Connection,
    First,
    Last,
    parse_first,
)
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder, Order
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import AfterPosition, Id, PastState
from intersessional.graphql.roots.change import Change, watch
from intersessional.graphql.schema.decorators import field, object_type, subscription
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.attribution import AttributionType
from intersessional.graphql.values.commented_block import CommentedBlockType
from intersessional.graphql.values.draft_revision import latest_blocks
from intersessional.graphql.values.html import comment_html
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.passage import PassageContext, PassageType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.comments import (
    COMMENTS,
    CommentDimension,
    CommentDocument,
    CommentState,
)
from intersessional.projections.kernel.view import AnyView, ListKey

DraftId = Annotated[strawberry.ID, strawberry.argument(description="The draft, by its id.")]


@object_type
class CommentType(DocumentNode[CommentDocument]):
    """A comment on a draft output, or a reply to one."""

    view: ClassVar[AnyView] = COMMENTS

    @field
    async def body(self) -> str | None:
        """The text as it was written; null when it was withdrawn or erased, in past states too."""
        return await self.loaders.text(self.document.body)

    @field
    async def body_html(self) -> str | None:
        """The text as HTML, to be shown as it is; null where `body` is.

        Paragraphs, lists, quotes and code are made of its Markdown, with emphasis, strong and links
        to http, https and mailto; raw HTML, headings and images stay text.
        """
        text = await self.loaders.text(self.document.body)
        return None if text is None else await self.loaders.compute(comment_html, text)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47; null where not given."""
        return self.document.language

    @field
    async def body_status(self) -> TextStatus:
        """Whether the text is given, and if not, why."""
        historical = self.document.act.provenance.historical
        return await text_status(self.document.body, historical=historical, loaders=self.loaders)

    @field
    async def author(self) -> ParticipantType | None:
        """The participant who posted it; null after erasure."""
        return await find_participant(self.document.act.actor.person, self.loaders)

    @field
    def attribution(self) -> AttributionType | None:
        """The original speaker, for a comment that the Secretariat entered; else null."""
        attribution = self.document.attribution
        return (
            None
            if attribution is None
            else AttributionType(value=attribution, loaders=self.loaders)
        )

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """The stakeholder group it came from; null where not given."""
        return self.document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """The regional group it came from; null where not given."""
        return self.document.region

    @field
    def occurred(self) -> OccurredType:
        """When it was made."""
        return OccurredType(value=self.document.act.occurred)

    @field
    def posted_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self.document.posted_at

    @field
    def channel(self) -> Channel:
        """How the comment was submitted."""
        return self.document.channel

    @field
    def revision(self) -> int:
        """The number of the draft's revision that it is about."""
        return self.document.revision

    @field
    @at_most(COMMENTED_BLOCKS_MAX)
    def blocks(self) -> list[strawberry.ID]:
        """The ids of the blocks it is about; empty when it is about the whole draft."""
        return [strawberry.ID(block) for block in self.document.blocks]

    @field
    @at_most(COMMENTED_BLOCKS_MAX)
    async def commented_blocks(self) -> list[CommentedBlockType]:
        """The blocks it is about, and whether they are still there and read as they did."""
        if not self.document.blocks:
            return []
        latest = await latest_blocks(self.document.draft_id, self.loaders)
        return [
            CommentedBlockType(
                id=block,
                revision=self.document.revision,
                draft_id=self.document.draft_id,
                latest=latest,
                loaders=self.loaders,
            )
            for block in self.document.blocks
        ]

    @field
    async def passages(self, first: First = PASSAGES_MAX) -> list[PassageType]:
        """The passages it is about, in the order in which they were given; at most 20."""
        parse_first(first)
        if not self.document.passages:
            return []
        latest = await latest_blocks(self.document.draft_id, self.loaders)
        context = PassageContext(self.document.revision, latest, self.loaders)
        return [PassageType(value=one, context=context) for one in self.document.passages[:first]]

    @field
    def state(self) -> CommentState:
        """Whether it stands."""
        return self.document.state

    @field
    def withdrawn(self) -> bool:
        """Whether it was withdrawn."""
        return self.document.withdrawn

    @field
    async def in_reply_to(self) -> "CommentType | None":
        """The comment that it replies to."""
        return await CommentType.find(self.document.in_reply_to, self.loaders)

    @field
    async def replies(
        self,
        order: Order = ListOrder.OLDEST_FIRST,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection["CommentType"] | None:
        """The replies to it."""
        arguments = DocumentPageArguments.parse(
            first=first, after=after, last=last, before=before, order=order
        )
        return await CommentType.page_of(ListKey(self.snapshot.key), self.loaders, arguments)


@object_type
class CommentQuery:
    """Queries of comments."""

    @field
    @shareable
    async def comment(self, info: Info, id: Id, as_of: PastState = None) -> CommentType | None:
        """The comment with this id."""
        return await CommentType.find(parse_id(id), await loaders_at(info.context, as_of))


@object_type
class CommentSubscription:
    """Subscriptions to comments."""

    @subscription
    @shareable
    async def comment_events(
        self, info: Info, draft: DraftId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[CommentType], None]:
        """Changes of the comments on a draft."""
        about = parse_id(draft)

        def belongs(node: CommentType) -> bool:
            # Comments are listed under their group and under the comment that they reply to, too.
            return node.document.draft_id == about

        async for change in watch(info, CommentType, after, ListKey(about), belongs):
            yield change


COMMENT_SCHEMA = SchemaPart(
    nodes=(CommentType,),
    enums=(Channel, CommentState, CommentDimension, ListOrder),
    queries=(CommentQuery,),
    mutations=(
        Mutation(commands.PostComment, "CommentPosted", CommentType, versioned=False),
        Mutation(commands.WithdrawComment, "CommentWithdrawn", CommentType),
    ),
    subscriptions=(CommentSubscription,),
)
