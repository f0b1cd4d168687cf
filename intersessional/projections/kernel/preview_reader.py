"""Reads documents as they would be after the events of a preview."""

from collections import Counter
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.fold import fold_one
from intersessional.projections.kernel.order_of_effect import can_begin
from intersessional.projections.kernel.previewed_events import PreviewedEvents
from intersessional.projections.kernel.previewed_page import DocumentChange, PageCut
from intersessional.projections.kernel.reader import (
    Compute,
    Cursor,
    DocumentPage,
    DocumentReader,
    DocumentSnapshot,
    EventPositions,
    EventReader,
    ListUnion,
    SpendRows,
    compute_at_once,
    rows_are_free,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")
L = TypeVar("L", ListKey, ListUnion)


class PreviewReader:
    """A ``DocumentReader`` in which a state after the last position has the events of a preview.

    The states up to that position are read as they are.
    """

    def __init__(
        self, reader: DocumentReader, record: EventReader, previewed: PreviewedEvents
    ) -> None:
        """``reader`` and ``record`` read what is recorded."""
        self._reader = reader
        self._record = record
        self._previewed = previewed
        self._changes: dict[str, Mapping[UUID, DocumentChange[Any]]] = {}

    def batched(
        self, compute: Compute = compute_at_once, spend_rows: SpendRows = rows_are_free
    ) -> "PreviewReader":
        """A reader for one request."""
        reader = self._reader.batched(compute, spend_rows)
        return PreviewReader(reader, self._record, self._previewed)

    async def changes(self, view: View[D]) -> Mapping[UUID, DocumentChange[D]]:
        """The documents of a view that the events concern, in the order of these."""
        if view.name not in self._changes:
            self._changes[view.name] = await self._changed(view)
        return self._changes[view.name]

    async def _changed(self, view: View[D]) -> Mapping[UUID, DocumentChange[D]]:
        events = self._previewed.by_key(view)
        if not events:
            return {}
        state = AsOf(self._previewed.position)
        before = await self._reader.get(view, [*events], state)
        documents = {
            key: _advanced(view, before[key].document if key in before else None, new)
            for key, new in events.items()
        }
        if not self._previewed.in_order:
            documents = await self._folded(view, events)
        return {
            key: DocumentChange(
                before.get(key), _after(view, key, before.get(key), documents[key], new)
            )
            for key, new in events.items()
        }

    async def _folded(
        self, view: View[D], events: Mapping[UUID, Sequence[RecordedEvent]]
    ) -> dict[UUID, D | None]:
        """The documents after these events, all of their events in order of effect."""
        state = AsOf(self._previewed.position)
        positions = await self._reader.history_positions(view, [*events], state, certain=True)
        recorded = await self._record.by_position({one for of in positions.values() for one in of})
        return {
            key: fold_one(view, [*(recorded[one] for one in positions.get(key, ())), *new])
            for key, new in events.items()
        }

    async def position(self) -> int:
        """The position that every view has reached."""
        return await self._reader.position()

    async def wait_until_reached(self, position: int) -> None:
        """Wait until every view has reached a position."""
        await self._reader.wait_until_reached(position)

    async def position_at(self, instant: datetime) -> int:
        """The last position that was recorded by an instant."""
        return await self._reader.position_at(instant)

    async def get(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, DocumentSnapshot[D]]:
        """The documents with these keys."""
        found = dict(await self._reader.get(view, keys, self._recorded(as_of)))
        if self._is_previewed(as_of):
            for key, change in (await self.changes(view)).items():
                if key in keys and change.after is not None:
                    found[key] = change.after
                elif key in keys:
                    found.pop(key, None)
        return found

    async def pages(
        self,
        view: View[D],
        lists: Collection[ListKey],
        as_of: AsOf,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> Mapping[ListKey, DocumentPage[D]]:
        """Of each list the first documents between two cursors."""
        cut = PageCut(first, after, before, backward)
        return await self._paged(self._reader.pages, view, lists, as_of, cut)

    async def union_pages(
        self,
        view: View[D],
        unions: Collection[ListUnion],
        as_of: AsOf,
        *,
        first: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> Mapping[ListUnion, DocumentPage[D]]:
        """Of each union of lists a page."""
        cut = PageCut(first, after, before, backward)
        return await self._paged(self._reader.union_pages, view, unions, as_of, cut)

    async def _paged(
        self,
        read: Callable[..., Awaitable[Mapping[L, DocumentPage[D]]]],
        view: View[D],
        of: Collection[L],
        as_of: AsOf,
        cut: PageCut,
    ) -> Mapping[L, DocumentPage[D]]:
        """The pages that a method of the reader gives, with the documents of the preview."""
        pages = await read(
            view,
            of,
            self._recorded(as_of),
            first=cut.first,
            after=cut.after,
            before=cut.before,
            backward=cut.backward,
        )
        if not self._is_previewed(as_of):
            return pages
        changes = [*(await self.changes(view)).values()]
        return {one: cut.page(view, one, page, changes) for one, page in pages.items()}

    async def totals(
        self, view: AnyView, lists: Collection[ListKey], as_of: AsOf
    ) -> Mapping[ListKey, int]:
        """How many documents each list holds."""
        totals = Counter(await self._reader.totals(view, lists, self._recorded(as_of)))
        if self._is_previewed(as_of):
            for change in (await self.changes(view)).values():
                totals.update(one for one in _lists(view, change.after) if one in lists)
                totals.subtract(one for one in _lists(view, change.before) if one in lists)
        return totals

    async def counts(
        self, view: AnyView, parents: Collection[UUID], dimension: str, as_of: AsOf
    ) -> Mapping[UUID, Mapping[str, int]]:
        """The number of documents under each parent by their values in a dimension."""
        found = await self._reader.counts(view, parents, dimension, self._recorded(as_of))
        if not self._is_previewed(as_of):
            return found
        counts = {parent: Counter(found[parent]) for parent in parents}
        for change in (await self.changes(view)).values():
            for document, difference in ((change.after, 1), (change.before, -1)):
                for one in () if document is None else view.counts(document.document):
                    if one.dimension == dimension and one.parent in counts:
                        counts[one.parent][one.value] += difference
        return {parent: +of_parent for parent, of_parent in counts.items()}

    async def event_positions(
        self, view: AnyView, of: UUID | ListKey, *, after: int, until: int, limit: int
    ) -> EventPositions:
        """Where between two positions something happened; only what is recorded."""
        return await self._reader.event_positions(view, of, after=after, until=until, limit=limit)

    async def history_positions(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, *, certain: bool
    ) -> Mapping[UUID, Sequence[int]]:
        """The positions of the events of each document, in order."""
        state = self._recorded(as_of)
        found = dict(await self._reader.history_positions(view, keys, state, certain=certain))
        if certain and self._is_previewed(as_of):
            for key, new in self._previewed.by_key(view).items():
                if key in keys:
                    found[key] = [*found.get(key, ()), *(one.position for one in new)]
        return found

    def _is_previewed(self, as_of: AsOf) -> bool:
        return as_of.position > self._previewed.position and as_of.occurred is None

    def _recorded(self, as_of: AsOf) -> AsOf:
        return AsOf(min(as_of.position, self._previewed.position), as_of.occurred)


def _advanced(view: View[D], document: D | None, events: Sequence[RecordedEvent]) -> D | None:
    """A document after events that take effect after all others."""
    for one in events:
        document = view.evolve(document, one.fact)
    return document


def _lists(view: View[D], snapshot: DocumentSnapshot[D] | None) -> Collection[ListKey]:
    return () if snapshot is None else view.lists(snapshot.document)


def _after(
    view: View[D],
    key: UUID,
    old: DocumentSnapshot[D] | None,
    document: D | None,
    new: Sequence[RecordedEvent],
) -> DocumentSnapshot[D] | None:
    if document is None:
        return None
    begun = next((one.position for one in new if can_begin(view, one)), new[0].position)
    return DocumentSnapshot(
        key=key,
        created_at_position=begun if old is None else old.created_at_position,
        position=new[-1].position,
        document=document,
    )
