"""Follows the event log and folds its events into the views."""

import asyncio
import logging
from collections.abc import Sequence
from typing import Any, Self

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.connection import SCHEMA, Connection
from intersessional.infra.postgres.connection_errors import OUTAGE_ERRORS
from intersessional.infra.postgres.database_outage import DatabaseOutage
from intersessional.infra.postgres.reconnecting import ReconnectingConnection
from intersessional.infra.read_models.projector.projector_session import ProjectorSession
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.log_context import begin_log_context
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.kernel.view_fold import ViewFold

logger = logging.getLogger(__name__)

CHANNEL = "view_heads"
POLL_S = 1.0
RETRY_MIN_S = 0.02
BATCH_MAX = 1_000
CALL_TIMEOUT_S = 20.0

# Views can be folded again, so a commit need not wait for the disk: after a crash of the server
# documents and checkpoints are both a little older. A leader whose machine is gone must not keep
# its locks for the hours that TCP takes to notice.
_SETTINGS = """
SET synchronous_commit = off;
SET tcp_keepalives_idle = 10;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3;
"""


class Projector(BackgroundService):
    """Moves the views of this node that no other node leads, and follows the others.

    Each node has one, on a connection of its own. ``batch_max`` is the number of events that it
    folds into the served views in one transaction.
    """

    progress: ViewProgress
    """The position that the views of this node have reached."""

    def __init__(
        self,
        dsn: str,
        *,
        log: EventLog,
        codec: Codec,
        tail: Tail,
        views: Sequence[AnyView],
        schema: str = SCHEMA,
        batch_max: int = BATCH_MAX,
    ) -> None:
        """Raises ValueError when two views have the same name.

        Raises TypeError when the documents of a view could not be read back.
        """
        if len({view.name for view in views}) < len(views):
            raise ValueError("two views have the same name")
        super().__init__()
        self.progress = ViewProgress(views, self.wake)
        self._connection = ReconnectingConnection(dsn, schema)
        self._log = log
        self._codec = codec
        self._tail = tail
        self._view_folds: list[ViewFold[Any]] = [ViewFold(view) for view in views]
        self._batch_max = batch_max
        self._wake_up = asyncio.Event()
        self.outage = DatabaseOutage(logger, "the projector")
        self._is_renewed = False
        self._tail_task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await super().__aenter__()
        self._tail_task = self.spawn(self._follow_tail(), name="Projector's tail")
        return self

    def stop(self) -> None:
        """Cancel both tasks."""
        super().stop()
        if self._tail_task is not None:
            self._tail_task.cancel()

    def renew(self) -> None:
        """Fold with a new session, which has nothing in memory."""
        self._is_renewed = True
        self.wake()

    def wake(self) -> None:
        """Look for new events now."""
        self._wake_up.set()

    async def _follow_tail(self) -> None:
        position = 0
        while True:
            position = await self._tail.wait(position)
            self.wake()

    async def run(self) -> None:
        """Update the views until cancelled, on a new connection whenever one is lost."""
        begin_log_context()
        backoff = Backoff(RETRY_MIN_S, POLL_S)
        try:
            while True:
                try:
                    async with asyncio.timeout(CALL_TIMEOUT_S):
                        session = await self._open_session(await self._connection.get())
                    self._is_renewed = False
                    while not self._is_renewed:
                        self._wake_up.clear()
                        async with asyncio.timeout(CALL_TIMEOUT_S):
                            worked = await session.work()
                        backoff.reset()
                        self.outage.ended()
                        if not worked and not self._is_renewed:
                            await self._sleep()
                    await self._connection.drop()
                except OUTAGE_ERRORS as error:
                    self.outage.failed(error)
                    await self._connection.drop()
                    await backoff.wait()
        finally:
            self.progress.close()
            await self._connection.drop()

    async def _open_session(self, connection: Connection) -> ProjectorSession:
        await connection.execute(_SETTINGS)
        session = ProjectorSession(
            connection,
            log=self._log,
            codec=self._codec,
            view_folds=self._view_folds,
            progress=self.progress,
            batch_max=self._batch_max,
        )
        own_pid = connection.get_server_pid()

        def on_notification(_: object, pid: int, *__: object) -> None:
            if pid != own_pid:
                session.refresh_soon()
                self.wake()

        connection.add_termination_listener(lambda _: self.wake())
        await connection.add_listener(CHANNEL, on_notification)
        return session

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(POLL_S):
                await self._wake_up.wait()
        except TimeoutError:
            return
