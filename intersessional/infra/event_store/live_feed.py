"""The record as it grows, for everyone on this node who follows it."""

import asyncio
import logging
from collections.abc import AsyncIterator, Sequence
from types import TracebackType
from typing import Self

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.recent_events import RecentEvents
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.projections.kernel.recorded_event import RecordedEvent

logger = logging.getLogger(__name__)

_PAGE = 500
_PAUSE_MIN_S = 0.02
_PAUSE_MAX_S = 1.0


class LiveFeed:
    """Reads every new event once and keeps the latest ones; who is further behind reads the log.

    A follower holds nothing but a position, so a slow one costs no memory and misses nothing.
    While the database cannot be reached, it waits.
    """

    def __init__(self, log: EventLog, codec: Codec, tail: Tail) -> None:
        """Begin with nothing kept, at the head."""
        self._log = log
        self._codec = codec
        self._tail = tail
        self._latest = RecentEvents()
        self._position = 0
        self._moved = asyncio.Event()
        self._tasks = Tasks()
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._position = (await self._log.head()).position
        await self._tasks.__aenter__()
        self._reader = self._tasks.create_task(self._read(), name="feed")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reader is not None:
            self._reader.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    @property
    def position(self) -> int:
        """How far this node has read."""
        return self._position

    async def follow(self, after: int, until: int | None = None) -> AsyncIterator[RecordedEvent]:
        """Every event after a position, each once and in order: first the past, then live.

        It ends with ``until``, where that is given.
        """
        position = after
        while until is None or position < until:
            moved = self._moved
            events = await self._next(position, until)
            for recorded in events:
                position = recorded.position
                yield recorded
            if not events:
                await moved.wait()

    async def _next(self, after: int, until: int | None) -> Sequence[RecordedEvent]:
        if after >= self._position:
            return ()
        if (kept := self._latest.after(after, until)) is not None:
            return kept
        rows = await self._log.read(after, _PAGE, until)
        return [self._codec.recorded(row) for row in rows]

    async def _read(self) -> None:
        pause = _PAUSE_MIN_S
        while True:
            await self._tail.wait(self._position)
            try:
                rows = await self._log.read(self._position, _PAGE)
            except CONNECTION_ERRORS as error:
                logger.warning("the feed waits at %d: %r", self._position, error)
                await asyncio.sleep(pause)
                pause = min(2 * pause, _PAUSE_MAX_S)
                continue
            pause = _PAUSE_MIN_S
            self._latest.extend([self._codec.recorded(row) for row in rows])
            if rows:
                self._position = rows[-1].position
                moved, self._moved = self._moved, asyncio.Event()
                moved.set()
