"""Connections over the documents of a list."""

from collections.abc import Callable
from typing import Any, TypeVar

from intersessional.graphql.relay.connection import (
    Connection,
    Edge,
    cursor_text,
    page_info,
    parse_document_page,
)
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")
N = TypeVar("N")


async def document_connection(
    view: View[D],
    list_key: ListKey,
    loaders: Loaders,
    *,
    first: int,
    after: str | None,
    item: Callable[[DocumentSnapshot[Any], Loaders], N],
) -> Connection[N]:
    """A page of a list; ``item`` makes the API's value. Raises BadRequest for an invalid page."""
    start = parse_document_page(first, after)
    page = await loaders.page(view, list_key, first=first, after=start)
    edges = [Edge(cursor=cursor_text(one.cursor), node=item(one, loaders)) for one in page.items]
    return Connection(
        total_count=page.total, edges=edges, page_info=page_info(edges, after, page.has_next)
    )
