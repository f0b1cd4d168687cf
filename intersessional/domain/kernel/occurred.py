"""When something happened, with the precision its source gives."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import Enum


class Precision(Enum):
    """The precision of a time, as its source gives it."""

    INSTANT = "INSTANT"
    """An instant."""
    DAY = "DAY"
    """An unknown time on one day."""
    PERIOD = "PERIOD"
    """An unknown time between two days, both included."""
    MONTH = "MONTH"
    """An unknown time in one month."""
    YEAR = "YEAR"
    """An unknown time in one year."""


_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_TIME = r"[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})"
_DAY_LENGTH = timedelta(days=1)
_FIRST = datetime(2, 1, 1, tzinfo=UTC)
_END = datetime(9999, 1, 1, tzinfo=UTC)
"""Times are in the years 2 to 9998: what is a day later, or in another zone, is a time too."""
_RESOLUTION = timedelta(microseconds=1)
_SHAPES = (
    (re.compile(f"{_DAY}T{_TIME}"), Precision.INSTANT),
    (re.compile(f"{_DAY}/{_DAY}"), Precision.PERIOD),
    (re.compile(_DAY), Precision.DAY),
    (re.compile("[0-9]{4}-[0-9]{2}"), Precision.MONTH),
    (re.compile("[0-9]{4}"), Precision.YEAR),
)


@dataclass(frozen=True, slots=True)
class Occurred:
    """When something happened: ``at`` in ISO 8601, with the given ``precision`` and no more.

    A day, month, year or period fills its whole extent, half-open in UTC.
    """

    at: str
    precision: Precision

    @classmethod
    def instant(cls, moment: datetime) -> "Occurred":
        """The time of exactly this moment."""
        return cls(rfc3339(moment), Precision.INSTANT)

    @classmethod
    def parse(cls, text: str) -> "Occurred":
        """Read ``2018``, ``2018-05``, ``2018-04-04``, ``2018-03-19/2018-03-22`` or an instant.

        Raises ValueError for anything else, for a period that ends before it begins, and for what
        begins or ends outside the years 2 to 9998.
        """
        for shape, precision in _SHAPES:
            if shape.fullmatch(text):
                with suppress(OverflowError):
                    occurred = cls._read(text, precision)
                    if occurred.begins >= _FIRST and occurred.ends <= _END:
                        return occurred
                raise ValueError(f"{text} is not within the years 2 to 9998")
        raise ValueError(f"{text!r} is not a year, month, day, period or instant with a zone")

    @classmethod
    def _read(cls, text: str, precision: Precision) -> "Occurred":
        if precision is Precision.INSTANT:
            return cls.instant(datetime.fromisoformat(text))
        occurred = cls(text, precision)
        if occurred.begins >= occurred.ends:
            raise ValueError(f"the period {text} ends before it begins")
        return occurred

    @property
    def begins(self) -> datetime:
        """The first instant at which it can have happened."""
        match self.precision:
            case Precision.INSTANT:
                return datetime.fromisoformat(self.at)
            case Precision.DAY | Precision.PERIOD:
                return _midnight(date.fromisoformat(self.at[:10]))
            case Precision.MONTH:
                return _midnight(date.fromisoformat(self.at + "-01"))
            case Precision.YEAR:
                return datetime(int(self.at), 1, 1, tzinfo=UTC)

    @property
    def ends(self) -> datetime:
        """The instant by which it has certainly happened."""
        match self.precision:
            case Precision.INSTANT:
                return datetime.fromisoformat(self.at)
            case Precision.DAY | Precision.PERIOD:
                return _midnight(date.fromisoformat(self.at[-10:])) + timedelta(days=1)
            case Precision.MONTH:
                begins = self.begins
                return (begins + timedelta(days=31)).replace(day=1)
            case Precision.YEAR:
                return datetime(int(self.at) + 1, 1, 1, tzinfo=UTC)

    @property
    def last(self) -> datetime:
        """The last instant at which it can have happened."""
        return self.begins if self.precision is Precision.INSTANT else self.ends - _RESOLUTION

    @property
    def effect(self) -> tuple[datetime, datetime]:
        """The sort key of the order of effect: by the end of the period, then by its beginning.

        Events with equal keys take effect in the order in which they were recorded.
        """
        return self.ends, self.begins

    def within(self, other: "Occurred") -> bool:
        """Whether all of it lies in the other time."""
        if other.precision is Precision.INSTANT:
            return self == other
        return other.begins <= self.begins < other.ends and self.ends <= other.ends

    def first_midnight(self, zone: tzinfo) -> datetime:
        """The instant at which its first day begins at a place; an instant is on the day there."""
        return _midnight(self._day(self.begins, zone), zone)

    def last_midnight(self, zone: tzinfo) -> datetime:
        """The instant at which its last day ends at a place; an instant is on the day there."""
        before_end = self.ends if self.precision is Precision.INSTANT else self.ends - _DAY_LENGTH
        return _midnight(self._day(before_end, zone) + _DAY_LENGTH, zone)

    def _day(self, moment: datetime, zone: tzinfo) -> date:
        return moment.astimezone(zone if self.precision is Precision.INSTANT else UTC).date()

    def certain_by(self, moment: datetime) -> bool:
        """Whether it has certainly happened by this moment: its whole period has passed."""
        return self.ends <= moment

    def uncertain_at(self, moment: datetime) -> bool:
        """Whether it may or may not have happened yet at this moment."""
        return self.begins <= moment < self.ends


def rfc3339(moment: datetime) -> str:
    """Write a moment in UTC with six digits of seconds and a Z."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _midnight(day: date, zone: tzinfo = UTC) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)
