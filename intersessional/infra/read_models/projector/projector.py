"""Follows the record and folds it into the views."""

import asyncio
import logging
from collections.abc import Sequence
from types import TracebackType
from typing import Any, Self

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.connection import SCHEMA, Connection
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.reconnecting import ReconnectingConnection
from intersessional.infra.read_models.projector.projector_session import ProjectorSession
from intersessional.infra.read_models.view_fold import ViewFold
from intersessional.infra.read_models.view_progress import ViewProgress
from intersessional.projections.kernel.view import AnyView

_LOGGER = logging.getLogger(__name__)

CHANNEL = "view_heads"
POLL_S = 1.0
PAUSE_MIN_S = 0.02
BATCH_MAX = 1_000
CALL_MAX_S = 20.0

# Views can be folded again, so their commits need not reach the disk one by one: after a crash of
# the server they stand a little earlier, documents and heads alike. A leader whose machine is
# gone must not keep its locks for the hours that TCP takes to notice.
_SETTINGS = """
SET synchronous_commit = off;
SET tcp_keepalives_idle = 10;
SET tcp_keepalives_interval = 5;
SET tcp_keepalives_count = 3;
"""


class Projector:
    """Moves the views of this node as far as no other node moves them, and follows the others.

    Each node has one. It keeps one connection of its own. ``batch_max`` is how
    many events it folds into what is served in one transaction.
    """

    horizon: ViewProgress
    """How far this node's views have come."""

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
        """Raises ValueError when two views share a name, TypeError when documents of one could
        not be read back.
        """
        if len({view.name for view in views}) < len(views):
            raise ValueError("two views have the same name")
        self.horizon = ViewProgress(views, self.kick)
        self._link = ReconnectingConnection(dsn, schema)
        self._log = log
        self._codec = codec
        self._tail = tail
        self._folders: list[ViewFold[Any]] = [ViewFold(view) for view in views]
        self._batch_max = batch_max
        self._woken = asyncio.Event()
        self._tasks = Tasks()
        self._running: list[asyncio.Task[None]] = []

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._running = [
            self._tasks.create_task(self._run(), name="projector"),
            self._tasks.create_task(self._watch(), name="projector's tail"),
        ]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for task in self._running:
            task.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    def kick(self) -> None:
        """Look at the record now: there may be something new."""
        self._woken.set()

    async def _watch(self) -> None:
        position = 0
        while True:
            position = await self._tail.wait(position)
            self.kick()

    async def _run(self) -> None:
        pause = PAUSE_MIN_S
        try:
            while True:
                try:
                    async with asyncio.timeout(CALL_MAX_S):
                        session = await self._begin(await self._link.get())
                    while True:
                        self._woken.clear()
                        async with asyncio.timeout(CALL_MAX_S):
                            worked = await session.work()
                        pause = PAUSE_MIN_S
                        if not worked:
                            await self._sleep()
                except CONNECTION_ERRORS as error:
                    _LOGGER.warning("the projector begins anew: %r", error)
                    await self._link.drop()
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, POLL_S)
        finally:
            self.horizon.close()
            await self._link.drop()

    async def _begin(self, connection: Connection) -> ProjectorSession:
        await connection.execute(_SETTINGS)
        session = ProjectorSession(
            connection,
            log=self._log,
            codec=self._codec,
            folders=self._folders,
            horizon=self.horizon,
            batch_max=self._batch_max,
        )
        own = connection.get_server_pid()

        def heard(_: object, pid: int, *__: object) -> None:
            if pid != own:
                session.look_again()
                self.kick()

        connection.add_termination_listener(lambda _: self.kick())
        await connection.add_listener(CHANNEL, heard)
        return session

    async def _sleep(self) -> None:
        try:
            async with asyncio.timeout(POLL_S):
                await self._woken.wait()
        except TimeoutError:
            return
