"""When a comment window opens and closes, by rule."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKS_BY_DEFAULT = 6


@dataclass(frozen=True)
class WindowRule:
    """What a window follows from: the days of the annual meeting, and how long before it opens.

    Days are days at the place of the meeting. A window opens as the day begins that is so many
    days before the first, and closes as the last day ends: there, midnight after the meeting.
    """

    starts_on: date
    ends_on: date
    time_zone: str
    days_before: int

    @property
    def opens_at(self) -> datetime:
        """The first instant of the window, in UTC."""
        return beginning(self.starts_on - timedelta(days=self.days_before), self.time_zone)

    @property
    def closes_at(self) -> datetime:
        """The first instant after the window, in UTC."""
        return beginning(self.ends_on + timedelta(days=1), self.time_zone)


def beginning(day: date, time_zone: str) -> datetime:
    """The first instant of a day at a place, in UTC, also where clocks are changed at midnight."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def day_of(instant: datetime, time_zone: str) -> date:
    """The day that an instant falls on at a place."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
