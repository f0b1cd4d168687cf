"""Entries of calendars as iCalendar (RFC 5545)."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from intersessional.domain.kernel.time_zones import zone
from intersessional.plugins.calendar import CalendarEntry

PRODUCT = "-//intersessional//calendar//EN"
REFRESH = timedelta(hours=6)
"""How often a calendar may be fetched again (RFC 7986 §5.7)."""


def icalendar_text(name: str, entries: Sequence[CalendarEntry], origin: str) -> bytes:
    """A calendar with these entries, which link to screens of this origin.

    It has no METHOD: DTSTAMP is then when an entry was changed last (RFC 5545 §3.8.7.2).
    """
    calendar = Calendar.new(prodid=PRODUCT, name=name, refresh_interval=REFRESH)
    for entry in entries:
        calendar.add_component(_event(entry, origin))
    if entries:
        days = [_day(entry.begins) for entry in entries]
        calendar.add_missing_timezones(
            first_date=date(min(days).year - 1, 1, 1), last_date=date(max(days).year + 2, 1, 1)
        )
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, origin: str) -> Event:
    event = Event.new(
        uid=entry.uid,
        summary=entry.title,
        description=entry.description,
        start=_shown(entry.begins, entry.time_zone),
        end=None if entry.ends is None else _shown(entry.ends, entry.time_zone),
        stamp=entry.changed,
        last_modified=entry.changed,
        sequence=entry.sequence,
        url=f"{origin}{entry.path}",
    )
    event["status"] = entry.status.value
    return event


def _shown(time: date | datetime, time_zone: str | None) -> date | datetime:
    if not isinstance(time, datetime) or time_zone is None:
        return time
    return time.astimezone(zone(time_zone))


def _day(time: date | datetime) -> date:
    return time.date() if isinstance(time, datetime) else time
