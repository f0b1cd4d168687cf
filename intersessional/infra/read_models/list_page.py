"""A page of a list, put together from rows and from documents that were folded again."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar
from uuid import UUID

import asyncpg

from intersessional.projections.kernel.reader import Cursor, DocumentPage, DocumentSnapshot
from intersessional.projections.kernel.view import AnyView, ListKey

D = TypeVar("D")
T = TypeVar("T")


class ListPage(Generic[D]):
    """The rows of one list, of the query ``pages``."""

    def __init__(
        self,
        list_key: ListKey,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> None:
        self._list_key = list_key
        self._first = first
        self._after = after
        self._before = before
        self._backward = backward
        self._total = 0
        self._placed: list[asyncpg.Record] = []
        self._unplaced: list[asyncpg.Record] = []

    def add(self, row: asyncpg.Record) -> None:
        """Add a row of the list; one without a key tells the total only."""
        self._total = row["total"]
        if row["key"] is not None:
            (self._placed if row.get("placed", True) else self._unplaced).append(row)

    @property
    def rows(self) -> int:
        """The documents that the query went through to find these."""
        return self._total + len(self._unplaced)

    @property
    def unplaced(self) -> Iterable[UUID]:
        """The documents that must be folded again to tell whether the list holds them."""
        return (row["key"] for row in self._unplaced)

    def needed(self) -> Iterable[asyncpg.Record]:
        """The rows whose documents the page needs."""
        return [*self._cut(self._placed), *self._unplaced]

    def document_page(
        self,
        snapshots: Mapping[UUID, DocumentSnapshot[D]],
        lists: Mapping[UUID, Collection[ListKey]],
    ) -> DocumentPage[D]:
        """The page, once its documents are read, and the ``lists`` of those that were folded."""
        placed = [snapshots[row["key"]] for row in self._cut(self._placed)]
        listed = [
            snapshots[row["key"]]
            for row in self._unplaced
            if self._list_key in lists.get(row["key"], ())
        ]
        between = [one for one in listed if one.cursor.is_between(self._after, self._before)]
        return DocumentPage(
            items=self._cut(sorted((*placed, *between), key=lambda one: one.cursor)),
            total=self._total + len(listed),
            has_next=len(self._placed) + len(between) > self._first,
        )

    def _cut(self, items: Sequence[T]) -> Sequence[T]:
        """The items of the page, from one more than it holds."""
        return items[max(len(items) - self._first, 0) :] if self._backward else items[: self._first]


def counted_values(view: AnyView, document: Any, parent: UUID, dimension: str) -> Collection[str]:
    """The values with which a document is counted under a parent in a dimension."""
    return [
        one.value
        for one in view.counts(document)
        if (one.parent, one.dimension) == (parent, dimension)
    ]
