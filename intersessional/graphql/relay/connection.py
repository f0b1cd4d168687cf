"""Connections: lists by the page, in the Relay manner."""

from typing import Annotated, Generic, TypeVar

import strawberry

from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.decorators import field, object_type

N = TypeVar("N")

FIRST_MAX = 100

First = Annotated[int, strawberry.argument(description=f"How many, from 1 to {FIRST_MAX}.")]
After = Annotated[
    str | None, strawberry.argument(description="The cursor after which the page begins.")
]


@object_type
class PageInfo:
    """Where a page ends, and whether there is more."""

    has_next_page: bool
    """Whether there is more after this page."""
    has_previous_page: bool
    """Whether the page began after a cursor."""
    start_cursor: str | None
    """The cursor of the first edge."""
    end_cursor: str | None
    """The cursor of the last edge: the next page's ``after``."""


@object_type
class Edge(Generic[N]):
    """An item of a page, with its cursor."""

    cursor: str
    """The position in the record at which the item began."""
    node: N
    """The item."""


@object_type
class Connection(Generic[N]):
    """A page of a list, in the order in which its items entered the record."""

    total_count: int
    """How many there are on all pages."""
    edges: list[Edge[N]]
    """The items with their cursors."""
    page_info: PageInfo
    """Where the page ends."""

    @field
    def nodes(self) -> list[N]:
        """The items."""
        return [edge.node for edge in self.edges]


def page_info(edges: list[Edge[N]], after: str | None, has_next: bool) -> PageInfo:
    """Where a page with these edges ends."""
    return PageInfo(
        has_next_page=has_next,
        has_previous_page=after is not None,
        start_cursor=edges[0].cursor if edges else None,
        end_cursor=edges[-1].cursor if edges else None,
    )


def parse_page(first: int, after: str | None) -> int:
    """The position a page begins after. Raises BadRequest."""
    if not 1 <= first <= FIRST_MAX:
        raise BadRequest("BAD_PAGE", f"first is {first}; it can be 1 to {FIRST_MAX}.")
    if after is None:
        return 0
    if not (after.isascii() and after.isdigit() and len(after) <= 16):
        raise BadRequest("BAD_CURSOR", "after is not a cursor of this list.")
    return int(after)
