"""The clock of the process, and a clock that is compared with the database's."""

import logging
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from intersessional.domain.command_handling.event_store import ClockDiffers

logger = logging.getLogger(__name__)

TOLERANCE_S = 5.0
"""More than NTP corrects in steps, and than a leap second; less than anybody waits for a window."""
ROUND_TRIP_S_MAX = 1.0
"""A slower answer of the database does not tell its time well enough."""


def now() -> datetime:
    """The present instant, in UTC."""
    return datetime.now(UTC)


class CheckedClock:
    """The process's clock, for as long as it agrees with the database's and with the record.

    The database's time is read now and then, and goes on by a timer that never jumps. So a jump of
    either clock is seen at once, or at the next reading. Steady time, by which tokens expire, goes
    on by the timer through a jump of either: it follows two of three.
    """

    def __init__(
        self,
        clock: Callable[[], datetime] = now,
        *,
        tolerance_s: float = TOLERANCE_S,
        timer: Callable[[], float] = time.monotonic,
    ) -> None:
        """``tolerance_s`` is how far the clocks may differ; ``timer`` shows seconds."""
        self._clock = clock
        self._tolerance = timedelta(seconds=tolerance_s)
        self._timer = timer
        self._read: tuple[datetime, float] | None = None
        """The last reading of the database's clock, with the time of the timer."""
        self._steady: tuple[datetime, float] | None = None
        """The last reading that was no jump of the database's clock alone."""
        self._recorded_at: datetime | None = None
        self._fault: str | None = None
        """The fault that was logged last."""

    def __call__(self) -> datetime:
        """The present instant. Raises ClockDiffers."""
        instant = self._clock()
        if (fault := self._checked(instant)) is not None:
            raise ClockDiffers(fault)
        return instant

    def agreed(self) -> datetime:
        """The present instant, whatever was recorded last. Raises ClockDiffers if the clocks do."""
        instant = self._clock()
        if (fault := self._difference(instant)) is not None:
            raise ClockDiffers(fault)
        return instant

    @property
    def fault(self) -> str | None:
        """Why the clock is not to be trusted now, as a sentence; None while it is."""
        return self._checked(self._clock())

    def steady(self) -> datetime:
        """The present instant, which jumps neither with the process's clock nor the database's.

        Before the first reading, by the process's clock.
        """
        return self._clock() if self._steady is None else self._since(self._steady)

    def timer_s(self) -> float:
        """The time of the timer, in seconds."""
        return self._timer()

    def read(self, instant: datetime, recorded_at: datetime | None, asked_at_s: float) -> None:
        """Take a reading of the database's clock, and when the last event was recorded.

        ``asked_at_s`` is the time of the timer when it was asked for.
        """
        answered_at_s = self._timer()
        self._recorded_at = recorded_at
        if answered_at_s - asked_at_s <= ROUND_TRIP_S_MAX:
            self._read = instant, (asked_at_s + answered_at_s) / 2
            if self._steady is None and self._is_past(instant) and not self._is_past(self._clock()):
                # At the start the record is the third clock: the database's has been later.
                self._steady = self._clock(), answered_at_s
            elif not self._has_jumped_alone():
                self._steady = self._read

    def _is_past(self, instant: datetime) -> bool:
        """Whether the last event was recorded after an instant."""
        return self._recorded_at is not None and self._recorded_at - instant > self._tolerance

    def _has_jumped_alone(self) -> bool:
        """Whether the process's clock and the timer agree, and the last reading with neither."""
        if self._steady is None or self._read is None:
            return False
        expected = self._since(self._steady)
        agree = abs(self._clock() - expected) <= self._tolerance
        return agree and abs(self._since(self._read) - expected) > self._tolerance

    def _since(self, reading: tuple[datetime, float]) -> datetime:
        instant, at_s = reading
        return instant + timedelta(seconds=self._timer() - at_s)

    def _checked(self, instant: datetime) -> str | None:
        fault = self._compare(instant)
        if (fault is None) != (self._fault is None):
            if fault is None:
                logger.warning("The clocks agree again; commands are recorded.")
            else:
                logger.error("%s Nothing is recorded meanwhile.", fault)
            self._fault = fault
        return fault

    def _difference(self, instant: datetime) -> str | None:
        """How far the clocks differ, where that is too far."""
        difference = timedelta() if self._read is None else instant - self._since(self._read)
        if abs(difference) > self._tolerance:
            seconds = difference.total_seconds()
            word = "ahead of" if seconds > 0 else "behind"
            return f"The server's clock is {abs(seconds):.0f} s {word} the database's."
        return None

    def _compare(self, instant: datetime) -> str | None:
        if (difference := self._difference(instant)) is not None:
            return difference
        if self._recorded_at is not None and self._is_past(instant):
            seconds = (self._recorded_at - instant).total_seconds()
            return f"The last event of the record was recorded {seconds:.0f} s from now."
        return None
