"""Tail of the log: wakes readers when events are appended, and when the log is another one."""

import asyncio
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.signal import Signal
from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.clock import CheckedClock
from intersessional.infra.event_store.epoch_rows import READ_EPOCHS, epochs_of
from intersessional.infra.postgres.connection import SCHEMA, Connection
from intersessional.infra.postgres.connection_errors import OUTAGE_ERRORS
from intersessional.infra.postgres.database_outage import DatabaseOutage
from intersessional.infra.postgres.reconnecting import ReconnectingConnection
from intersessional.projections.kernel.epochs import Epochs

logger = logging.getLogger(__name__)

CHANNEL = "stored_events"
POLL_S = 1.0
READ_TIMEOUT_S = 5.0
RETRY_MIN_S = 0.02
RETRY_MAX_S = 1.0

_STATE = """
SELECT *, clock_timestamp() AS now, (SELECT recorded_at FROM head) AS recorded_at
  FROM log_state($1)
"""
_DISOWN = "SELECT disown_epoch($1, $2, $3)"


class Tail(BackgroundService):
    """Follows the last position of the log on one LISTEN connection for the whole node.

    A notification only triggers a read of the position. It is read once more right after LISTEN,
    and every ``POLL_S`` seconds in case a notification was lost. While the database cannot be
    reached, readers wait.

    Each read compares the epoch, and the leaf of the event that was the last one before: a server
    that was restarted, replaced or restored is noticed, and one that its owner has set back.
    """

    position: int
    """The last position that was read; 0 before the first read."""

    outage: DatabaseOutage

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = SCHEMA,
        wakes: Mapping[str, Callable[[], None]] = MappingProxyType({}),
        clock: CheckedClock | None = None,
    ) -> None:
        """``wakes`` are called when their channel is notified, and after each reconnection.

        ``clock`` is compared with the database's at each read.
        """
        super().__init__()
        self.position = 0
        self.outage = DatabaseOutage(logger, "the tail of the log")
        self._shared: list[int] = []
        """For each change of the epochs, the last position up to which the events stayed."""
        self._leaf: bytes | None = None
        self._epochs: Epochs | None = None
        self._wakes = wakes
        self._clock = clock or CheckedClock()
        self._on_change: list[Callable[[], None]] = []
        self._connection = ReconnectingConnection(dsn, schema)
        self._listening: Connection | None = None
        self._notified = asyncio.Event()
        self._advanced = Signal()

    async def __aenter__(self) -> Self:
        try:
            async with asyncio.timeout(READ_TIMEOUT_S):
                await self._read_state(await self._listen())
        except BaseException:
            await self._connection.drop()
            raise
        return await super().__aenter__()

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        try:
            await super().__aexit__(kind, error, trace)
        finally:
            await self._connection.drop()

    @property
    def epochs(self) -> Epochs:
        """The epochs of the log. Raises RuntimeError before the first read."""
        if self._epochs is None:
            raise RuntimeError("the tail is not entered")
        return self._epochs

    def on_change(self, callback: Callable[[], None]) -> None:
        """Call back whenever another epoch has begun, once ``epochs`` and ``position`` are its."""
        self._on_change.append(callback)

    def check(self) -> None:
        """Read the state of the log now."""
        self._notified.set()

    async def wait(self, after: int) -> int:
        """Wait for a position after this one and answer the last position. Raises Closed.

        It returns an earlier position once the event at this one is lost.
        """
        changes = len(self._shared)
        while self.position <= after <= min(self._shared[changes:], default=after):
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
                            await self._read_state(connection)
                        backoff.reset()
                        self.outage.ended()
                        await self._wait_notified()
                except OUTAGE_ERRORS as error:
                    self.outage.failed(error)
                    await self._connection.drop()
                    await backoff.wait()
        finally:
            self._advanced.wake_all()

    async def _listen(self) -> Connection:
        connection = await self._connection.get()
        if connection is self._listening:
            return connection
        connection.add_termination_listener(self._on_stored_events)
        await connection.add_listener(CHANNEL, self._on_stored_events)
        for channel, wake in self._wakes.items():
            await connection.add_listener(channel, self._on_notification)
            wake()
        self._listening = connection
        return connection

    async def _read_state(self, connection: Connection) -> None:
        asked_at_s = self._clock.timer_s()
        [state] = await connection.fetch(_STATE, self.position)
        self._clock.read(state["now"], state["recorded_at"], asked_at_s)
        if self._epochs is None or state["epoch"] != self._epochs.present:
            epochs = epochs_of(await connection.fetch(READ_EPOCHS))
            if epochs.present == state["epoch"]:
                self._begin(epochs, state["stands"], state["leaf"])
            else:
                self.check()
        elif state["read_leaf"] != self._leaf:
            logger.error("the log lost or changed what it held up to %d", self.position)
            await connection.execute(_DISOWN, state["epoch"], self.position, self._leaf)
            self.check()
        elif state["stands"] > self.position:
            self.position, self._leaf = state["stands"], state["leaf"]
            self._advanced.wake_all()

    def _begin(self, epochs: Epochs, position: int, leaf: bytes | None) -> None:
        """Follow another epoch, or the first one."""
        earlier, self._epochs = self._epochs, epochs
        read, self.position, self._leaf = self.position, position, leaf
        if earlier is not None:
            shared = epochs.shared_with(earlier)
            level = logging.INFO if shared >= read else logging.ERROR
            logger.log(
                level,
                "epoch %s of the log begins; of what was read up to %d it has what is up to %d",
                epochs.present,
                read,
                min(read, shared),
            )
            self._shared.append(shared)
            for callback in self._on_change:
                callback()
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
