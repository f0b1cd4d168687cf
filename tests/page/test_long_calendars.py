"""A long calendar is written in steps, and is the same as one that is not."""

import asyncio
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from icalendar import Calendar

from intersessional.infra.page.icalendar_text import icalendar_text
from intersessional.plugins.calendar import CalendarEntry

pytestmark = pytest.mark.asyncio(loop_scope="session")

ENTRIES = 600
STEP = 25
ZONES = ("Europe/Zurich", "America/New_York", "Africa/Abidjan", "UTC", None)
NOON = datetime(2018, 4, 4, 12, tzinfo=UTC)


def entry(number: int) -> CalendarEntry:
    """A day for each tenth, and else an instant in a zone."""
    begins: date = NOON + timedelta(days=number)
    return CalendarEntry(
        uid=f"entry-{number}",
        title=f"No. {number}",
        begins=begins if number % 10 else NOON.date(),
        time_zone=ZONES[number % len(ZONES)],
        sequence=0,
        changed=NOON,
        path=f"/meetings/{number}",
    )


async def test_others_have_turns_while_a_long_calendar_is_written() -> None:
    turns = 0

    async def everybody_else() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(everybody_else())
    await icalendar_text("Long", [entry(number) for number in range(ENTRIES)], "https://igf")
    others.cancel()

    assert turns >= ENTRIES // STEP


async def test_long_calendar_has_every_entry_and_the_rules_of_the_zones_it_uses() -> None:
    entries = [entry(number) for number in range(ENTRIES)]

    text = await icalendar_text("Long", entries, "https://igf")

    calendar: Any = Calendar.from_ical(text)
    events = calendar.walk("VEVENT")
    assert [str(one["uid"]) for one in events] == [one.uid for one in entries]
    assert events[1]["dtstart"].dt == NOON + timedelta(days=1)
    assert events[10]["dtstart"].dt == NOON.date()
    rules = [str(one["tzid"]) for one in calendar.walk("VTIMEZONE")]
    assert rules == ["America/New_York", "Europe/Zurich"]
    assert calendar.get_missing_tzids() == set()
    assert text.count(b"END:VCALENDAR") == 1


async def test_calendar_without_entries_is_one() -> None:
    calendar: Any = Calendar.from_ical(await icalendar_text("Empty", [], "https://igf"))

    assert calendar.walk("VEVENT") == []
