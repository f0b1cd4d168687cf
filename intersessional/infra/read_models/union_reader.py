"""Reads pages of unions of lists, such as the comments of a person."""

import asyncio
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping, Sequence
from typing import Any, TypeVar

from intersessional.infra.read_models.snapshot_reader import SnapshotReader
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

    def __init__(
        self,
        queries: ViewQueries,
        reader: DocumentReader,
        snapshots: SnapshotReader,
        *,
        of_request: bool = False,
    ) -> None:
        """``reader`` reads the documents. That of one request reads each union once."""
        self._queries = queries
        self._reader = reader
        self._snapshots = snapshots
        self._of_request = of_request
        self._read: dict[tuple[str, ListUnion, AsOf], Sequence[Cursor]] = {}
        self._reading = asyncio.Lock()

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
        found = await self._cursors(view, unions, as_of)
        between = {union: _between(one, after, before) for union, one in found.items()}
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

    async def _cursors(
        self, view: View[Any], unions: Collection[ListUnion], as_of: AsOf
    ) -> Mapping[ListUnion, Sequence[Cursor]]:
        """Where the documents of each union stand, in order."""
        async with self._reading:
            known = {one: self._read.get((view.name, one, as_of)) for one in unions}
            found = {one: cursors for one, cursors in known.items() if cursors is not None}
            unknown = [one for one in unions if one not in found]
            if unknown:
                read = await self._queries.union_cursors(view, unknown, as_of)
                if as_of.occurred is not None:
                    read = await self._held(view, read, as_of)
                found |= read
                if self._of_request:
                    for one, cursors in read.items():
                        self._read[view.name, one, as_of] = cursors
        return found

    async def _held(
        self, view: View[Any], found: Mapping[ListUnion, Sequence[Cursor]], as_of: AsOf
    ) -> Mapping[ListUnion, Sequence[Cursor]]:
        """Those that the unions hold as of the instant: their documents are folded to tell."""
        keys = {one.key for cursors in found.values() for one in cursors}
        snapshots = await self._reader.get(view, keys, as_of)
        lists = await self._snapshots.lists(view, snapshots)
        return {
            union: [one for one in cursors if union.holds(lists.get(one.key, ()))]
            for union, cursors in found.items()
        }


def _between(
    cursors: Sequence[Cursor], after: Cursor | None, before: Cursor | None
) -> Sequence[Cursor]:
    """Those of some cursors in order that lie after one and before another; None is no bound."""
    start = 0 if after is None else bisect_right(cursors, after)
    end = len(cursors) if before is None else bisect_left(cursors, before)
    return cursors[start : max(start, end)]
