"""The rule by which a comment window opens and closes."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

DEFAULT_WEEKS = 6
"""Weeks before the annual meeting, where no policy sets them (DOMAIN rows 36, 37)."""


@dataclass(frozen=True)
class WindowRule:
    """The days of the annual meeting, and how many days before them a window opens.

    A window opens when that day begins and closes when the meeting's last day ends, at the place
    of the meeting.
    """

    starts_on: date
    ends_on: date
    time_zone: str
    days_before: int

    @property
    def opens_at(self) -> datetime:
        """The first instant of the window, in UTC."""
        return start_of_day(self.starts_on - timedelta(days=self.days_before), self.time_zone)

    @property
    def closes_at(self) -> datetime:
        """The first instant after the window, in UTC."""
        return start_of_day(self.ends_on + timedelta(days=1), self.time_zone)


def start_of_day(day: date, time_zone: str) -> datetime:
    """The first instant of a day at a place, in UTC, also where clocks are changed at midnight."""
    return datetime.combine(day, time.min, ZoneInfo(time_zone)).astimezone(UTC)


def day_of(instant: datetime, time_zone: str) -> date:
    """The day that an instant falls on at a place."""
    return instant.astimezone(ZoneInfo(time_zone)).date()
