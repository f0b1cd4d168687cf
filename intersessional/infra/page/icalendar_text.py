"""Entries of calendars as iCalendar (RFC 5545)."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from icalendar import Calendar, Event, Timezone

from intersessional.concurrency.steps import steps
from intersessional.domain.kernel.time_zones import zone
from intersessional.plugins.calendar import CalendarEntry

PRODUCT = "-//intersessional//calendar//EN"
REFRESH = timedelta(hours=6)
"""How often a calendar may be fetched again (RFC 7986 §5.7)."""
_SLICE = 25
"""Entries that are written without a turn for others: some milliseconds."""
_UTC = "UTC"
"""What needs no rules: instants that are written in UTC, and days."""
_END = b"END:VCALENDAR\r\n"


async def icalendar_text(name: str, entries: Sequence[CalendarEntry], origin: str) -> bytes:
    """A calendar with these entries, which link to screens of this origin.

    It has no METHOD: DTSTAMP is then when an entry was changed last (RFC 5545 §3.8.7.2).
    """
    calendar = Calendar.new(prodid=PRODUCT, name=name, refresh_interval=REFRESH)
    # The events are written one by one: all of a long calendar take half a second.
    events: list[bytes] = []
    time_zones = set[str]()
    for some in steps(entries, _SLICE):
        for event in (_event(entry, origin) for entry in some):
            events.append(event.to_ical())
            time_zones.add(event["dtstart"].params.get("tzid", _UTC))
        await asyncio.sleep(0)
    for time_zone in sorted(time_zones - {_UTC}):
        calendar.add_component(_timezone(time_zone, entries))
        await asyncio.sleep(0)
    frame = bytes(calendar.to_ical())
    return b"".join((frame.removesuffix(_END), *events, _END))


def _timezone(time_zone: str, entries: Sequence[CalendarEntry]) -> Timezone:
    days = [_day(entry.begins) for entry in entries]
    return Timezone.from_tzid(
        time_zone,
        first_date=date(min(days).year - 1, 1, 1),
        last_date=date(max(days).year + 2, 1, 1),
    )


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
