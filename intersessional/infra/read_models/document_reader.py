"""Reads documents from PostgreSQL, as of any position and instant."""

import asyncio
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from copy import copy
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.read_models.history_reader import HistoryReader
from intersessional.infra.read_models.list_page import ListPage, counted_values
from intersessional.infra.read_models.snapshot_reader import SnapshotReader
from intersessional.infra.read_models.union_reader import UnionReader
from intersessional.infra.read_models.view_checkpoint import (
    ViewCheckpoint,
    readable_state,
    view_statuses,
)
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.infra.read_models.view_queries import ViewQueries
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.document_codec import DocumentCodec
from intersessional.projections.kernel.placement import NO_PARENT
from intersessional.projections.kernel.reader import (
    Compute,
    Cursor,
    DocumentPage,
    DocumentSnapshot,
    EventPositions,
    ListUnion,
    ReadableState,
    SpendRows,
    compute_at_once,
    rows_are_free,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView, ListKey, View

D = TypeVar("D")

_UNPAID = 4
"""Calls of a request that are made before the rows of the first of them are paid for."""


class PostgresDocumentReader:
    """A DocumentReader over the tables of the read models.

    A document of which some event had not certainly happened by ``AsOf.occurred`` is folded again,
    from its own events. A call makes at most four SQL statements.
    """

    def __init__(
        self,
        pool: Pool,
        *,
        log: EventLog,
        codec: Codec,
        views: Sequence[AnyView],
        progress: ViewProgress,
    ) -> None:
        """``progress`` is that of this node's projector."""
        self._queries = ViewQueries(pool)
        self._histories = HistoryReader(self._queries, log=log, codec=codec)
        self._log = log
        self._views = views
        self._document_codecs: dict[str, DocumentCodec[Any]] = {
            view.name: DocumentCodec(view.document) for view in views
        }
        self._snapshots = SnapshotReader(
            self._queries, self._histories, self._document_codecs, compute_at_once
        )
        self._spend_rows: SpendRows = rows_are_free
        self._unpaid: AbstractAsyncContextManager[Any] = nullcontext()
        """Entered while rows are gone through of which only the answer tells how many they are."""
        self._unions = UnionReader(self._queries, self, self._snapshots)
        self._names = [view.name for view in views]
        self._progress = progress
        self._state = ReadableState(position=0, view_versions=frozenset())
        self._state_of: Sequence[ViewCheckpoint] = ()
        """The checkpoints whose state that is."""

    def batched(
        self, compute: Compute = compute_at_once, spend_rows: SpendRows = rows_are_free
    ) -> "PostgresDocumentReader":
        """A reader for one request: of what it reads at once, the statements are made together."""
        reader = copy(self)
        reader._queries = self._queries.batched()
        reader._histories = self._histories.of_request(reader._queries, compute, spend_rows)
        reader._snapshots = SnapshotReader(
            reader._queries, reader._histories, self._document_codecs, compute
        )
        reader._spend_rows = spend_rows
        reader._unpaid = asyncio.Semaphore(_UNPAID)
        reader._unions = UnionReader(reader._queries, reader, reader._snapshots, of_request=True)
        return reader

    async def checkpoints(self) -> Sequence[ViewCheckpoint]:
        """The checkpoint of every version of the views, for a health check."""
        return await self._queries.checkpoints(self._names)

    async def readable_state(self) -> ReadableState:
        """The position that is read by default, and the versions of the views that are read."""
        checkpoints = await self.checkpoints()
        if checkpoints is not self._state_of:
            queried = [view for view in self._views if view.is_queried]
            self._state = readable_state(view_statuses(queried, checkpoints))
            self._state_of = checkpoints
        return self._state

    async def position(self) -> int:
        """The position that every running view has reached; 0 while no view can be read."""
        return (await self.readable_state()).position

    async def wait_until_reached(self, position: int) -> None:
        """Wait until every running view has reached a position. Raises ViewsStopped or Closed."""
        await self._progress.wait_until_reached(position)

    async def wait_until_view_reached(self, view: AnyView, position: int) -> int:
        """Wait until a view has reached a position; return the position that it has reached.

        Raises ViewBehind when it has stopped before, and Closed.
        """
        return await self._progress.wait_until_view_reached(view, position)

    async def position_at(self, instant: datetime) -> int:
        """The last position recorded by an instant, once the views have reached it."""
        position = await self._log.position_at(instant)
        await self.wait_until_reached(position)
        return position

    async def get(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, DocumentSnapshot[D]]:
        """The documents with these keys that existed then. Raises ViewNotBuilt or ViewBehind."""
        if not keys:
            return {}
        rows = await self._queries.documents(view, keys, as_of)
        if as_of.occurred is not None:
            self._spend_rows(len(keys))
        return await self._snapshots.snapshots(view, rows, as_of)

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
        """Of each list a page of its documents. Raises ViewNotBuilt or ViewBehind."""
        if not lists:
            return {}
        stored_lists = {(one.parent or NO_PARENT, one.kind): one for one in lists}
        list_pages = {
            one: ListPage[D](one, first=first, after=after, before=before, backward=backward)
            for one in lists
        }
        # One more tells whether there are more; without a page only the totals are read.
        size = first + 1 if first else 0
        async with self._unpaid if as_of.occurred is not None else nullcontext():
            rows = await self._queries.pages(
                view, stored_lists, as_of, size=size, after=after, before=before, backward=backward
            )
            for row in rows:
                list_pages[stored_lists[row["parent"], row["kind"]]].add(row)
            if as_of.occurred is not None:
                # All documents of a list are gone through then.
                self._spend_rows(sum(page.rows for page in list_pages.values()))
        needed = [row for page in list_pages.values() for row in page.needed()]
        snapshots = await self._snapshots.snapshots(view, needed, as_of)
        unplaced = {key for page in list_pages.values() for key in page.unplaced}
        folded = {key: snapshots[key] for key in unplaced & {*snapshots}}
        held = await self._snapshots.lists(view, folded)
        return {one: page.document_page(snapshots, held) for one, page in list_pages.items()}

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
        """Of each union of lists a page. Raises ViewNotBuilt or ViewBehind."""
        return await self._unions.pages(
            view, unions, as_of, first=first, after=after, before=before, backward=backward
        )

    async def totals(
        self, view: AnyView, lists: Collection[ListKey], as_of: AsOf
    ) -> Mapping[ListKey, int]:
        """How many documents each list holds. Raises ViewNotBuilt or ViewBehind."""
        pages = await self.pages(view, lists, as_of, first=0)
        return {list_key: page.total for list_key, page in pages.items()}

    async def counts(
        self, view: AnyView, parents: Collection[UUID], dimension: str, as_of: AsOf
    ) -> Mapping[UUID, Mapping[str, int]]:
        """The counts under each parent. Raises ViewNotBuilt or ViewBehind."""
        if not parents:
            return {}
        totals: dict[UUID, Counter[str]] = {parent: Counter() for parent in parents}
        for row in await self._queries.counts(view, parents, dimension, as_of):
            if row["value"] is not None:
                totals[row["parent"]][row["value"]] = row["total"]
        if as_of.occurred is not None:
            await self._count_as_of(view, totals, dimension, as_of, as_of.occurred)
        return {
            parent: {value: total for value, total in of_parent.items() if total}
            for parent, of_parent in totals.items()
        }

    async def _count_as_of(
        self,
        view: AnyView,
        totals: Mapping[UUID, Counter[str]],
        dimension: str,
        as_of: AsOf,
        instant: datetime,
    ) -> None:
        """Correct the totals of a position by the documents that are counted otherwise then."""
        async with self._unpaid:
            rows = await self._queries.unplaced(view, totals, as_of)
            self._spend_rows(len(rows))
        begun = [row for row in rows if row["begun_by"] <= instant]
        snapshots = await self._snapshots.snapshots(view, begun, as_of)
        placed = [row for row in rows if row["document"] is not None]
        documents = await self._snapshots.documents(view, [one["document"] for one in placed])
        for row, document in zip(placed, documents, strict=True):
            parent = row["parent"]
            totals[parent].subtract(counted_values(view, document, parent, dimension))
        for row in rows:
            parent = row["parent"]
            if row["key"] in snapshots:
                document = snapshots[row["key"]].document
                totals[parent].update(counted_values(view, document, parent, dimension))

    async def event_positions(
        self, view: AnyView, of: UUID | ListKey, *, after: int, until: int, limit: int
    ) -> EventPositions:
        """Where something happened to a document, or to those of a list. Raises ViewNotBuilt.

        They end early where the view has not come further.
        """
        return await self._queries.positions(view, of, after, until, limit)

    async def histories(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document the events it is folded from. Raises ViewNotBuilt or ViewBehind."""
        return await self._histories.histories(view, keys, as_of)

    async def uncertain(
        self, view: View[D], keys: Collection[UUID], as_of: AsOf
    ) -> Mapping[UUID, Sequence[RecordedEvent]]:
        """For each document its events of which it is uncertain whether they had happened then.

        Raises ViewNotBuilt or ViewBehind.
        """
        return await self._histories.uncertain(view, keys, as_of)

    async def history_positions(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, *, certain: bool
    ) -> Mapping[UUID, Sequence[int]]:
        """The positions of each document's events. Raises ViewNotBuilt or ViewBehind."""
        return await self._histories.positions(view, keys, as_of, certain=certain)
