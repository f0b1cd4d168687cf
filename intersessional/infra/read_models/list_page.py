"""A page of a list, put together from rows and from documents that were folded again."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg

from intersessional.projections.kernel.reader import Cursor, DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")


class ListPage(Generic[D]):
    """The rows of one list, of the query ``pages``."""

    def __init__(
        self, view: View[D], list_key: ListKey, *, first: int, after: Cursor | None
    ) -> None:
        self._view = view
        self._list_key = list_key
        self._first = first
        self._after = after
        self._total = 0
        self._placed: list[asyncpg.Record] = []
        self._unplaced: list[asyncpg.Record] = []

    def add(self, row: asyncpg.Record) -> None:
        """Add a row of the list; one without a key tells the total only."""
        self._total = row["total"]
        if row["key"] is not None:
            (self._placed if row["placed"] else self._unplaced).append(row)

    def needed(self) -> Iterable[asyncpg.Record]:
        """The rows whose documents the page needs."""
        return [*self._placed[: self._first], *self._unplaced]

    def document_page(self, snapshots: Mapping[UUID, DocumentSnapshot[D]]) -> DocumentPage[D]:
        """The page, once its documents are read."""
        placed = [snapshots[row["key"]] for row in self._placed[: self._first]]
        listed = [
            found
            for row in self._unplaced
            if (found := snapshots.get(row["key"])) is not None
            and self._list_key in self._view.lists(found.document)
        ]
        further = [one for one in listed if self._after is None or one.cursor > self._after]
        return DocumentPage(
            items=sorted((*placed, *further), key=lambda one: one.cursor)[: self._first],
            total=self._total + len(listed),
            has_next=len(self._placed) + len(further) > self._first,
        )


def counted_values(view: AnyView, document: Any, parent: UUID, dimension: str) -> Collection[str]:
    """The values with which a document is counted under a parent in a dimension."""
    return [
        one.value
        for one in view.counts(document)
        if (one.parent, one.dimension) == (parent, dimension)
    ]
