"""Connections over those documents of a list that fulfil a condition."""

from collections.abc import Callable
from typing import Any, TypeVar

from intersessional.graphql.relay.connection import (
    Connection,
    Edge,
    cursor_text,
    page_info,
    parse_document_cursor,
    parse_first,
)
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")
N = TypeVar("N")


async def filtered_connection(
    view: View[D],
    list_key: ListKey,
    loaders: Loaders,
    *,
    first: int,
    after: str | None,
    holds: Callable[[D], bool],
    item: Callable[[DocumentSnapshot[Any], Loaders], N],
) -> Connection[N]:
    """A page of what fulfils a condition, of a list that is short: all of it is read.

    Raises BadRequest for an invalid page, GraphQLError for a list that is too long.
    """
    parse_first(first)
    start = parse_document_cursor(after, "after")
    every = every_document(loaders, view, list_key)
    found = [snapshot async for snapshot in every if holds(snapshot.document)]
    further = [one for one in found if start is None or one.cursor > start]
    edges = [
        Edge(cursor=cursor_text(one.cursor), node=item(one, loaders)) for one in further[:first]
    ]
    return Connection(
        total_count=len(found),
        edges=edges,
        page_info=page_info(edges, after, len(further) > first),
    )
