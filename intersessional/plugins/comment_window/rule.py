"""The rule by which a comment window opens and closes."""

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Self

from intersessional.domain.kernel.time_zones import TZDATA_VERSION, zone
from intersessional.plugins.comment_window.causing_event import CausingEvent

DEFAULT_WEEKS = 6
"""Weeks before the annual meeting, where no policy sets them (DOMAIN rows 36, 37)."""


@dataclass(frozen=True, kw_only=True)
class WindowRule:
    """The days of the annual meeting, how many days before them a window opens, and its instants.

    A window opens when that day begins and closes when the meeting's last day ends, at the place
    of the meeting. The instants are kept, as the rules of a time zone may change afterwards, and
    so is what it was derived from; rules with the same days and instants are equal.
    """

    starts_on: date
    ends_on: date
    time_zone: str
    days_before: int
    opens_at: datetime
    """The first instant of the window, in UTC."""
    closes_at: datetime
    """The first instant after the window, in UTC."""
    annual_meeting: CausingEvent = field(compare=False)
    """The event that set the days of the annual meeting."""
    policy: CausingEvent | None = field(compare=False)
    """The event that set the weeks; None where no policy did, and the default holds."""
    tzdata: str = field(compare=False)
    """The edition of the time zone rules, by which the instants follow from the days."""

    @classmethod
    def of(
        cls,
        starts_on: date,
        ends_on: date,
        time_zone: str,
        days_before: int,
        *,
        annual_meeting: CausingEvent,
        policy: CausingEvent | None,
    ) -> Self:
        """The rule for these days, by the present rules of the time zone."""
        return cls(
            starts_on=starts_on,
            ends_on=ends_on,
            time_zone=time_zone,
            days_before=days_before,
            opens_at=start_of_day(starts_on - timedelta(days=days_before), time_zone),
            closes_at=start_of_day(ends_on + timedelta(days=1), time_zone),
            annual_meeting=annual_meeting,
            policy=policy,
            tzdata=TZDATA_VERSION,
        )

    def has_days_of(self, other: Self) -> bool:
        """Whether another rule is about the same days, whatever instants they had."""
        return (self.starts_on, self.ends_on, self.time_zone, self.days_before) == (
            other.starts_on,
            other.ends_on,
            other.time_zone,
            other.days_before,
        )

    @property
    def opens_on(self) -> date:
        """The first day of the window."""
        return self.starts_on - timedelta(days=self.days_before)


def start_of_day(day: date, time_zone: str) -> datetime:
    """The first instant of a day at a place, in UTC, also where clocks are changed at midnight."""
    return datetime.combine(day, time.min, zone(time_zone)).astimezone(UTC)


def day_of(instant: datetime, time_zone: str) -> date:
    """The day that an instant falls on at a place."""
    return instant.astimezone(zone(time_zone)).date()
