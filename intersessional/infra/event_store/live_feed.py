"""Live feed: the events of the log as they are appended, read once for the whole node."""

import logging
from collections.abc import AsyncIterator, Sequence
from typing import Self

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.signal import Signal
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.recent_events import RecentEvents
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.outage import Outage
from intersessional.projections.kernel.recorded_event import RecordedEvent

logger = logging.getLogger(__name__)

_READ_EVENTS_MAX = 500
_READ_BYTES_MAX = 512 * 1024
"""The states of the events that are read at once; decoded they take some times as much."""
_RETRY_MIN_S = 0.02
_RETRY_MAX_S = 1.0


class LiveFeed(BackgroundService):
    """Reads each new event once and holds the recent ones; earlier events come from the log.

    A follower has only a position, so a slow one takes no memory and misses nothing. While the
    database cannot be reached, followers wait.
    """

    def __init__(self, log: EventLog, codec: Codec, tail: Tail) -> None:
        super().__init__()
        self._log = log
        self._codec = codec
        self._tail = tail
        self._recent = RecentEvents()
        self._position = 0
        self._texts_closed_at = 0
        self._advanced = Signal()
        self.outage = Outage(logger, "the live feed")

    async def __aenter__(self) -> Self:
        self._position = (await self._log.head()).position
        return await super().__aenter__()

    @property
    def position(self) -> int:
        """The last position that this node has read."""
        return self._position

    @property
    def texts_closed_at(self) -> int:
        """The position of the last event that may have closed texts since this node started."""
        return self._texts_closed_at

    async def follow(self, after: int, until: int | None = None) -> AsyncIterator[RecordedEvent]:
        """Every event after a position, each once and in order, up to ``until`` or without end."""
        position = after
        while until is None or position < until:
            events = await self._next(position, until)
            for recorded in events:
                position = recorded.position
                yield recorded
            if not events:
                await self._advanced.wait()

    async def _next(self, after: int, until: int | None) -> Sequence[RecordedEvent]:
        if after >= self._position:
            return ()
        if (recent := self._recent.after(after, until)) is not None:
            return recent
        rows = await self._log.read(after, _READ_EVENTS_MAX, until, bytes_max=_READ_BYTES_MAX)
        return [self._codec.recorded(row) for row in rows]

    async def run(self) -> None:
        """Read new events until cancelled."""
        backoff = Backoff(_RETRY_MIN_S, _RETRY_MAX_S)
        while True:
            await self._tail.wait(self._position)
            try:
                rows = await self._log.read(
                    self._position, _READ_EVENTS_MAX, bytes_max=_READ_BYTES_MAX
                )
            except CONNECTION_ERRORS as error:
                self.outage.failed(error)
                await backoff.wait()
                continue
            backoff.reset()
            self.outage.ended()
            events = [self._codec.recorded(row) for row in rows]
            self._recent.extend(events)
            closing = [one.position for one in events if one.may_close_texts]
            self._texts_closed_at = max(closing, default=self._texts_closed_at)
            if rows:
                self._position = rows[-1].position
                self._advanced.wake_all()
