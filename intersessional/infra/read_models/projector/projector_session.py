"""What a projector does on one connection: what it leads there ends with it."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from intersessional.infra.event_store.entries import LogRow
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.postgres.connection import Connection
from intersessional.infra.read_models.projector.batch_fold import BatchFold, read_batch
from intersessional.infra.read_models.projector.document_cache import DocumentCache
from intersessional.infra.read_models.projector.leadership import Leadership
from intersessional.infra.read_models.projector.removal import remove_some, replaced
from intersessional.infra.read_models.projector.write_arguments import ADVANCE, arguments
from intersessional.infra.read_models.view_checkpoint import ViewCheckpoint, moving
from intersessional.infra.read_models.view_fold import ViewFold
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.infra.read_models.view_queries import documents_by

LOOK_S = 1.0
"""How often it looks whether there is something to lead."""

_SERVE = "SELECT serve_views($1, $2) AS id"


class ProjectorSession:
    """Moves the views that it leads, and knows where the others stand."""

    def __init__(
        self,
        connection: Connection,
        *,
        log: EventLog,
        codec: Codec,
        folders: Sequence[ViewFold[Any]],
        horizon: ViewProgress,
        batch_max: int,
    ) -> None:
        self._connection = connection
        self._log = log
        self._codec = codec
        self._views = [folder.view for folder in folders]
        self._folders = {(folder.view.name, folder.view.version): folder for folder in folders}
        self._horizon = horizon
        self._batch_max = batch_max
        self._leadership = Leadership(connection, self._views)
        self._kept = DocumentCache()
        self._heads: list[ViewCheckpoint] = []
        self._look_at = 0.0

    def look_again(self) -> None:
        """Another session has moved something."""
        self._look_at = 0.0

    async def work(self) -> bool:
        """Do the most urgent thing; False when there was nothing to do."""
        now = asyncio.get_running_loop().time()
        if now >= self._look_at:
            self._look_at = now + LOOK_S
            await self._look()
        led = [head for head in self._heads if head.moves and self._leads(head)]
        if await self._advance([head for head in led if head.served], self._batch_max):
            return True
        # What is served hardly waits for what is built beside it.
        built_max = max(1, self._batch_max // 4)
        if await self._advance([head for head in led if not head.served], built_max):
            return True
        return await self._remove()

    def _leads(self, head: ViewCheckpoint) -> bool:
        known = (head.view, head.version) in self._folders
        return known and self._leadership.leads(head)

    async def _look(self) -> None:
        self._heads = await self._leadership.look()
        await self._serve()
        # A version that somebody still leads, somebody may still read.
        old = [(head.view, head.version) for head in replaced(self._heads)]
        await self._leadership.take(old)
        self._horizon.show(self._heads)

    async def _advance(self, heads: Sequence[ViewCheckpoint], limit: int) -> bool:
        """Fold the next events into those heads that stand furthest back."""
        if not heads:
            return False
        at = min(head.position for head in heads)
        group = [head for head in heads if head.position == at]
        until = min((head.position for head in heads if head.position > at), default=None)
        rows = await self._log.read(at, limit, until)
        if not rows:
            return False
        runs = [BatchFold(head, self._folders[head.view, head.version]) for head in group]
        await self._project(runs, rows)
        moved = {
            run.head.id: replace(
                run.head, position=run.position, stopped_at=run.stopped_at, reason=run.reason
            )
            for run in runs
        }
        self._heads = [moved.get(head.id, head) for head in self._heads]
        if len(rows) < limit:
            await self._serve()
        self._horizon.show(self._heads)
        return True

    async def _project(self, runs: Sequence[BatchFold], rows: Sequence[LogRow]) -> None:
        """Fold events and record what they made, in one transaction. Runs stand where they end."""
        read_batch(self._codec, rows, runs)
        wanted = {
            (run.head.id, key)
            for run in runs
            for key, _ in run.touched
            if (run.head.id, key) not in self._kept
        }
        loaded = await documents_by(self._connection, wanted, runs[0].head.position)
        folded = [run.fold(self._kept, loaded) for run in runs]
        await self._connection.execute(ADVANCE, *arguments(runs))
        for documents in folded:
            for place, standing in documents.items():
                self._kept.keep(place, standing)

    async def _serve(self) -> None:
        """Serve what has been built far enough."""
        built = [head.id for head in self._heads if not head.served and self._leads(head)]
        if not built:
            return
        beside = [head.id for head in moving(self._views, self._heads)]
        rows = await self._connection.fetch(_SERVE, built, beside)
        served = {row["id"] for row in rows}
        self._heads = [
            replace(head, served=head.served or head.id in served) for head in self._heads
        ]

    async def _remove(self) -> bool:
        for head in replaced(self._heads):
            if self._leadership.leads(head) and not self._leads(head):
                if not await remove_some(self._connection, head):
                    await self._leadership.leave((head.view, head.version))
                    self._heads = [other for other in self._heads if other.id != head.id]
                return True
        return False
