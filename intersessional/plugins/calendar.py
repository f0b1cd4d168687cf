"""What a plugin puts in the calendars of the record."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any

Json = Any
"""An object of an answer of the API."""


class CalendarStatus(Enum):
    """Whether something takes place (RFC 5545 §3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    """It may."""
    CONFIRMED = "CONFIRMED"
    """It does."""
    CANCELLED = "CANCELLED"
    """It does not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarEntry:
    """Something that takes place on days, or from one instant to another."""

    uid: str
    """A UUID, the same for ever."""
    title: str
    begins: date | datetime
    """The first day, or the instant with a zone."""
    ends: date | datetime | None = None
    """The day after the last, or the instant; None for one day, or where no end is known."""
    time_zone: str | None = None
    """The IANA name of the zone in which an instant is shown; None for UTC."""
    status: CalendarStatus = CalendarStatus.CONFIRMED
    sequence: int
    """How often it was changed."""
    changed: datetime
    """When it was changed last."""
    path: str
    """The screen that shows it."""
    description: str | None = None
