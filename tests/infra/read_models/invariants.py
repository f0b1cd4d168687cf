"""The invariant of the read models: at any moment a reader answers what a fresh fold gives."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.projections.kernel import fold
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.reader import (
    Cursor,
    DocumentPage,
    DocumentReader,
    DocumentSnapshot,
    ListUnion,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey
from tests.projections.occurred_texts import INSTANTS


def _some_states(position: int) -> Iterator[AsOf]:
    """States that show every list: each position, and each instant of the last one."""
    yield from map(AsOf, range(position + 1))
    yield from (AsOf(position, instant) for instant in INSTANTS)


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

    @property
    def unions(self) -> Sequence[ListUnion]:
        """Of some scopes unions of half of the lists each, perhaps within one of them."""
        if self.backward:
            return ()
        within = self.lists[0] if self.first > 1 else None
        return [ListUnion(frozenset(self.lists[half::2]), within) for half in (0, 1)]

    @classmethod
    def covering(
        cls, view: AnyView, events: Sequence[RecordedEvent], first: int, after: int
    ) -> "ReadScope":
        """All keys and lists of these events, and an unknown one of each.

        The pages start after the document with the number ``after``, or end before it, and are
        read forward or backward; 0 is from the first on.
        """
        keys = {key for recorded in events for key in view.keys(recorded.fact)}
        states = [fold.fold(view, events, as_of) for as_of in _some_states(len(events))]
        found = [one for state in states for one in state.values()]
        lists = {list_key for one in found for list_key in view.lists(one.document)}
        counts = {count_key for one in found for count_key in view.counts(one.document)}
        cursors = sorted({one.cursor for one in found})
        cursor = cursors[after - 1] if 0 < after <= len(cursors) else None
        return cls(
            keys=(*keys, UNKNOWN_ID),
            lists=(*lists, ListKey(None, "STRANGE"), ListKey(UNKNOWN_ID)),
            parents=(*{one.parent for one in counts}, UNKNOWN_ID),
            dimensions=(*{one.dimension for one in counts}, "STRANGE"),
            first=first,
            after=cursor if after % 3 else None,
            before=None if after % 3 else cursor,
            backward=after % 2 == 0,
        )


@dataclass(frozen=True)
class ViewAnswer:
    """The answers of all reads of a view at one moment."""

    found: Mapping[UUID, DocumentSnapshot[Any]]
    pages: Mapping[ListKey, DocumentPage[Any]]
    totals: Mapping[ListKey, int]
    union_pages: Mapping[ListUnion, DocumentPage[Any]]
    counts: Mapping[tuple[UUID, str], Mapping[str, int]]
    histories: Mapping[UUID, Sequence[RecordedEvent]]
    uncertain: Mapping[UUID, Sequence[RecordedEvent]]


async def read_answer(
    reader: PostgresDocumentReader, view: AnyView, as_of: AsOf, scope: ReadScope
) -> ViewAnswer:
    """The answers of the reader."""
    counts = {
        dimension: await reader.counts(view, scope.parents, dimension, as_of)
        for dimension in scope.dimensions
    }
    return ViewAnswer(
        counts={
            (parent, dimension): of_parent[parent]
            for dimension, of_parent in counts.items()
            for parent in scope.parents
        },
        found=await reader.get(view, scope.keys, as_of),
        pages=await reader.pages(
            view,
            scope.lists,
            as_of,
            first=scope.first,
            after=scope.after,
            before=scope.before,
            backward=scope.backward,
        ),
        totals=await reader.totals(view, scope.totalled, as_of),
        union_pages=await reader.union_pages(
            view, scope.unions, as_of, first=scope.first, after=scope.after
        ),
        histories=await reader.histories(view, scope.keys, as_of),
        uncertain=await reader.uncertain(view, scope.keys, as_of),
    )


def folded_answer(
    view: AnyView, events: Sequence[RecordedEvent], as_of: AsOf, scope: ReadScope
) -> ViewAnswer:
    """The answers of a fold from the first event on."""
    found = fold.fold(view, events, as_of)
    return ViewAnswer(
        found=found,
        counts={
            (parent, dimension): fold.counts(view, found, parent, dimension)
            for parent in scope.parents
            for dimension in scope.dimensions
        },
        pages={
            list_key: fold.page(
                view,
                found,
                list_key,
                first=scope.first,
                after=scope.after,
                before=scope.before,
                backward=scope.backward,
            )
            for list_key in scope.lists
        },
        totals={
            list_key: fold.page(view, found, list_key, first=1).total for list_key in scope.totalled
        },
        union_pages={union: _union_page(view, found, union, scope) for union in scope.unions},
        histories=fold.histories(view, events, as_of),
        uncertain=fold.uncertain(view, events, as_of),
    )


def _union_page(
    view: AnyView,
    found: Mapping[UUID, DocumentSnapshot[Any]],
    union: ListUnion,
    scope: ReadScope,
) -> DocumentPage[Any]:
    held = [one for one in found.values() if union.holds(view.lists(one.document))]
    further = [one for one in held if one.cursor.is_between(scope.after, None)]
    return DocumentPage(
        items=further[: scope.first], total=len(held), has_next=len(further) > scope.first
    )


async def found_positions(
    reader: DocumentReader, view: AnyView, of: UUID | ListKey, until: int, limit: int
) -> list[int]:
    """All positions that the reader finds for a document or a list, a few at a time."""
    after, positions = 0, list[int]()
    while after < until:
        found = await reader.event_positions(view, of, after=after, until=until, limit=limit)
        assert len(found.positions) <= limit
        assert all(after < position <= found.until for position in found.positions)
        assert after < found.until <= until
        positions += found.positions
        after = found.until
    return positions


def concerned_positions(
    view: AnyView, events: Sequence[RecordedEvent], of: UUID | ListKey
) -> list[int]:
    """The positions of the events of a document, or of those that the list holds after them."""
    if isinstance(of, UUID):
        return [one.position for one in events if of in view.keys(one.fact)]
    return [one.position for one in events if of in lists_after(view, events, one)]


def lists_after(
    view: AnyView, events: Sequence[RecordedEvent], recorded: RecordedEvent
) -> set[ListKey]:
    """The lists that hold the documents of an event right after it."""
    found = fold.fold(view, events, AsOf(recorded.position))
    documents = [found[key].document for key in view.keys(recorded.fact) if key in found]
    return {one for document in documents for one in view.lists(document)}
