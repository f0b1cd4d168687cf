"""Reads pages of unions of lists, such as the comments of a person."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    Cursor,
    DocumentPage,
    DocumentReader,
    ListUnion,
)
from intersessional.projections.kernel.view import View

D = TypeVar("D")


class UnionReader:
    """Reads where the documents of unions stand, and only those of a page."""

    def __init__(self, queries: ViewQueries, reader: DocumentReader) -> None:
        """``reader`` reads the documents."""
        self._queries = queries
        self._reader = reader

    async def pages(
        self,
        view: View[D],
        unions: Collection[ListUnion],
        as_of: AsOf,
        *,
        first: int,
        after: Cursor | None,
        before: Cursor | None,
        backward: bool,
    ) -> Mapping[ListUnion, DocumentPage[D]]:
        """Of each union a page. Raises ViewNotBuilt or ViewBehind."""
        if not unions:
            return {}
        found = await self._queries.union_cursors(view, [*unions], as_of)
        if as_of.occurred is not None:
            found = await self._held(view, found, as_of)
        between = {
            union: [one for one in cursors if one.is_between(after, before)]
            for union, cursors in found.items()
        }
        pages = {
            union: cursors[max(len(cursors) - first, 0) :] if backward else cursors[:first]
            for union, cursors in between.items()
        }
        keys = {one.key for cursors in pages.values() for one in cursors}
        snapshots = await self._reader.get(view, keys, as_of)
        return {
            union: DocumentPage(
                items=[snapshots[one.key] for one in page],
                total=len(found[union]),
                has_next=len(between[union]) > first,
            )
            for union, page in pages.items()
        }

    async def _held(
        self, view: View[Any], found: Mapping[ListUnion, Sequence[Cursor]], as_of: AsOf
    ) -> Mapping[ListUnion, Sequence[Cursor]]:
        """Those that the unions hold as of the instant: their documents are folded to tell."""
        keys = {one.key for cursors in found.values() for one in cursors}
        lists = {
            key: view.lists(snapshot.document)
            for key, snapshot in (await self._reader.get(view, keys, as_of)).items()
        }
        return {
            union: [one for one in cursors if union.holds(lists.get(one.key, ()))]
            for union, cursors in found.items()
        }
