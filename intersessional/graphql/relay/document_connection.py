"""Connections over the documents of a list."""

from collections.abc import Callable
from typing import Any, TypeVar

from intersessional.graphql.relay.connection import Connection, Edge, PageInfo, cursor_text
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder
from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.reader import DocumentPage, DocumentSnapshot, ListUnion
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
    last: int | None = None,
    before: str | None = None,
    order: ListOrder = ListOrder.OLDEST_FIRST,
    item: Callable[[DocumentSnapshot[Any], Loaders], N],
) -> Connection[N]:
    """A page of a list; ``item`` makes the API's value. Raises BadRequest for an invalid page."""
    arguments = DocumentPageArguments.parse(
        first=first, after=after, last=last, before=before, order=order
    )
    return await list_connection(view, list_key, loaders, arguments, item)


async def list_connection(
    view: View[D],
    list_key: ListKey,
    loaders: Loaders,
    arguments: DocumentPageArguments,
    item: Callable[[DocumentSnapshot[Any], Loaders], N],
) -> Connection[N]:
    """A page of a list; ``item`` makes the API's value."""
    page = await loaders.page(
        view,
        list_key,
        first=arguments.size,
        after=arguments.earliest,
        before=arguments.latest,
        backward=arguments.backward,
    )
    return connection_of(page, arguments, lambda one: item(one, loaders))


async def union_connection(
    view: View[D],
    union: ListUnion,
    loaders: Loaders,
    arguments: DocumentPageArguments,
    item: Callable[[DocumentSnapshot[Any], Loaders], N],
) -> Connection[N]:
    """A page of a union of lists; ``item`` makes the API's value."""
    page = await loaders.union_page(
        view,
        union,
        first=arguments.size,
        after=arguments.earliest,
        before=arguments.latest,
        backward=arguments.backward,
    )
    return connection_of(page, arguments, lambda one: item(one, loaders))


def connection_of(
    page: DocumentPage[Any],
    arguments: DocumentPageArguments,
    item: Callable[[DocumentSnapshot[Any]], N],
) -> Connection[N]:
    """The connection that shows a page, in the order of its arguments."""
    found = reversed(page.items) if arguments.newest_first else page.items
    edges = [Edge(cursor=cursor_text(one.cursor), node=item(one)) for one in found]
    return Connection(
        total_count=page.total,
        edges=edges,
        page_info=PageInfo(
            has_next_page=arguments.before is not None if arguments.from_end else page.has_next,
            has_previous_page=page.has_next if arguments.from_end else arguments.after is not None,
            start_cursor=edges[0].cursor if edges else None,
            end_cursor=edges[-1].cursor if edges else None,
        ),
    )
