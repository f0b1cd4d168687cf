"""Sequencer: the one writer of a node, which commits many appends together."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime

import asyncpg

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.domain.command_handling.event_store import ClockDiffers, Closed, Unavailable
from intersessional.infra.clock import now
from intersessional.infra.event_store.append.append_counts import AppendCounts
from intersessional.infra.event_store.append.append_queue import AppendQueue, QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.batch_writer import BatchWriter
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.postgres.connection_errors import OUTAGE_ERRORS
from intersessional.infra.postgres.database_outage import DatabaseOutage
from intersessional.infra.postgres.reconnecting import ReconnectingConnection

logger = logging.getLogger(__name__)

RETRY_MIN_S = 0.02
RETRY_MAX_S = 1.0
COMMIT_TIMEOUT_S = 20.0
"""A commit that takes longer has lost its connection: the server's own timeout is shorter."""


class Sequencer(BackgroundService):
    """Records appends in one order, many in a commit.

    It has a connection of its own. Any number of nodes may have a sequencer on the same database.
    An append is tried again for ``timeout_s`` seconds while the database cannot be reached; at most
    ``appends_max`` appends wait.
    """

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = SCHEMA,
        clock: Callable[[], datetime] = now,
        timeout_s: float = 30.0,
        appends_max: int = 4096,
    ) -> None:
        super().__init__()
        self._connection = ReconnectingConnection(dsn, schema)
        self._writer = BatchWriter(self._connection, clock)
        self._queue = AppendQueue(appends_max)
        self._timeout_s = timeout_s
        self._stopped = False
        self.counts = AppendCounts()
        self.outage = DatabaseOutage(logger, "the sequencer")
        self._is_renewed = False

    def renew(self) -> None:
        """Use a new connection from the next commit on."""
        self._is_renewed = True

    def stop(self) -> None:
        """Accept no further append; ``run`` ends when the queue is empty."""
        self._stopped = True
        self._queue.close()

    async def append(self, append: AppendRequest) -> tuple[RecordedCommand, ...]:
        """Record an append and answer after its commit, in the order of its commands.

        A command that was recorded before is answered as a repeat. Raises StaleVersion, StaleEpoch,
        CommandReused, TooBusy, Unavailable or Closed, and asyncpg.PostgresError for rows that the
        database refuses.
        """
        if self._stopped or not self.running:
            raise Closed
        queued = QueuedAppend(append, asyncio.get_running_loop(), self._timeout_s)
        self._queue.put(queued)
        return await queued.outcome

    async def run(self) -> None:
        """Commit batches until the queue is closed and empty."""
        batch: list[QueuedAppend] = []
        try:
            while batch := await self._queue.take():
                await self._commit(batch)
        finally:
            self._stopped = True
            for queued in batch:
                queued.settle(Closed())
            self._queue.fail(Closed())
            await self._connection.drop()

    def __len__(self) -> int:
        """The number of appends that wait."""
        return len(self._queue)

    def _count(self, batch: Sequence[QueuedAppend]) -> None:
        now_s = asyncio.get_running_loop().time()
        self.counts.batch_sizes.observe(len(batch))
        for queued in batch:
            self.counts.latency_s.observe(now_s - queued.deadline + self._timeout_s)

    async def _commit(self, batch: Sequence[QueuedAppend]) -> None:
        """Commit a batch, again after each lost connection, and while a backup is being restored.

        The outcome of a lost commit is found by trying again: command ids are recorded with it. A
        full disk is not waited for.
        Rows that the database refuses are found by trying each append alone.
        """
        backoff = Backoff(RETRY_MIN_S, RETRY_MAX_S)
        if self._is_renewed:
            self._is_renewed = False
            await self._connection.drop()
        while True:
            try:
                async with asyncio.timeout(COMMIT_TIMEOUT_S):
                    await self._writer.commit(batch)
                self._count(batch)
                return self.outage.ended()
            except OUTAGE_ERRORS as error:
                self.outage.failed(error, len(batch))
                await self._connection.drop()
                batch = _to_try_again(batch, error)
                if not batch:
                    return None
                await backoff.wait()
            except ClockDiffers as error:
                for queued in batch:
                    queued.settle(error)
                return None
            except asyncpg.PostgresError as error:
                if len(batch) == 1:
                    return batch[0].settle(error)
                for queued in batch:
                    await self._commit([queued])
                return None


def _to_try_again(batch: Sequence[QueuedAppend], error: Exception) -> list[QueuedAppend]:
    """The appends before their deadline; the others are settled as Unavailable."""
    now_s = asyncio.get_running_loop().time()
    is_full = isinstance(error, asyncpg.DiskFullError)
    in_time: list[QueuedAppend] = []
    for queued in batch:
        if queued.deadline > now_s and not is_full:
            in_time.append(queued)
        else:
            unavailable = Unavailable(str(error) or type(error).__name__)
            unavailable.__cause__ = error
            queued.settle(unavailable)
    return in_time
