"""Folds the record again, a chunk of events at a time, for several views at once."""

from collections.abc import Collection, Mapping, Sequence

import asyncpg

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.projector.batch_fold import read_batch
from intersessional.infra.read_models.projector.document_cache import DocumentCache, Place
from intersessional.infra.read_models.replay.comparison import DIFFERENCES_MAX, Comparison
from intersessional.infra.read_models.replay.differences import Finding
from intersessional.infra.read_models.replay.index_check import IndexCheck
from intersessional.infra.read_models.view_fold import AnyDocumentVersion
from intersessional.infra.read_models.view_queries import documents_by

_STORED = """
SELECT head, position, key, born, begins, ends, begun_by, settled_by, document
  FROM documents WHERE head = ANY ($1::integer[]) AND position > $2 AND position <= $3
"""
_ELSEWHERE = """
SELECT position, key FROM documents
 WHERE head = $1 AND (position < 1 OR position > $2) ORDER BY position LIMIT $3
"""


class Refold:
    """Folds on from what was folded before.

    A row that was compared is as good as the document itself, and is what a document is taken up
    from that has not changed for long. The rows of a document that differs somewhere are not:
    such a document is kept as it was folded.
    """

    def __init__(
        self,
        connection: Connection,
        log: EventLog,
        codec: Codec,
        comparisons: Sequence[Comparison],
        chunk: int,
        kept: DocumentCache,
    ) -> None:
        self._connection = connection
        self._log = log
        self._codec = codec
        self._views = {one: IndexCheck(connection, one) for one in comparisons}
        self._folders = {one.head.id: one.folder for one in comparisons}
        self._chunk = chunk
        self._kept = kept
        self._astray: dict[Place, AnyDocumentVersion | None] = {}

    async def go_on(self) -> int | None:
        """Fold and compare some more events; answers how far that is, None when all is done."""
        due = [comparison for comparison in self._views if comparison.due]
        if not due:
            return None
        at = due[0].position
        until = min(comparison.head.position for comparison in due)
        rows = await self._log.read(at, self._chunk, until)
        if not rows:
            for comparison in due:
                comparison.end(Finding.NO_EVENT)
            return at
        runs = {comparison: comparison.run() for comparison in due}
        read_batch(self._codec, rows, [*runs.values()])
        touched = {(run.head.id, key) for run in runs.values() for key, _ in run.touched}
        known = await self._known(touched, at)
        folded = {comparison: run.fold(known, {}) for comparison, run in runs.items()}
        stored = await self._stored(due, at, rows[-1].position)
        for comparison, run in runs.items():
            wrong = comparison.compare(run, stored[comparison.head.id])
            await self._keep(folded[comparison], {(run.head.id, key) for key in wrong}, at)
            await self._views[comparison].look_up(run.steps)
        return rows[-1].position

    async def finish(self) -> None:
        """Look for what is stored and nothing has left there."""
        for comparison, shelving in self._views.items():
            if comparison.goes_on:
                elsewhere = await self._connection.fetch(
                    _ELSEWHERE, comparison.head.id, comparison.position, DIFFERENCES_MAX
                )
                for row in elsewhere:
                    comparison.found(Finding.TOO_MANY, row["position"], row["key"])
                await shelving.read()

    async def _known(
        self, places: Collection[Place], at: int
    ) -> dict[Place, AnyDocumentVersion | None]:
        """The documents as they were folded up to a position; None where there was none."""
        known: dict[Place, AnyDocumentVersion | None] = {}
        for place in places:
            if place in self._astray:
                known[place] = self._astray[place]
            elif place in self._kept:
                known[place] = self._kept[place]
        left = [place for place in places if place not in known]
        rows = await documents_by(self._connection, left, at)
        return known | {
            place: self._folders[place[0]].restore(rows[place]) if place in rows else None
            for place in left
        }

    async def _keep(
        self, folded: Mapping[Place, AnyDocumentVersion | None], wrong: Collection[Place], at: int
    ) -> None:
        """Keep what was folded, and also, as they were before, the wrong ones that were not."""
        self._astray |= await self._known([place for place in wrong if place not in folded], at)
        for place, standing in folded.items():
            if place in wrong or place in self._astray:
                self._astray[place] = standing
            else:
                self._kept.keep(place, standing)

    async def _stored(
        self, comparisons: Sequence[Comparison], after: int, until: int
    ) -> dict[int, list[asyncpg.Record]]:
        """The rows of each head between two positions."""
        stored: dict[int, list[asyncpg.Record]] = {one.head.id: [] for one in comparisons}
        for row in await self._connection.fetch(_STORED, [*stored], after, until):
            stored[row["head"]].append(row)
        return stored
