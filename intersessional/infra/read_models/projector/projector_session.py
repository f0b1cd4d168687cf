"""The work of a projector on one connection; its leadership ends with the connection."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import replace
from itertools import takewhile
from typing import Any

import asyncpg

from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.projector.batch import Batch
from intersessional.infra.read_models.projector.document_cache import DocumentCache
from intersessional.infra.read_models.projector.earlier_events import read_events
from intersessional.infra.read_models.projector.leadership import Leadership
from intersessional.infra.read_models.projector.removal import remove_chunk, replaced
from intersessional.infra.read_models.projector.write_arguments import ADVANCE
from intersessional.infra.read_models.view_checkpoint import (
    ViewCheckpoint,
    running_versions,
    view_statuses,
)
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.infra.read_models.view_queries import event_positions, latest_documents
from intersessional.log_context import note_position
from intersessional.projections.kernel.view_fold import ViewFold
from intersessional.tracing import span

REFRESH_S = 1.0
"""The interval at which a session looks for views without a leader."""

logger = logging.getLogger(__name__)

_SERVE = "SELECT serve_views($1, $2) AS id"


class ProjectorSession:
    """Moves the views that it leads, and follows the checkpoints of the others."""

    def __init__(
        self,
        connection: Connection,
        *,
        log: EventLog,
        codec: Codec,
        view_folds: Sequence[ViewFold[Any]],
        progress: ViewProgress,
        batch_max: int,
    ) -> None:
        self._connection = connection
        self._log = log
        self._codec = codec
        self._views = [one.view for one in view_folds]
        self._view_folds = {(one.view.name, one.view.version): one for one in view_folds}
        self._progress = progress
        self._batch_max = batch_max
        self._leadership = Leadership(connection, self._views)
        self._cache = DocumentCache()
        self._checkpoints: list[ViewCheckpoint] = []
        self._beyond: dict[int, ViewCheckpoint] = {}
        """The views that were folded from a longer log, by their ids, until they are removed."""
        self._changed: set[int] = set()
        """The views in which somebody has changed rows, by their ids, until they are removed."""
        self._refresh_at = 0.0
        self._left_at: int | None = None
        """The position of the event of a later version that was met last."""

    def refresh_soon(self) -> None:
        """Read the checkpoints before the next batch: another session has moved a view."""
        self._refresh_at = 0.0

    async def work(self) -> bool:
        """Do the most urgent work; False when there was none."""
        now = asyncio.get_running_loop().time()
        if now >= self._refresh_at:
            self._refresh_at = now + REFRESH_S
            await self._refresh()
        if await self._remove_beyond_the_log():
            return True
        led = [one for one in self._led() if one.stopped_at is None]
        if await self._advance([one for one in led if one.served], self._batch_max):
            return True
        # A smaller batch, so that the served views hardly wait for those being built.
        build_max = max(1, self._batch_max // 4)
        if await self._advance([one for one in led if not one.served], build_max):
            return True
        return await self._remove()

    def _led(self) -> list[ViewCheckpoint]:
        """The versions of this node's views that this session leads."""
        return [
            one
            for one in self._leadership.led(self._checkpoints)
            if (one.view, one.version) in self._view_folds
        ]

    async def _refresh(self) -> None:
        folded = {one.id: one.position for one in self._led()}
        self._checkpoints = await self._leadership.refresh()
        if any(folded.get(one.id, one.position) != one.position for one in self._led()):
            # Nobody else moves them: these are the tables of a backup.
            self._cache = DocumentCache()
        await self._find_beyond_the_log()
        await self._serve()
        # A replaced version that another session leads may still be read by its node.
        old = [(one.view, one.version) for one in replaced(self._checkpoints)]
        await self._leadership.take(old)
        self._progress.update(self._checkpoints)

    async def _advance(self, checkpoints: Sequence[ViewCheckpoint], limit: int) -> bool:
        """Fold the next events into the views with the lowest position."""
        if not checkpoints:
            return False
        lowest = min(one.position for one in checkpoints)
        behind = [one for one in checkpoints if one.position == lowest]
        until = min((one.position for one in checkpoints if one.position > lowest), default=None)
        rows = await self._log.read(lowest, limit, until)
        if not rows:
            return False
        known = [*takewhile(lambda row: not self._codec.is_of_a_later_version(row), rows)]
        if not known:
            await self._leave_to_a_later_version(behind, rows[0])
            return False
        note_position(lowest)
        batch = Batch(behind, self._view_folds, self._codec, known)
        try:
            with span("project", after=lowest, events=len(known), views=len(behind)):
                await self._store(batch, lowest)
        except asyncpg.UniqueViolationError:
            return await self._find_changed(behind, limit)
        self._checkpoints = batch.advance(self._checkpoints)
        if len(known) < limit:
            await self._serve()
        self._progress.update(self._checkpoints)
        return True

    async def _find_changed(self, behind: Sequence[ViewCheckpoint], limit: int) -> bool:
        """Find the views in which somebody has changed what lies after their position."""
        self._cache = DocumentCache()
        if len(behind) > 1:
            return any([await self._advance([one], limit) for one in behind])
        [one] = behind
        logger.error(
            "%s %d holds rows after its position %d: it is folded again",
            *(one.view, one.version, one.position),
        )
        self._changed.add(one.id)
        self.refresh_soon()
        return True

    async def _leave_to_a_later_version(
        self, checkpoints: Sequence[ViewCheckpoint], row: LogRow
    ) -> None:
        """Resign from views whose next event only nodes of a later version can fold."""
        if row.position != self._left_at:
            self._left_at = row.position
            self._progress.leave_to_a_later_version(row.position)
            logger.warning("%s at position %d is of a later version", row.topic, row.position)
        for one in checkpoints:
            await self._leadership.resign((one.view, one.version))

    async def _store(self, batch: Batch, position: int) -> None:
        """Fold a batch that begins after a position, and store the result in one transaction."""
        rows = await latest_documents(self._connection, batch.missing(self._cache), position)
        late = batch.fold(self._cache, rows, {})
        if late:
            positions = await event_positions(self._connection, late, position)
            batch.fold(self._cache, rows, await read_events(self._log, self._codec, positions))
        await self._connection.execute(ADVANCE, *batch.arguments())
        batch.cache(self._cache)

    async def _serve(self) -> None:
        """Serve the new versions that have caught up."""
        built = [one.id for one in self._led() if not one.served and one.id not in self._beyond]
        if not built:
            return
        statuses = view_statuses(self._views, self._checkpoints)
        beside = [one.id for one in running_versions(statuses)]
        rows = await self._connection.fetch(_SERVE, built, beside)
        served = {row["id"] for row in rows}
        self._checkpoints = [
            replace(one, served=one.served or one.id in served) for one in self._checkpoints
        ]

    async def _find_beyond_the_log(self) -> None:
        """Find the views with a later position than the log: they are of one that was longer."""
        # In this order: a log never ends before what was folded from it.
        head = (await self._log.head()).position
        led = self._led()
        found = {one.id: one for one in led if one.position > head or one.id in self._changed}
        for one in found.values():
            if one.id not in self._beyond and one.id not in self._changed:
                logger.error(
                    "%s %d is at %d and the log ends at %d: it is folded again",
                    *(one.view, one.version, one.position, head),
                )
        self._beyond = found

    async def _remove_beyond_the_log(self) -> bool:
        """Remove a chunk of the views that are beyond the log, or changed; they begin again."""
        for one in self._beyond.values():
            if not await remove_chunk(self._connection, one):
                self._changed.discard(one.id)
                self._cache = DocumentCache()
                self.refresh_soon()
            return True
        return False

    async def _remove(self) -> bool:
        for old in self._leadership.led(replaced(self._checkpoints)):
            if (old.view, old.version) not in self._view_folds:
                if not await remove_chunk(self._connection, old):
                    await self._leadership.resign((old.view, old.version))
                    self._checkpoints = [one for one in self._checkpoints if one.id != old.id]
                return True
        return False
