"""Tail of the log: wakes readers when events are appended."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.signal import Signal
from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.postgres.connection import SCHEMA, Connection
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.outage import Outage
from intersessional.infra.postgres.reconnecting import ReconnectingConnection

logger = logging.getLogger(__name__)

CHANNEL = "stored_events"
POLL_S = 1.0
READ_TIMEOUT_S = 5.0
RETRY_MIN_S = 0.02
RETRY_MAX_S = 1.0


class Tail(BackgroundService):
    """Follows the last position of the log on one LISTEN connection for the whole node.

    A notification only triggers a read of the position. It is read once more right after LISTEN,
    and every ``POLL_S`` seconds in case a notification was lost. While the database cannot be
    reached, readers wait.
    """

    position: int
    """The last position that was read; 0 before the first read."""

    outage: Outage

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = SCHEMA,
        wakes: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        """``wakes`` are called when their channel is notified, and after each reconnection."""
        super().__init__()
        self.position = 0
        self.outage = Outage(logger, "the tail of the log")
        self._wakes = wakes
        self._connection = ReconnectingConnection(dsn, schema)
        self._notified = asyncio.Event()
        self._advanced = Signal()

    async def wait(self, after: int) -> int:
        """Wait for a position after this one and answer the last position. Raises Closed."""
        while self.position <= after:
            if not self.running:
                raise Closed
            await self._advanced.wait()
        return self.position

    async def run(self) -> None:
        """Follow the log until cancelled; reconnect after connection errors."""
        backoff = Backoff(RETRY_MIN_S, RETRY_MAX_S)
        try:
            while True:
                try:
                    async with asyncio.timeout(READ_TIMEOUT_S):
                        connection = await self._listen()
                    while True:
                        self._notified.clear()
                        async with asyncio.timeout(READ_TIMEOUT_S):
                            await self._read_position(connection)
                        backoff.reset()
                        self.outage.ended()
                        await self._wait_notified()
                except CONNECTION_ERRORS as error:
                    self.outage.failed(error)
                    await self._connection.drop()
                    await backoff.wait()
        finally:
            await self._connection.drop()
            self._advanced.wake_all()

    async def _listen(self) -> Connection:
        connection = await self._connection.get()
        connection.add_termination_listener(self._on_stored_events)
        await connection.add_listener(CHANNEL, self._on_stored_events)
        for channel, wake in self._wakes.items():
            await connection.add_listener(channel, self._on_notification)
            wake()
        return connection

    async def _read_position(self, connection: Connection) -> None:
        position = int(await connection.fetchval("SELECT position FROM head"))
        if position > self.position:
            self.position = position
            self._advanced.wake_all()

    async def _wait_notified(self) -> None:
        try:
            async with asyncio.timeout(POLL_S):
                await self._notified.wait()
        except TimeoutError:
            return

    def _on_stored_events(self, *_: object) -> None:
        self._notified.set()

    def _on_notification(self, _: object, __: object, channel: str, ___: object) -> None:
        self._wakes[channel]()
