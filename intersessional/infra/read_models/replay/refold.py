"""Folds the event log again for several views at once, a chunk of events at a time."""

from collections.abc import Collection, Mapping, Sequence

import asyncpg

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.postgres.readable_time import readable
from intersessional.infra.read_models.projector.batch_fold import BatchFold, read_batch
from intersessional.infra.read_models.projector.document_cache import (
    CurrentDocuments,
    DocumentCache,
    DocumentKey,
)
from intersessional.infra.read_models.projector.earlier_events import read_events
from intersessional.infra.read_models.replay.comparison import DIFFERENCES_MAX, Comparison
from intersessional.infra.read_models.replay.differences import Finding
from intersessional.infra.read_models.replay.placement_check import PlacementCheck
from intersessional.infra.read_models.view_queries import event_positions, latest_documents
from intersessional.projections.kernel.document_version import AnyDocumentVersion

_TIMES = ("begins", "ends", "begun_by", "placed_by", "settled_by", "latest_begins")
_STORED = f"""
SELECT head, position, key, born, {", ".join(map(readable, _TIMES))}, document
  FROM documents WHERE head = ANY ($1::integer[]) AND position > $2 AND position <= $3
"""
_ELSEWHERE = """
SELECT position, key FROM documents
 WHERE head = $1 AND (position < 1 OR position > $2) ORDER BY position LIMIT $3
"""


class Refold:
    """Folds and compares chunk after chunk.

    A document that was not changed for long is restored from its stored row, which was compared
    before. The rows of a document that differs somewhere cannot be used: such a document is held
    in memory as it was folded.
    """

    def __init__(
        self,
        connection: Connection,
        log: EventLog,
        codec: Codec,
        comparisons: Sequence[Comparison],
        chunk_events: int,
        cache: DocumentCache,
    ) -> None:
        self._connection = connection
        self._log = log
        self._codec = codec
        self._placement_checks = {one: PlacementCheck(connection, one) for one in comparisons}
        self._view_folds = {one.checkpoint.id: one.view_fold for one in comparisons}
        self._chunk_events = chunk_events
        self._cache = cache
        self._differing: dict[DocumentKey, AnyDocumentVersion | None] = {}
        self._positions: dict[DocumentKey, list[int]] = {}
        """The positions of the events of the differing documents: their rows cannot be used."""

    async def next_chunk(self) -> int | None:
        """Fold and compare the next events; the position that is reached, None at the end."""
        due = [comparison for comparison in self._placement_checks if comparison.is_due]
        if not due:
            return None
        position = due[0].position
        until = min(comparison.checkpoint.position for comparison in due)
        rows = await self._log.read(position, self._chunk_events, until)
        if not rows:
            for comparison in due:
                comparison.end(Finding.NO_EVENT)
            return position
        batches = {comparison: comparison.next_batch() for comparison in due}
        read_batch(self._codec, rows, [*batches.values()])
        document_keys = {
            (batch.checkpoint.id, key) for batch in batches.values() for key, _ in batch.selected
        }
        current = await self._current(document_keys, position)
        folded = await self._fold(batches, current, position)
        stored = await self._stored(due, position, rows[-1].position)
        for comparison, batch in batches.items():
            checkpoint_id = comparison.checkpoint.id
            differing = {
                (checkpoint_id, key) for key in comparison.compare(batch, stored[checkpoint_id])
            }
            await self._remember(folded[comparison], differing, position)
            for key, recorded in batch.selected:
                if (checkpoint_id, key) in self._positions:
                    self._positions[checkpoint_id, key].append(recorded.position)
            await self._placement_checks[comparison].check(batch.document_versions, position)
        return rows[-1].position

    async def _fold(
        self,
        batches: Mapping[Comparison, BatchFold],
        current: CurrentDocuments,
        position: int,
    ) -> dict[Comparison, dict[DocumentKey, AnyDocumentVersion | None]]:
        folded = {one: batch.fold(current, {}, {}) for one, batch in batches.items()}
        late = {document_key for batch in batches.values() for document_key in batch.late}
        if not late:
            return folded
        events = await read_events(
            self._log, self._codec, await self._event_positions(late, position)
        )
        return {one: batch.fold(current, {}, events) for one, batch in batches.items()}

    async def _event_positions(
        self, document_keys: Collection[DocumentKey], position: int
    ) -> dict[DocumentKey, list[int]]:
        """The positions up to one of the events of these documents."""
        agreeing = [one for one in document_keys if one not in self._positions]
        stored = await event_positions(self._connection, agreeing, position)
        return stored | {one: self._positions[one] for one in document_keys if one not in stored}

    async def finish(self) -> None:
        """Look for rows, list entries and counts that no event has left."""
        for comparison, placement_check in self._placement_checks.items():
            if comparison.is_open:
                elsewhere = await self._connection.fetch(
                    _ELSEWHERE, comparison.checkpoint.id, comparison.position, DIFFERENCES_MAX
                )
                for row in elsewhere:
                    comparison.add(Finding.UNEXPECTED, row["position"], row["key"])
                await placement_check.check_all()

    async def _current(
        self, document_keys: Collection[DocumentKey], position: int
    ) -> dict[DocumentKey, AnyDocumentVersion | None]:
        """The documents as folded up to a position; None for one that did not exist."""
        current: dict[DocumentKey, AnyDocumentVersion | None] = {}
        for document_key in document_keys:
            if document_key in self._differing:
                current[document_key] = self._differing[document_key]
            elif document_key in self._cache:
                current[document_key] = self._cache[document_key]
        missing = [one for one in document_keys if one not in current]
        rows = await latest_documents(self._connection, missing, position)
        return current | {
            one: self._view_folds[one[0]].restore(rows[one]) if one in rows else None
            for one in missing
        }

    async def _remember(
        self,
        folded: Mapping[DocumentKey, AnyDocumentVersion | None],
        differing: Collection[DocumentKey],
        position: int,
    ) -> None:
        """Hold what was folded; also the differing documents that were not, as before the chunk."""
        new = [document_key for document_key in differing if document_key not in self._positions]
        self._positions |= await event_positions(self._connection, new, position)
        unfolded = [document_key for document_key in differing if document_key not in folded]
        self._differing |= await self._current(unfolded, position)
        for document_key, version in folded.items():
            if document_key in differing or document_key in self._differing:
                self._differing[document_key] = version
            else:
                self._cache.put(document_key, version)

    async def _stored(
        self, comparisons: Sequence[Comparison], after: int, until: int
    ) -> dict[int, list[asyncpg.Record]]:
        """The rows between two positions, by the id of the checkpoint."""
        stored: dict[int, list[asyncpg.Record]] = {one.checkpoint.id: [] for one in comparisons}
        for row in await self._connection.fetch(_STORED, [*stored], after, until):
            stored[row["head"]].append(row)
        return stored
