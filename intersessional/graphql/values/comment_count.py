"""Numbers of comments in the API."""

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

import strawberry

from intersessional.domain.statistic.dimension import StatisticDimension
from intersessional.graphql.relay.connection import parse_first
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import object_type
from intersessional.projections.comments import COMMENTS, CommentDimension

Dimension = Annotated[
    CommentDimension, strawberry.argument(description="What the comments are counted by.")
]

AfterValue = Annotated[
    str | None,
    strawberry.argument(
        description="The value after which the list goes on, where it has more than `first`."
    ),
]


@object_type
class CommentCount:
    """How many comments have a value in a dimension."""

    value: str | None
    """The value, such as a region or a day; null for comments that do not give it."""
    count: int
    """The number of comments and replies, without those that were withdrawn."""


async def comment_counts(
    parent: UUID, dimension: CommentDimension, loaders: Loaders, *, first: int, after: str | None
) -> list[CommentCount]:
    """The numbers of comments under a draft or a group, in the order of the values.

    Raises BadRequest for a size that no page has.
    """
    parse_first(first)
    counts = await loaders.counts(COMMENTS, parent, dimension.value)
    further = [value for value in sorted(counts) if after is None or value > after]
    return [CommentCount(value=value or None, count=counts[value]) for value in further[:first]]


async def count_comments(
    of: UUID, dimension: StatisticDimension, loaders: Loaders
) -> Mapping[str, int] | None:
    """The numbers of comments on a draft, or on those of a group, to compare a statistic with."""
    if dimension is StatisticDimension.QUANTITY:
        return None
    return await loaders.counts(COMMENTS, of, CommentDimension[dimension.name].value)
