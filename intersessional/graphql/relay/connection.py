"""Connections: paged lists, as the Relay specification defines them."""

import re
from typing import Annotated, Generic, TypeVar
from uuid import UUID

import strawberry

from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.projections.kernel.reader import Cursor

N = TypeVar("N")

FIRST_MAX = 100
_DOCUMENT_CURSOR = re.compile(r"(?P<position>[0-9]{1,16})-(?P<key>[0-9a-f]{32})")

First = Annotated[
    int, strawberry.argument(description=f"The number of items on the page, from 1 to {FIRST_MAX}.")
]
After = Annotated[
    str | None, strawberry.argument(description="The cursor after which the page starts.")
]
Last = Annotated[
    int | None,
    strawberry.argument(
        description=f"The number of items on the page, from 1 to {FIRST_MAX}, "
        "counted from the end or from `before`; `first` then says nothing."
    ),
]
Before = Annotated[
    str | None, strawberry.argument(description="The cursor before which the page ends.")
]


@object_type
class PageInfo:
    """The first and the last cursor of a page, and whether more items follow."""

    has_next_page: bool
    """Whether items follow after this page; with `last`, whether `before` was given."""
    has_previous_page: bool
    """Whether `after` was given: earlier items may exist. With `last`, whether they do."""
    start_cursor: str | None
    """The cursor of the first edge, to be given as ``before`` for the page before it; null for an
    empty page.
    """
    end_cursor: str | None
    """The cursor of the last edge, to be given as ``after`` for the next page."""


@object_type
class Edge(Generic[N]):
    """One item of a page, with its cursor."""

    cursor: str
    """The place of the item in the list, the same in every state of the record."""
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


def parse_first(first: int, name: str = "first", size_max: int = FIRST_MAX) -> None:
    """Check the size of a page. Raises BadRequest."""
    if not 1 <= first <= size_max:
        raise BadRequest("BAD_PAGE", f"{name} is {first}; it can be 1 to {size_max}.")


def parse_page(first: int, after: str | None) -> int:
    """The position that a page of events starts after. Raises BadRequest."""
    parse_first(first)
    return 0 if after is None else parse_position(after, "after")


def parse_position(text: str, name: str) -> int:
    """The position that is the cursor of an event. Raises BadRequest."""
    if not (text.isascii() and text.isdigit() and len(text) <= 16):
        raise bad_cursor(name)
    return int(text)


def parse_document_cursor(text: str | None, name: str) -> Cursor | None:
    """The cursor of a document; None without one. Raises BadRequest."""
    if text is None:
        return None
    match = _DOCUMENT_CURSOR.fullmatch(text)
    if match is None:
        raise bad_cursor(name)
    return Cursor(int(match["position"]), UUID(hex=match["key"]))


def cursor_text(cursor: Cursor) -> str:
    """The cursor of a document as clients send it back."""
    return f"{cursor.created_at_position}-{cursor.key.hex}"


def bad_cursor(name: str) -> BadRequest:
    """The error of a cursor that is none of the list."""
    return BadRequest("BAD_CURSOR", f"{name} is not a cursor of this list.")
