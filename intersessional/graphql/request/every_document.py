"""Reads whole lists of documents."""

from collections.abc import AsyncGenerator
from typing import TypeVar

from graphql import GraphQLError

from intersessional.graphql.request.loaders import Loaders
from intersessional.projections.kernel.reader import Cursor, DocumentSnapshot
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")

DOCUMENTS_MAX = 2_000
"""The longest list that is read to its end."""
_PAGE = 500
"""Documents that are read at once where a whole list is read."""


async def every_document(
    loaders: Loaders, view: View[D], list_key: ListKey
) -> AsyncGenerator[DocumentSnapshot[D]]:
    """Every document of a list, in its order, read page by page and paid for.

    Nothing of a page is held while the next one is read: else what one answer walks through could
    be a million objects, in which a search for garbage takes a quarter of a second.
    Raises GraphQLError for a list of more than ``DOCUMENTS_MAX``, and TooLongComputed.
    """
    after: Cursor | None = None
    has_next = True
    while has_next:
        async with loaders.walking:
            page = await loaders.page(view, list_key, first=_PAGE, after=after, walked=True)
        if page.total > DOCUMENTS_MAX:
            raise GraphQLError(
                f"The list has {page.total} items; at most {DOCUMENTS_MAX} are read at once.",
                extensions={"code": "LIST_TOO_LONG", "max": DOCUMENTS_MAX},
            )
        loaders.spend_rows(len(page.items))
        has_next = page.has_next
        for snapshot in page.items:
            yield snapshot
            after = snapshot.cursor
            del snapshot
        del page
