"""SQL statements that read views, each for many keys or parents at once."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import asyncpg

from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.pool import Pool
from intersessional.infra.read_models.call_batch import CallBatch, Rows, fetch_call
from intersessional.infra.read_models.projector.document_cache import DocumentKey
from intersessional.infra.read_models.view_checkpoint import (
    CHECKPOINTS,
    ViewCheckpoint,
    view_statuses,
)
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.placement import NO_PARENT
from intersessional.projections.kernel.reader import Cursor, EventPositions, ListUnion
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.kernel.view_errors import ViewBehind, ViewNotBuilt

_SMALL = 1_000
"""Documents in a list that is gone through to find their events."""
_WALKED = 50_000
"""Positions of a view that are looked at in one statement."""
_FIRST, _LAST = Cursor(0, UUID(int=0)), Cursor(2**63 - 1, UUID(int=2**128 - 1))
"""Cursors before and after every document."""

_DOCUMENTS_BY = "SELECT * FROM documents_by($1, $2, $3)"
_EVENTS_BY = "SELECT * FROM events_by($1, $2, $3)"
_DOCUMENTS = "documents_at"
_PAGES = "pages_between"
_PAGES_AS_OF = "pages_between_as_of"
_UNIONS = "keys_in_unions"
_COUNTS = "counts_at"
_UNPLACED = "unplaced_at"
_EVENTS = "events_at"
_EVENTS_HAPPENED = "events_happened"
_POSITIONS_OF = "SELECT * FROM positions_of($1, $2, $3, $4, $5, $6)"
_POSITIONS_IN_LIST = "SELECT * FROM positions_in_list($1, $2, $3, $4, $5, $6, $7, $8, $9)"


async def latest_documents(
    connection: Connection, document_keys: Collection[DocumentKey], until: int
) -> dict[DocumentKey, asyncpg.Record]:
    """The last row up to a position of each document; a document without a row is left out."""
    if not document_keys:
        return {}
    checkpoint_ids = [checkpoint_id for checkpoint_id, _ in document_keys]
    keys = [key for _, key in document_keys]
    rows = await connection.fetch(_DOCUMENTS_BY, checkpoint_ids, keys, until)
    return {(row["head"], row["key"]): row for row in rows}


async def event_positions(
    connection: Connection, document_keys: Collection[DocumentKey], until: int
) -> dict[DocumentKey, list[int]]:
    """The positions of the events of each document up to a position, in order."""
    checkpoint_ids = [checkpoint_id for checkpoint_id, _ in document_keys]
    keys = [key for _, key in document_keys]
    positions: dict[DocumentKey, list[int]] = {one: [] for one in document_keys}
    for row in await connection.fetch(_EVENTS_BY, checkpoint_ids, keys, until):
        positions[row["head"], row["key"]].append(row["position"])
    return positions


class ViewQueries:
    """Reads the tables of the views.

    Each query of documents raises ViewNotBuilt, or ViewBehind when the view has not reached the
    position of ``moment``: an answer from there would look as if nothing had happened since.
    """

    def __init__(self, pool: Pool) -> None:
        self._pool = pool
        self._batch: CallBatch | None = None
        self._checkpoints: tuple[Rows, Sequence[ViewCheckpoint]] = ((), ())

    def batched(self) -> "ViewQueries":
        """The queries of one request: calls that it makes at once are one statement."""
        queries = ViewQueries(self._pool)
        queries._batch = CallBatch(self._pool)
        return queries

    async def checkpoints(self, names: Sequence[str]) -> Sequence[ViewCheckpoint]:
        """The checkpoint of every version of the views with these names.

        It is the same object while they are the same: every request asks for them.
        """
        rows = await self._pool.fetch(CHECKPOINTS, names)
        seen, checkpoints = self._checkpoints
        if rows != seen:
            checkpoints = [ViewCheckpoint(**row) for row in rows]
            self._checkpoints = rows, checkpoints
        return checkpoints

    async def documents(self, view: AnyView, keys: Collection[UUID], as_of: AsOf) -> Rows:
        """The documents with these keys that existed at the moment."""
        rows = await self._fetch(view, as_of, _DOCUMENTS, [*keys], as_of.position)
        instant = as_of.occurred
        return [
            row
            for row in rows
            if row["born"] is not None
            and (instant is None or (row["begun_by"] is not None and row["begun_by"] <= instant))
        ]

    async def pages(
        self,
        view: AnyView,
        lists: Collection[tuple[UUID, str]],
        as_of: AsOf,
        *,
        size: int,
        after: Cursor | None = None,
        before: Cursor | None = None,
        backward: bool = False,
    ) -> Rows:
        """Of each list the total and some documents; without any, one row with no key.

        They are the first ``size`` between two cursors, or the last where ``backward``.

        As of an instant also the documents whose lists must be folded: they are not ``placed``,
        and not counted.
        """
        parents, kinds = [parent for parent, _ in lists], [kind for _, kind in lists]
        start, end = after or _FIRST, before or _LAST
        page = (
            parents,
            kinds,
            as_of.position,
            *(start.created_at_position, start.key),
            *(end.created_at_position, end.key),
            size,
            backward,
        )
        if as_of.occurred is None:
            return await self._fetch(view, as_of, _PAGES, *page)
        return await self._fetch(view, as_of, _PAGES_AS_OF, *page, as_of.occurred)

    async def union_cursors(
        self, view: AnyView, unions: Sequence[ListUnion], as_of: AsOf
    ) -> Mapping[ListUnion, Sequence[Cursor]]:
        """Where the documents of each union stand, in order.

        As of an instant those of all documents that its lists held at some position or instant,
        whether ``within`` held them or not. All unions have the same ``within``.
        """
        lists = [(number, one) for number, union in enumerate(unions) for one in union.lists]
        within = next((union.within for union in unions if union.within is not None), None)
        rows = await self._fetch(
            view,
            as_of,
            _UNIONS,
            len(unions),
            [number for number, _ in lists],
            [one.parent or NO_PARENT for _, one in lists],
            [one.kind for _, one in lists],
            NO_PARENT if within is None else within.parent or NO_PARENT,
            None if within is None else within.kind,
            as_of.position,
            as_of.occurred is not None,
        )
        found: dict[ListUnion, list[Cursor]] = {union: [] for union in unions}
        for row in rows:
            if row["key"] is not None:
                found[unions[row["number"]]].append(Cursor(row["born"], row["key"]))
        return found

    async def counts(
        self, view: AnyView, parents: Collection[UUID], dimension: str, as_of: AsOf
    ) -> Rows:
        """The totals under each parent at the position; without any, one row with no value."""
        return await self._fetch(view, as_of, _COUNTS, [*parents], dimension, as_of.position)

    async def unplaced(self, view: AnyView, parents: Collection[UUID], as_of: AsOf) -> Rows:
        """The documents that are counted otherwise as of the instant than at the position."""
        rows = await self._fetch(view, as_of, _UNPLACED, [*parents], as_of.position, as_of.occurred)
        return [row for row in rows if row["key"] is not None]

    async def event_positions(
        self, view: AnyView, keys: Collection[UUID], as_of: AsOf, told_again: Sequence[int] = ()
    ) -> Sequence[tuple[int, UUID]]:
        """The positions of the documents' events, each with the key of a document.

        Those that certainly had not happened are left out, but for those in ``told_again``: a
        correction may give them another time.
        """
        read = [*keys], as_of.position, as_of.occurred
        if as_of.occurred is None:
            rows = await self._fetch(view, as_of, _EVENTS, *read)
        else:
            rows = await self._fetch(view, as_of, _EVENTS_HAPPENED, *read, [*told_again])
        return [(row["position"], row["key"]) for row in rows if row["position"] is not None]

    async def positions(
        self, view: AnyView, of: UUID | ListKey, after: int, until: int, limit: int
    ) -> EventPositions:
        """The positions of the next events of a document, or of those of a list.

        They end early where the view has not come further. Raises ViewNotBuilt.
        """
        if isinstance(of, UUID):
            statement = _POSITIONS_OF
            arguments: tuple[Any, ...] = ([of], after, until, limit)
        else:
            stored_list = of.parent or NO_PARENT, of.kind
            statement = _POSITIONS_IN_LIST
            arguments = (*stored_list, after, until, limit, _SMALL, _WALKED)
        rows = await self._pool.fetch(statement, view.name, view.version, *arguments)
        if not rows:
            raise ViewNotBuilt(view.name)
        return EventPositions(rows[0]["positions"], rows[0]["until"])

    async def _fetch(self, view: AnyView, as_of: AsOf, function: str, *arguments: Any) -> Rows:
        every = (view.name, view.version, *arguments)
        if self._batch is None:
            rows = await fetch_call(self._pool, function, every)
        else:
            rows = await self._batch.fetch(function, every)
        if not rows:
            raise ViewNotBuilt(view.name)
        reached = rows[0]["reached"]
        if reached < as_of.position:
            [status] = view_statuses([view], await self.checkpoints([view.name]))
            reason = None if status.stopped is None else status.stopped.reason
            raise ViewBehind(view.name, as_of.position, reached, reason)
        return rows
