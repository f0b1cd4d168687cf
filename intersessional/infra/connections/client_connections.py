"""The client connections of a node: heartbeats, and closing them when the node stops."""

import asyncio
import logging
import random
from collections.abc import Callable, Coroutine, Generator
from contextlib import contextmanager
from typing import Any, ClassVar, Protocol

from intersessional.concurrency.background_service import BackgroundService
from intersessional.projections.kernel.epochs import PositionInEpoch

logger = logging.getLogger(__name__)

RECONNECT_MS_MAX = 5_000
CONNECTIONS_PER_TURN = 500
"""Heartbeats that are sent before other tasks get a turn."""


class ClientConnection(Protocol):
    """One WebSocket, or one stream of Server-Sent Events."""

    KIND: ClassVar[str]
    """The protocol in a word, for the metrics."""

    @property
    def unsent_bytes(self) -> int:
        """The bytes that the client has not taken yet."""
        ...

    def send_heartbeat(self, log_position: PositionInEpoch) -> None:
        """Show that the connection is alive, and send the log's position."""
        ...

    def close_for_restart(self, reconnect_ms: int) -> None:
        """Close because the node stops; the client reconnects after ``reconnect_ms``."""
        ...


class ClientConnections(BackgroundService):
    """Sends heartbeats to all connections, and owns their tasks."""

    def __init__(self, log_position: Callable[[], PositionInEpoch], *, heartbeat_s: float) -> None:
        """``heartbeat_s`` is the time between heartbeats."""
        super().__init__()
        self._log_position = log_position
        self._heartbeat_s = heartbeat_s
        self._connections: set[ClientConnection] = set()

    @contextmanager
    def track(self, connection: ClientConnection) -> Generator[None]:
        """Send heartbeats to a connection until exit."""
        self._connections.add(connection)
        try:
            yield
        finally:
            self._connections.discard(connection)

    def spawn(
        self, work: Coroutine[Any, Any, None], *, name: str = "connection"
    ) -> asyncio.Task[None]:
        """Start a task of one connection; its failure is logged, and ends no other one."""
        task = super().spawn(_log_failure(work), name=name)
        # A task that is cancelled before it starts does not close its coroutine.
        task.add_done_callback(lambda _: work.close())
        return task

    def by_kind(self) -> dict[str, list[int]]:
        """The unsent bytes of each connection, by its kind."""
        unsent: dict[str, list[int]] = {}
        for connection in tuple(self._connections):
            unsent.setdefault(connection.KIND, []).append(connection.unsent_bytes)
        return unsent

    def drain(self) -> None:
        """Close all connections; each client gets a random time to reconnect after."""
        for connection in tuple(self._connections):
            connection.close_for_restart(random.randrange(RECONNECT_MS_MAX))

    def stop(self) -> None:
        """Stop the heartbeats, and close all connections."""
        super().stop()
        self.drain()

    async def run(self) -> None:
        """Send heartbeats until cancelled."""
        while True:
            await asyncio.sleep(self._heartbeat_s)
            position = self._log_position()
            for number, connection in enumerate(tuple(self._connections), 1):
                connection.send_heartbeat(position)
                if number % CONNECTIONS_PER_TURN == 0:
                    await asyncio.sleep(0)


async def _log_failure(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception:
        # The other connections go on.
        logger.exception("a task of a connection failed")
