"""What is read of a view, to be compared with a fold."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from intersessional.projections.kernel.reader import Cursor, DocumentSnapshot, ListUnion
from intersessional.projections.kernel.view import AnyView, ListKey

UNKNOWN_ID = UUID(int=404)
"""The id of no document."""


@dataclass(frozen=True, kw_only=True)
class ReadScope:
    """All keys and lists of a view, and the range of its pages."""

    keys: tuple[UUID, ...]
    lists: tuple[ListKey, ...]
    parents: tuple[UUID, ...]
    dimensions: tuple[str, ...]
    first: int
    after: Cursor | None
    before: Cursor | None
    backward: bool

    @property
    def totalled(self) -> Sequence[ListKey]:
        """The lists of which the totals are read: of some scopes all, of the others none."""
        return () if self.unions else self.lists

    @cached_property
    def unions(self) -> Sequence[ListUnion]:
        """Of some scopes unions of half of the lists each, perhaps within one of them."""
        if self.backward:
            return ()
        within = self.lists[0] if self.first > 1 else None
        return [ListUnion(frozenset(self.lists[half::2]), within) for half in (0, 1)]


def covering(
    view: AnyView,
    keys: Iterable[UUID],
    shown: Iterable[DocumentSnapshot[Any]],
    first: int,
    after: int,
) -> ReadScope:
    """All these keys and the lists of all that is shown of them, and an unknown one of each.

    The pages start after the document with the number ``after``, or end before it, and are read
    forward or backward; 0 is from the first on.
    """
    found = [*shown]
    lists = {list_key for one in found for list_key in view.lists(one.document)}
    counts = {count_key for one in found for count_key in view.counts(one.document)}
    cursors = sorted({one.cursor for one in found})
    cursor = cursors[after - 1] if 0 < after <= len(cursors) else None
    return ReadScope(
        keys=(*keys, UNKNOWN_ID),
        lists=(*lists, ListKey(None, "STRANGE"), ListKey(UNKNOWN_ID)),
        parents=(*{one.parent for one in counts}, UNKNOWN_ID),
        dimensions=(*{one.dimension for one in counts}, "STRANGE"),
        first=first,
        after=cursor if after % 3 else None,
        before=None if after % 3 else cursor,
        backward=after % 2 == 0,
    )
