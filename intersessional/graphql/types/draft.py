"""Draft outputs in the API."""

from collections.abc import AsyncGenerator
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.draft import commands
from intersessional.domain.draft.block import BlockKind, OutputElement
from intersessional.domain.draft.block_changes import BLOCKS_MAX
from intersessional.domain.kernel.text_difference import SegmentKind
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import (
    FIRST_MAX,
    After,
    Before,
    Connection,
    First,
    Last,
)
from intersessional.graphql.relay.document_connection import document_connection
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
from intersessional.graphql.types.comment import CommentType
from intersessional.graphql.types.comments_of_person import (
    By,
    comments_of_participant,
    comments_of_person,
)
from intersessional.graphql.values.block import BlockType, RevisionBlocks
from intersessional.graphql.values.block_change import BlockChangeType, block_changes
from intersessional.graphql.values.comment_count import (
    AfterValue,
    CommentCount,
    Dimension,
    comment_counts,
)
from intersessional.graphql.values.comment_total import (
    CommentTotals,
    StateOfComment,
    comment_totals,
)
from intersessional.graphql.values.draft_revision import DraftRevisionType, blocks_at_revision
from intersessional.projections.comments import threads_kind
from intersessional.projections.draft_comparison import BlockChangeKind
from intersessional.projections.draft_revisions import DRAFT_REVISIONS
from intersessional.projections.drafts import DRAFTS, DraftDocument
from intersessional.projections.kernel.view import AnyView, ListKey

Revision = Annotated[
    int | None,
    strawberry.argument(description="The number of the revision, from 1; this one by default."),
]
FromRevision = Annotated[
    int | None,
    strawberry.argument(
        name="from",
        description="The number of the earlier revision, that before the later one by default; "
        "0 stands for the time before the first.",
    ),
]
ToRevision = Annotated[
    int | None,
    strawberry.argument(description="The number of the later revision; this one by default."),
]
FirstBlocks = Annotated[
    int, strawberry.argument(description=f"The number of blocks, from 1 to {BLOCKS_MAX}.")
]
AfterBlock = Annotated[
    strawberry.ID | None,
    strawberry.argument(description="The id of the block after which the list goes on."),
]
OneBlock = Annotated[strawberry.ID, strawberry.argument(description="The block, by its id.")]
BlockId = Annotated[
    strawberry.ID | None,
    strawberry.argument(
        description="Only comments on the block with this id; an empty id: on the entire draft."
    ),
]
GroupId = Annotated[strawberry.ID, strawberry.argument(description="The group, by its id.")]


@object_type
class DraftType(DocumentNode[DraftDocument]):
    """A draft output of a group, in the latest revision."""

    view: ClassVar[AnyView] = DRAFTS

    @field
    async def title(self) -> str | None:
        """The title."""
        return await self.loaders.text(self.document.title)

    @field
    def revision(self) -> int:
        """The number of this revision, from 1."""
        return self.document.revision

    @field
    async def label(self) -> str | None:
        """What this revision is called, such as "Draft II"."""
        return await self.loaders.text(self.document.label)

    @field
    def language(self) -> str | None:
        """The language of the text, as a tag of BCP 47."""
        return self.document.language

    @field
    async def revisions(
        self,
        order: Order = ListOrder.OLDEST_FIRST,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[DraftRevisionType] | None:
        """Its revisions up to this one."""
        return await document_connection(
            DRAFT_REVISIONS,
            ListKey(self.snapshot.key),
            self.loaders,
            order=order,
            first=first,
            after=after,
            last=last,
            before=before,
            item=DraftRevisionType.from_snapshot,
        )

    @field
    async def changes(
        self,
        from_: FromRevision = None,
        to: ToRevision = None,
        first: First = 20,
        after: AfterBlock = None,
    ) -> Connection[BlockChangeType] | None:
        """What changed between two revisions, in the order of the later one.

        A block that was removed follows the one that it followed. Null for a revision that the
        draft does not have.
        """
        last = self.document.revision if to is None else to
        begin = last - 1 if from_ is None else from_
        earlier = None if begin == 0 else await self.at_revision(begin)
        later = await self.at_revision(last)
        if later is None or (earlier is None and begin != 0):
            return None
        return await block_changes(earlier, later, first=first, after=after)

    @field
    def block_count(self) -> int:
        """The number of its blocks in this revision."""
        return len(self.document.blocks)

    @field
    @at_most(BLOCKS_MAX)
    async def blocks(
        self,
        revision: Revision = None,
        first: FirstBlocks = BLOCKS_MAX,
        after: AfterBlock = None,
    ) -> list[BlockType] | None:
        """The blocks of a revision, in order; null for a revision that it does not have."""
        found = await self.at_revision(revision)
        return None if found is None else found.page(first=first, after=after)

    @field
    async def block(self, id: OneBlock, revision: Revision = None) -> BlockType | None:
        """The block with this id in a revision; null where that has not got it."""
        found = await self.at_revision(revision)
        return None if found is None else found.block(id)

    @field
    async def comments(
        self,
        block: BlockId = None,
        state: StateOfComment = None,
        by: By = None,
        order: Order = ListOrder.OLDEST_FIRST,
        first: First = 20,
        after: After = None,
        last: Last = None,
        before: Before = None,
    ) -> Connection[CommentType] | None:
        """The comments that are not replies: all, those on a block, in a state, or by someone."""
        listed = ListKey(self.snapshot.key, threads_kind(block, state))
        arguments = DocumentPageArguments.parse(
            first=first, after=after, last=last, before=before, order=order
        )
        if by is not None:
            return await comments_of_person(parse_id(by), self.loaders, arguments, within=listed)
        return await CommentType.page_of(listed, self.loaders, arguments)

    @field
    async def comment_totals(self) -> CommentTotals:
        """The number of comments and replies, without reading them."""
        return await comment_totals(self.snapshot.key, self.loaders)

    @field
    async def comment_counts(
        self, dimension: Dimension, first: First = FIRST_MAX, after: AfterValue = None
    ) -> list[CommentCount]:
        """The number of comments and replies by stakeholder group, region, channel or day."""
        return await comment_counts(
            self.snapshot.key, dimension, self.loaders, first=first, after=after
        )

    async def at_revision(self, number: int | None) -> RevisionBlocks | None:
        """The blocks of a revision, this one for None; None if the draft has no such revision."""
        return await blocks_at_revision(self.snapshot.key, self.document, number, self.loaders)


async def draft_of_comment(root: CommentType) -> DraftType | None:
    """The draft it is about."""
    return await DraftType.find(root.document.draft_id, root.loaders)


@object_type
class DraftQuery:
    """Queries of drafts."""

    @field
    @shareable
    async def draft(self, info: Info, id: Id, as_of: PastState = None) -> DraftType | None:
        """The draft output with this id."""
        return await DraftType.find(parse_id(id), await loaders_at(info.context, as_of))


@object_type
class DraftSubscription:
    """Subscriptions to drafts."""

    @subscription
    @shareable
    async def draft_events(
        self, info: Info, group: GroupId, after: AfterPosition = None
    ) -> AsyncGenerator[Change[DraftType], None]:
        """Changes of the drafts of a group."""
        async for change in watch(info, DraftType, after, ListKey(parse_id(group))):
            yield change


DRAFT_SCHEMA = SchemaPart(
    nodes=(DraftType,),
    enums=(BlockChangeKind, BlockKind, OutputElement, SegmentKind),
    queries=(DraftQuery,),
    mutations=(
        Mutation(commands.PublishDraft, "DraftPublished", DraftType, versioned=False),
        Mutation(commands.ReviseDraft, "DraftRevised", DraftType),
    ),
    subscriptions=(DraftSubscription,),
    extends={
        "Comment": {"draft": draft_of_comment},
        "Participant": {"comments": comments_of_participant},
    },
)
