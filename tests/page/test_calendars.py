"""Calendars as iCalendar: valid, with stable entries, and sent again only when they changed."""

from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx
import pytest
from icalendar import Calendar

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import new_year
from tests.graphql.server import Server
from tests.page.browser import browser

pytestmark = pytest.mark.asyncio(loop_scope="session")

HOSTILE = "A; b, c: \\ BEGIN:VEVENT “d”"
YEAR = new_year()


def entries(answer: httpx.Response) -> dict[str, Any]:
    """The entries of a calendar by their titles, as another program reads them."""
    assert answer.status_code == 200, answer.text[-600:]
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))
    calendar: Any = Calendar.from_ical(answer.text)
    assert calendar["version"] == "2.0"
    events = list(calendar.walk("VEVENT"))
    assert [one.errors for one in (calendar, *events) if one.errors] == []
    assert len({str(one["uid"]) for one in events}) == len(events)
    return {str(one["summary"]): one for one in events}


async def test_calendar_has_meetings_the_annual_meeting_and_the_days_of_windows(
    reader: httpx.AsyncClient,
) -> None:
    found = entries(await reader.get("/cycles/2018/calendar.ics"))

    first = found["First Open Consultations and MAG meeting, Geneva"]
    assert (first["dtstart"].dt, first["dtend"].dt) == (date(2018, 3, 19), date(2018, 3, 23))
    virtual = found["First virtual MAG meeting"]
    assert (virtual["dtstart"].dt, virtual["dtend"].dt) == (date(2018, 4, 4), date(2018, 4, 5))
    # Of the second one, the year alone is known: a calendar has no day for it.
    assert "Second virtual MAG meeting" not in found
    annual = found["IGF annual meeting 2018"]
    assert (annual["dtstart"].dt, annual["dtend"].dt) == (date(2018, 11, 12), date(2018, 11, 15))
    assert annual["status"] == "CONFIRMED"
    assert str(annual["url"]).endswith("/cycles/2018")
    call = found["BPF Gender and Access, virtual meeting I"]
    assert call["dtstart"].dt == datetime(2018, 7, 2, 13, tzinfo=call["dtstart"].dt.tzinfo)
    assert "BPF on Gender and Access" in str(call["description"])
    opens = found["Comments open: BPF on Gender and Access"]
    assert opens["dtstart"].dt == date(2018, 10, 1)
    assert found["Last day for comments: BPF on Gender and Access"]["dtstart"].dt == date(
        2018, 11, 14
    )
    assert found.keys() <= entries(await reader.get("/calendar.ics")).keys()


async def test_calendar_is_sent_again_only_when_something_in_it_changed(forum: Server) -> None:
    async with browser(forum) as reader, await forum.client(Role.SECRETARIAT) as secretariat:
        await secretariat.do("openCycle", year=YEAR)
        done = await secretariat.do(
            "scheduleMeeting",
            "... on MeetingScheduled { meeting { id } }",
            year=YEAR,
            kind="VIRTUAL",
            ordinal=1,
            held=f"{YEAR}-04-18T13:00:00Z",
            timeZone="Europe/Zurich",
            durationMinutes=90,
            label=HOSTILE,
        )
        meeting = done["meeting"]["id"]
        path = f"/cycles/{YEAR}/calendar.ics"
        first = await reader.get(path)
        [planned] = entries(first).values()
        await secretariat.do("listSource", key=f"calendar-{YEAR}", title="T")
        again = await reader.get(path, headers={"If-None-Match": first.headers["etag"]})
        await secretariat.do("cancelMeeting", meeting=meeting, reason="A holiday.")
        changed = await reader.get(path, headers={"If-None-Match": first.headers["etag"]})
        [cancelled] = entries(changed).values()

    assert str(planned["summary"]) == HOSTILE
    assert planned["dtstart"].dt == datetime(YEAR, 4, 18, 15, tzinfo=ZoneInfo("Europe/Zurich"))
    assert planned["dtstart"].params["TZID"] == "Europe/Zurich"
    assert "BEGIN:VTIMEZONE" in first.text
    assert planned["dtend"].dt - planned["dtstart"].dt == cancelled.duration
    assert (planned["status"], planned["sequence"]) == ("CONFIRMED", 0)
    assert planned["dtstamp"].dt == planned["last-modified"].dt <= cancelled["dtstamp"].dt
    assert (again.status_code, again.content) == (304, b"")
    assert (cancelled["status"], cancelled["sequence"]) == ("CANCELLED", 1)
    assert planned["uid"] == cancelled["uid"] == meeting
    assert "A holiday." in str(cancelled["description"])


@pytest.mark.parametrize("year", ["1999", "x", "20018", "%C2%B2018"])
async def test_cycle_that_is_not_there_has_no_calendar(
    reader: httpx.AsyncClient, year: str
) -> None:
    assert (await reader.get(f"/cycles/{year}/calendar.ics")).status_code == 404
