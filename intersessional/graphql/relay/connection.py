"""Connections: paged lists, as the Relay specification defines them."""

from typing import Annotated, Generic, TypeVar

import strawberry

from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.decorators import field, object_type

N = TypeVar("N")

FIRST_MAX = 100

First = Annotated[
    int, strawberry.argument(description=f"The number of items on the page, from 1 to {FIRST_MAX}.")
]
After = Annotated[
    str | None, strawberry.argument(description="The cursor after which the page starts.")
]


@object_type
class PageInfo:
    """The first and the last cursor of a page, and whether more items follow."""

    has_next_page: bool
    """Whether items follow after this page."""
    has_previous_page: bool
    """Whether `after` was given: earlier items may exist."""
    start_cursor: str | None
    """The cursor of the first edge; null for an empty page."""
    end_cursor: str | None
    """The cursor of the last edge, to be given as ``after`` for the next page."""


@object_type
class Edge(Generic[N]):
    """One item of a page, with its cursor."""

    cursor: str
    """The position of the item's first event, as text."""
    node: N
    """The item."""


@object_type
class Connection(Generic[N]):
    """One page of a list, in the order in which the items were recorded."""

    total_count: int
    """The number of items on all pages."""
    edges: list[Edge[N]]
    """The items with their cursors."""
    page_info: PageInfo
    """Cursors of the page, and whether more items follow."""

    @field
    def nodes(self) -> list[N]:
        """The items without their cursors."""
        return [edge.node for edge in self.edges]


def page_info(edges: list[Edge[N]], after: str | None, has_next: bool) -> PageInfo:
    """The page info for these edges."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def parse_page(first: int, after: str | None) -> int:
    """The position that a page starts after. Raises BadRequest."""
    if not 1 <= first <= FIRST_MAX:
        raise BadRequest("BAD_PAGE", f"first is {first}; it can be 1 to {FIRST_MAX}.")
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) <= 16):
        raise BadRequest("BAD_CURSOR", "after is not a cursor of this list.")
    return int(after)
