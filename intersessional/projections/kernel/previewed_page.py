"""Pages of lists, as the events of a preview would leave them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from intersessional.projections.kernel.reader import (
    Cursor,
    DocumentPage,
    DocumentSnapshot,
    ListUnion,
)
from intersessional.projections.kernel.view import ListKey, View

D = TypeVar("D")


@dataclass(frozen=True, slots=True)
class DocumentChange(Generic[D]):
    """A document before and after the events of a preview; None where it does not exist."""

    before: DocumentSnapshot[D] | None
    after: DocumentSnapshot[D] | None


@dataclass(frozen=True, slots=True)
class PageCut:
    """Which documents of a list a page has."""

    first: int
    after: Cursor | None
    before: Cursor | None
    backward: bool

    def page(
        self,
        view: View[D],
        of: ListKey | ListUnion,
        page: DocumentPage[D],
        changes: Sequence[DocumentChange[D]],
    ) -> DocumentPage[D]:
        """A page of a list or a union of lists as these changes leave it.

        Where documents leave it, it is shorter than it could be.
        """
        changed = {one.key for change in changes for one in (change.before, change.after) if one}
        unchanged = [one for one in page.items if one.key not in changed]
        entered = [
            change.after
            for change in changes
            if change.after and _holds(view, of, change.after) and self._reaches(change.after, page)
        ]
        items = sorted([*unchanged, *entered], key=lambda one: one.cursor)
        total = sum(_holds(view, of, one.after) - _holds(view, of, one.before) for one in changes)
        return DocumentPage(
            items=items[max(len(items) - self.first, 0) :]
            if self.backward
            else items[: self.first],
            total=page.total + total,
            has_next=page.has_next or len(items) > self.first,
        )

    def _reaches(self, snapshot: DocumentSnapshot[D], page: DocumentPage[D]) -> bool:
        """Whether a document stands between the cursors, as far as the page reaches."""
        if not snapshot.cursor.is_between(self.after, self.before):
            return False
        if not page.has_next or not page.items:
            return True
        if self.backward:
            return snapshot.cursor >= page.items[0].cursor
        return snapshot.cursor <= page.items[-1].cursor


def _holds(view: View[D], of: ListKey | ListUnion, snapshot: DocumentSnapshot[D] | None) -> bool:
    if snapshot is None:
        return False
    lists = view.lists(snapshot.document)
    return of.holds(lists) if isinstance(of, ListUnion) else of in lists
