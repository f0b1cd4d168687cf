"""How many comments a draft and its blocks have, from what is counted already."""

import asyncio
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import object_type
from intersessional.projections.comments import (
    COMMENTS,
    CommentDimension,
    CommentState,
    threads_kind,
)
from intersessional.projections.kernel.view import ListKey

StateOfComment = Annotated[
    CommentState | None, strawberry.argument(description="Only comments in this state.")
]


@object_type
class CommentTotals:
    """How many comments a draft has."""

    total: int
    """Comments and replies, also withdrawn ones."""
    posted: int
    """Comments and replies that stand."""
    withdrawn: int
    """Comments and replies that were withdrawn."""
    replies: int
    """Replies, also withdrawn ones."""


async def comment_totals(draft: UUID, loaders: Loaders) -> CommentTotals:
    """How many comments a draft has; each number is read from a counter."""
    total, threads, by_channel = await asyncio.gather(
        loaders.total(COMMENTS, ListKey(draft)),
        loaders.total(COMMENTS, ListKey(draft, threads_kind(None, None))),
        # What was withdrawn is not counted.
        loaders.counts(COMMENTS, draft, CommentDimension.CHANNEL.value),
    )
    posted = sum(by_channel.values())
    return CommentTotals(
        total=total, posted=posted, withdrawn=total - posted, replies=total - threads
    )


async def thread_count(
    loaders: Loaders, draft: UUID, block: str, state: CommentState | None
) -> int:
    """How many comments are on a block, without replies: all, or those in a state."""
    return await loaders.total(COMMENTS, ListKey(draft, threads_kind(block, state)))
