"""The most recent events of the log, in memory."""

from collections.abc import Sequence

from intersessional.projections.kernel.recorded_event import RecordedEvent

EVENTS_MAX = 4_096
BYTES_MAX = 8 * 1024 * 1024
READ_MAX = 500
"""Events that a follower takes at once."""


class RecentEvents:
    """Holds consecutive events: up to ``2 * events_max``, and ``2 * bytes_max`` bytes."""

    def __init__(self, *, events_max: int = EVENTS_MAX, bytes_max: int = BYTES_MAX) -> None:
        self._events_max = events_max
        self._bytes_max = bytes_max
        self._events: list[RecordedEvent] = []
        self._bytes = 0

    def extend(self, events: Sequence[RecordedEvent]) -> None:
        """Add the next events; drop the oldest ones above the bounds."""
        self._events += events
        self._bytes += sum(one.held_bytes for one in events)
        if len(self._events) > 2 * self._events_max or self._bytes > 2 * self._bytes_max:
            self._shrink()

    def clear(self) -> None:
        """Drop all events."""
        self._events.clear()
        self._bytes = 0

    def after(self, position: int, until: int | None) -> Sequence[RecordedEvent] | None:
        """The next events after a position, up to another; None when one of them was dropped."""
        if not self._events or self._events[0].position > position + 1:
            return None
        first = self._events[0].position
        end = position + READ_MAX if until is None else min(until, position + READ_MAX)
        return self._events[position + 1 - first : end + 1 - first]

    def _shrink(self) -> None:
        # Half is dropped at a time: moving a list by one for each event would cost more.
        gone = 0
        while len(self._events) - gone > self._events_max or self._bytes > self._bytes_max:
            self._bytes -= self._events[gone].held_bytes
            gone += 1
        del self._events[:gone]
