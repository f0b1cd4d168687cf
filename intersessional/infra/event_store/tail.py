"""Wakes whoever waits for the log to grow."""

import asyncio
from collections.abc import Callable, Mapping
from types import MappingProxyType, TracebackType
from typing import Self

from intersessional.concurrency.tasks import Tasks
from intersessional.domain.kernel.event_store import Closed
from intersessional.infra.postgres.connection import SCHEMA, Connection
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.reconnecting import ReconnectingConnection

CHANNEL = "stored_events"
POLL_S = 1.0
READ_MAX_S = 5.0
PAUSE_MIN_S = 0.02


class Tail:
    """Follows the head of the log on one LISTEN connection for the whole node.

    A notification is only a wake-up: the position is read, once more right after LISTEN became
    active, and every second in case one was lost. While the database cannot be reached, who waits
    goes on waiting.
    """

    position: int
    """The last position this node knows of; 0 before the first look."""

    def __init__(
        self,
        dsn: str,
        *,
        schema: str = SCHEMA,
        wakes: Mapping[str, Callable[[], None]] = MappingProxyType({}),
    ) -> None:
        """``wakes`` are called when their channel is notified, and whenever that was lost."""
        self.position = 0
        self._wakes = wakes
        self._link = ReconnectingConnection(dsn, schema)
        self._woken = asyncio.Event()
        self._moved = asyncio.Event()
        self._tasks = Tasks()
        self._follower: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._tasks.__aenter__()
        self._follower = self._tasks.create_task(self._follow(), name="tail")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._follower is not None:
            self._follower.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    async def wait(self, after: int) -> int:
        """Answer the head's position once it lies after this one. Raises Closed."""
        while self.position <= after:
            if self._follower is None or self._follower.done():
                raise Closed
            await self._moved.wait()
        return self.position

    async def _follow(self) -> None:
        pause = PAUSE_MIN_S
        try:
            while True:
                try:
                    async with asyncio.timeout(READ_MAX_S):
                        connection = await self._listen()
                    while True:
                        self._woken.clear()
                        async with asyncio.timeout(READ_MAX_S):
                            await self._look(connection)
                        pause = PAUSE_MIN_S
                        await self._sleep(POLL_S)
                except CONNECTION_ERRORS:
                    await self._link.drop()
                    await asyncio.sleep(pause)
                    pause = min(2 * pause, POLL_S)
        finally:
            await self._link.drop()
            self._wake_all()

    async def _listen(self) -> Connection:
        connection = await self._link.get()
        connection.add_termination_listener(self._wake)
        await connection.add_listener(CHANNEL, self._wake)
        for channel, wake in self._wakes.items():
            await connection.add_listener(channel, self._heard)
            wake()
        return connection

    async def _look(self, connection: Connection) -> None:
        position = int(await connection.fetchval("SELECT position FROM head"))
        if position > self.position:
            self.position = position
            self._wake_all()

    async def _sleep(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._woken.wait()
        except TimeoutError:
            return

    def _wake(self, *_: object) -> None:
        self._woken.set()

    def _heard(self, _: object, __: object, channel: str, ___: object) -> None:
        self._wakes[channel]()

    def _wake_all(self) -> None:
        moved, self._moved = self._moved, asyncio.Event()
        moved.set()
