"""Live feed: the events of the log as they are appended, read once for the whole node."""

import logging
from collections.abc import AsyncIterator, Callable, Sequence
from typing import Self

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.outage import Outage
from intersessional.concurrency.signal import Signal
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.log_row import LogRow
from intersessional.infra.event_store.recent_events import RecentEvents
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.connection_errors import OUTAGE_ERRORS
from intersessional.projections.kernel.epochs import Epochs, RecordChanged
from intersessional.projections.kernel.recorded_event import RecordedEvent

logger = logging.getLogger(__name__)

_READ_EVENTS_MAX = 500
READ_BYTES_MAX = 512 * 1024
"""The states of the events that are read at once; decoded they take some times as much."""
_RETRY_MIN_S = 0.02
_RETRY_MAX_S = 1.0


class LiveFeed(BackgroundService):
    """Reads each new event once and holds the recent ones; earlier events come from the log.

    A follower has only a position, so a slow one takes no memory and misses nothing. While the
    database cannot be reached, followers wait. When another epoch of the log has other events than
    this node has read, they are dropped, and their followers end with RecordChanged.
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
        self._epochs: Epochs | None = None
        self._shared: list[int] = []
        """For each change of the epochs, the last position up to which the events stayed."""
        self._on_loss: list[Callable[[int], None]] = []

    async def __aenter__(self) -> Self:
        self._position, self._epochs = self._tail.position, self._tail.epochs
        self._tail.on_change(self._change_epochs)
        return await super().__aenter__()

    @property
    def epochs(self) -> Epochs:
        """The epochs of the log, as this node has read them; another object after each change."""
        return self._epochs or self._tail.epochs

    def on_loss(self, callback: Callable[[int], None]) -> None:
        """Call back when events that were read are lost, with the last position that stayed.

        No event that came instead was read before the callback.
        """
        self._on_loss.append(callback)

    @property
    def position(self) -> int:
        """The last position that this node has read."""
        return self._position

    @property
    def texts_closed_at(self) -> int:
        """The position of the last event that may have closed texts since this node started."""
        return self._texts_closed_at

    async def follow(self, after: int, until: int | None = None) -> AsyncIterator[RecordedEvent]:
        """Every event after a position, each once and in order, up to ``until`` or without end.

        Raises RecordChanged when the log changes before the position that was reached.
        """
        position, changes = after, len(self._shared)
        while until is None or position < until:
            if changes < len(self._shared):
                shared, changes = min(self._shared[changes:]), len(self._shared)
                if position > shared:
                    raise RecordChanged(shared)
            events = await self._next(position, until)
            for recorded in events:
                if changes < len(self._shared):
                    break
                position = recorded.position
                yield recorded
            if not events:
                await self._advanced.wait()

    async def _next(self, after: int, until: int | None) -> Sequence[RecordedEvent]:
        if after >= self._position:
            return ()
        if (recent := self._recent.after(after, until)) is not None:
            return recent
        rows = await self._read(after, until)
        return [self._codec.recorded(row) for row in rows]

    async def run(self) -> None:
        """Read new events until cancelled."""
        backoff = Backoff(_RETRY_MIN_S, _RETRY_MAX_S)
        while True:
            await self._tail.wait(self._position)
            position, epochs = self._position, self.epochs
            try:
                rows = await self._read(position, None)
            except OUTAGE_ERRORS as error:
                self.outage.failed(error)
                await backoff.wait()
                continue
            self.outage.ended()
            if self.epochs is not epochs:
                continue
            if not rows and self._tail.position > position:
                # Another epoch has begun; the tail tells which.
                self._tail.check()
                await backoff.wait()
                continue
            backoff.reset()
            self._take([self._codec.recorded(row) for row in rows])

    async def _read(self, after: int, until: int | None) -> Sequence[LogRow]:
        """The next events of the present epoch; none where another one has begun."""
        return await self._log.read(
            after,
            _READ_EVENTS_MAX,
            until,
            bytes_max=READ_BYTES_MAX,
            epoch=self.epochs.present,
        )

    def _take(self, events: Sequence[RecordedEvent]) -> None:
        self._recent.extend(events)
        closing = [one.position for one in events if one.may_close_texts]
        self._texts_closed_at = max(closing, default=self._texts_closed_at)
        if events:
            self._position = events[-1].position
            self._advanced.wake_all()

    def _change_epochs(self) -> None:
        """Go back to the last position up to which the events stayed."""
        earlier, self._epochs = self.epochs, self._tail.epochs
        shared = self._epochs.shared_with(earlier)
        self._shared.append(shared)
        if self._position > shared:
            self._position = shared
            # The position may soon be that of another event that closes a text.
            self._texts_closed_at = min(self._texts_closed_at, shared)
            self._recent.clear()
            for callback in self._on_loss:
                callback(shared)
        self._advanced.wake_all()
