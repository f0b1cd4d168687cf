"""The one writer of a node: it groups what is asked at the same time into one commit."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import asyncpg

from intersessional.concurrency.tasks import Tasks
from intersessional.domain.kernel.event_store import Closed, Unavailable
from intersessional.infra.event_store.append.append_queue import AppendQueue, QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.writer import Writer
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.reconnecting import ReconnectingConnection

PAUSE_MIN_S = 0.02
PAUSE_MAX_S = 1.0
CALL_MAX_S = 20.0
"""A commit that takes longer has lost its connection; the server itself gives up before."""


def now() -> datetime:
    """The moment, in UTC."""
    return datetime.now(UTC)


class Sequencer:
    """Records appends in one order, many to a commit.

    It takes one connection of its own. Any number of nodes may have one each on
    the same database. ``patience`` is how many seconds an append waits while the database cannot
    be reached, ``waiting_max`` how many may wait.
    """

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = SCHEMA,
        clock: Callable[[], datetime] = now,
        patience: float = 30.0,
        waiting_max: int = 4096,
    ) -> None:
        self._link = ReconnectingConnection(dsn, schema)
        self._writer = Writer(self._link, clock)
        self._waiting = AppendQueue(waiting_max)
        self._patience = patience
        self._tasks = Tasks()
        self._open = False

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._tasks.create_task(self._run(), name="sequencer")
        self._open = True
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Record what still waits, then stop; after an error stop at once."""
        self._open = False
        self._waiting.close()
        await self._tasks.__aexit__(kind, error, trace)

    async def append(self, append: AppendRequest) -> tuple[RecordedCommand, ...]:
        """Record an append and answer after its commit, in the order of its commands.

        A command that was recorded before is answered as a repeat. Raises StaleVersion,
        CommandReused, TooBusy, Unavailable or Closed, and asyncpg.PostgresError for rows that the
        database refuses.
        """
        if not self._open:
            raise Closed
        pending = QueuedAppend(append, asyncio.get_running_loop(), self._patience)
        self._waiting.put(pending)
        return await pending.outcome

    async def _run(self) -> None:
        batch: list[QueuedAppend] = []
        try:
            while batch := await self._waiting.take():
                await self._record(batch)
        finally:
            self._open = False
            for pending in batch:
                pending.settle(Closed())
            self._waiting.fail(Closed())
            await self._link.drop()

    async def _record(self, batch: Sequence[QueuedAppend]) -> None:
        """Commit a batch, however often the connection is lost.

        After a loss its fate is unknown; trying again tells, because its command ids are recorded
        with it. What the database will never take is found by trying each append alone.
        """
        pause = PAUSE_MIN_S
        while True:
            try:
                async with asyncio.timeout(CALL_MAX_S):
                    return await self._writer.commit(batch)
            except CONNECTION_ERRORS as error:
                await self._link.drop()
                batch = _within_patience(batch, error)
                if not batch:
                    return None
                await asyncio.sleep(pause)
                pause = min(2 * pause, PAUSE_MAX_S)
            except asyncpg.PostgresError as error:
                if len(batch) == 1:
                    return batch[0].settle(error)
                for pending in batch:
                    await self._record([pending])
                return None


def _within_patience(batch: Sequence[QueuedAppend], error: Exception) -> list[QueuedAppend]:
    """The appends of a batch that are tried again; the others are told that nothing is known."""
    now_s = asyncio.get_running_loop().time()
    patient: list[QueuedAppend] = []
    for pending in batch:
        if pending.deadline > now_s:
            patient.append(pending)
        else:
            unavailable = Unavailable(str(error) or type(error).__name__)
            unavailable.__cause__ = error
            pending.settle(unavailable)
    return patient
