"""The time in which a call is open, and its state at an instant."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum

from intersessional.domain.kernel.occurred import Occurred, Precision
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.time_zones import zone


class CallState(Enum):
    """The state of a call at an instant."""

    ANNOUNCED = "ANNOUNCED"
    """Launched, and not open yet."""
    OPEN = "OPEN"
    """Open: contributions are taken."""
    CLOSED = "CLOSED"
    """Closed, by its last day or before."""


@dataclass(frozen=True, slots=True)
class CallPeriod:
    """When a call opens and closes, as precisely as is known, in a time zone; else in UTC."""

    opens: Occurred
    closes: Occurred | None = None
    time_zone: str | None = None

    @property
    def opens_at(self) -> datetime:
        """The first instant at which it can be open: its first day begins at midnight there."""
        if self.opens.precision is Precision.INSTANT:
            return self.opens.begins
        return self.opens.first_midnight(zone(self.time_zone) if self.time_zone else UTC)

    @property
    def closes_at(self) -> datetime | None:
        """The instant from which it is closed: its last day ends there; None without an end."""
        if self.closes is None or self.closes.precision is Precision.INSTANT:
            return None if self.closes is None else self.closes.ends
        return self.closes.last_midnight(zone(self.time_zone) if self.time_zone else UTC)

    def check(self) -> None:
        """Check that it opens before it closes (DOMAIN row 3). Raises BadValue."""
        if self.closes_at is not None and self.opens_at >= self.closes_at:
            raise BadValue(field="closes", problem="it is not after the call opens.")

    def within(self, known: "CallPeriod") -> bool:
        """Whether it is a known period, told more exactly."""
        closes = known.closes is None or (
            self.closes is not None and self.closes.within(known.closes)
        )
        return self.opens.within(known.opens) and closes

    def extends(self, known: "CallPeriod") -> bool:
        """Whether it opens as a known period does, and closes later."""
        longer = known.closes_at is not None and (
            self.closes_at is None or self.closes_at > known.closes_at
        )
        return longer and self.opens_at == known.opens_at

    def state_at(self, instant: datetime, closed: Occurred | None = None) -> CallState:
        """The state at an instant, of a call that was ``closed`` before its end, where it was."""
        if closed is not None and closed.certain_by(instant):
            return CallState.CLOSED
        if instant < self.opens_at:
            return CallState.ANNOUNCED
        over = self.closes_at is not None and instant >= self.closes_at
        return CallState.CLOSED if over else CallState.OPEN
