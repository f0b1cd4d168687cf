"""The lists and counts that hold a document, and how an event changes them."""

from collections.abc import Collection, Hashable, Iterator
from dataclasses import dataclass
from uuid import UUID

from intersessional.projections.kernel.view import AnyView, CountKey, ListKey

NO_PARENT = UUID(int=0)
"""The stored parent of a list without a parent."""

LIST_TOTAL = ""
"""The stored dimension of the totals of lists; the value is the kind."""


@dataclass(frozen=True, slots=True)
class Placement:
    """The lists and counts that hold a document."""

    lists: frozenset[ListKey] = frozenset()
    counts: frozenset[CountKey] = frozenset()


NOWHERE = Placement()


@dataclass(frozen=True, slots=True)
class PlacementChange:
    """The lists and counts that a document enters and leaves with one event.

    It passes the lists that hold it as of an instant before this event's time, but at no position.
    """

    entered: frozenset[ListKey] = frozenset()
    left: frozenset[ListKey] = frozenset()
    passed: frozenset[ListKey] = frozenset()
    counted: frozenset[CountKey] = frozenset()
    uncounted: frozenset[CountKey] = frozenset()

    def deltas(self) -> Iterator[tuple[UUID, str, str, int]]:
        """The changes of stored totals: parent, dimension, value and difference."""
        for lists, difference in ((self.entered, 1), (self.left, -1)):
            for one in lists:
                yield one.parent or NO_PARENT, LIST_TOTAL, one.kind, difference
        for counts, difference in ((self.counted, 1), (self.uncounted, -1)):
            for count in counts:
                yield count.parent, count.dimension, count.value, difference


NO_CHANGE = PlacementChange()


def placement_of(view: AnyView, document: object | None) -> Placement:
    """The lists and counts that hold a document; NOWHERE for None.

    Raises ValueError for those under which it could not be found.
    """
    if document is None:
        return NOWHERE
    lists, counts = view.lists(document), view.counts(document)
    _check_unique(lists)
    _check_unique(counts)
    for one in lists:
        if one.parent == NO_PARENT or not one.kind.isprintable():
            raise ValueError(f"{one} has an empty parent or a kind with unprintable characters")
    parents = {one.parent for one in lists}
    for count in counts:
        if count.parent not in parents:
            raise ValueError(f"{count} counts a document that no list of the parent holds")
        if not count.dimension or not (count.dimension + count.value).isprintable():
            raise ValueError(f"{count} has no dimension, or unprintable characters")
    return Placement(frozenset(lists), frozenset(counts))


def placement_change(
    before: Placement, after: Placement, passed: frozenset[ListKey] = frozenset()
) -> PlacementChange:
    """The change from one placement to another."""
    if before == after and not passed:
        return NO_CHANGE
    return PlacementChange(
        entered=after.lists - before.lists,
        left=before.lists - after.lists,
        passed=passed,
        counted=after.counts - before.counts,
        uncounted=before.counts - after.counts,
    )


def _check_unique(keys: Collection[Hashable]) -> None:
    if len({*keys}) < len(keys):
        raise ValueError(f"{keys} names one twice")
