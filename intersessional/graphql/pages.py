"""Connections: lists by the page, in the Relay manner."""

from collections.abc import Callable
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import strawberry

from intersessional.graphql.context import Wrong
from intersessional.graphql.described import field, node_type
from intersessional.graphql.sight import Sight
from intersessional.projections.reader import Found
from intersessional.projections.view import View

N = TypeVar("N")
D = TypeVar("D")

FIRST_MAX = 100

First = Annotated[int, strawberry.argument(description=f"How many, from 1 to {FIRST_MAX}.")]
After = Annotated[
    str | None, strawberry.argument(description="The cursor after which the page begins.")
]


@node_type
class PageInfo:
    """Where a page ends, and whether there is more."""

    has_next_page: bool = strawberry.field(description="Whether there is more after this page.")
    has_previous_page: bool = strawberry.field(description="Whether the page began after a cursor.")
    start_cursor: str | None = strawberry.field(description="The cursor of the first edge.")
    end_cursor: str | None = strawberry.field(
        description="The cursor of the last edge: the next page's `after`."
    )


@node_type
class Edge(Generic[N]):
    """An item of a page, with its cursor."""

    cursor: str = strawberry.field(
        description="The position in the record at which the item began."
    )
    node: N = strawberry.field(description="The item.")


@node_type
class Connection(Generic[N]):
    """A page of a list, in the order in which its items entered the record."""

    total_count: int = strawberry.field(description="How many there are on all pages.")
    edges: list[Edge[N]] = strawberry.field(description="The items with their cursors.")
    page_info: PageInfo = strawberry.field(description="Where the page ends.")

    @field
    def nodes(self) -> list[N]:
        """The items."""
        return [edge.node for edge in self.edges]


async def page(
    sight: Sight,
    view: View[D],
    parent: UUID | None,
    node: Callable[[Found[Any], Sight], N],
    *,
    first: int,
    after: str | None,
    kind: str | None = None,
) -> Connection[N]:
    """A connection of the documents under a parent. Raises Wrong for a page that cannot be."""
    start = check_page(first, after)
    found = await sight.page(view, parent, kind=kind, first=first, after=start)
    edges = [Edge(cursor=str(item.born), node=node(item, sight)) for item in found.items]
    return Connection(
        total_count=found.total, edges=edges, page_info=page_info(edges, after, found.has_next)
    )


def page_info(edges: list[Edge[N]], after: str | None, has_next: bool) -> PageInfo:
    """Where a page with these edges ends."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def check_page(first: int, after: str | None) -> int:
    """The position a page begins after. Raises Wrong."""
    if not 1 <= first <= FIRST_MAX:
        raise Wrong("BAD_PAGE", f"first is {first}; it can be 1 to {FIRST_MAX}.")
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) <= 16):
        raise Wrong("BAD_CURSOR", "after is not a cursor of this list.")
    return int(after)
