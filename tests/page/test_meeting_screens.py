"""The screens of meetings: what was to be dealt with, what was agreed, and when it is elsewhere."""

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import new_year
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import links, screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")

YEAR = new_year()


async def test_calendar_lists_meetings_by_time_with_what_is_not_known(
    reader: httpx.AsyncClient,
) -> None:
    html = await screen(reader, "/cycles/2018/calendar")

    shown = text(html)
    assert shown.index("First virtual MAG meeting") < shown.index("virtual meeting II")
    assert "The MAG agreed to meet about every 14 days." in shown
    assert "Of 2 meetings no source tells the clock time: they are left out." in shown
    assert "Comment windows" in shown
    assert 'href="/cycles/2018/calendar.ics"' in html
    assert 'href="/cycles/2018/calendar"' in await screen(reader, "/cycles/2018")


async def test_meeting_shows_its_agreements_and_that_its_agenda_is_missing(
    reader: httpx.AsyncClient,
) -> None:
    calendar = await screen(reader, "/cycles/2018/calendar")
    addresses = links(calendar, "meetings")
    assert len(addresses) == 7
    screens = {one: text(await screen(reader, one)) for one in addresses}
    [(address, virtual)] = [
        (address, shown)
        for address, shown in screens.items()
        if "First virtual MAG meeting 4 April 2018" in shown
    ]

    assert "A source names the agenda, and no source has it." in virtual
    assert "meets about every two weeks, at times that rotate" in virtual
    assert "Lynn St. Amour moderated as Chair" in virtual
    assert "What the summary states" in virtual
    before = text(await screen(reader, f"{address}?occurred=2018-04-04"))
    assert "No summary is on record." in before


async def test_items_lead_to_where_they_were_carried_over(forum: Server) -> None:
    async with browser(forum) as reader, await forum.client(Role.SECRETARIAT) as secretariat:
        await secretariat.do("openCycle", year=YEAR)
        meetings: list[str] = []
        for ordinal, hour in ((1, 13), (2, 5)):
            done = await secretariat.do(
                "scheduleMeeting",
                "... on MeetingScheduled { meeting { id } }",
                year=YEAR,
                kind="VIRTUAL",
                ordinal=ordinal,
                held=f"{YEAR}-04-{ordinal:02}T{hour:02}:00:00Z",
                timeZone="Europe/Zurich",
                label=f"Call {ordinal}",
            )
            meetings.append(done["meeting"]["id"])
        first, second = meetings
        item = "... on AgendaItemAdded { agendaItem { id } }"
        venue = await secretariat.do("addAgendaItem", item, meeting=first, title="Venue <b>")
        later = await secretariat.do(
            "addAgendaItem",
            item,
            meeting=second,
            title="Venue again",
            followsUp=venue["agendaItem"]["id"],
        )
        html = await screen(reader, f"/meetings/{first}")
        calendar = text(await screen(reader, f"/cycles/{YEAR}/calendar"))
        there = text(await screen(reader, f"/meetings/{second}"))

    assert "Venue <b>" not in html
    assert "Carried over still open also at: Call 2" in text(html)
    assert f'href="/meetings/{second}#i-{later["agendaItem"]["id"]}"' in html
    assert "follows up: Call 1" in there
    assert f"1 April {YEAR}" in calendar
    assert "2 meetings are counted." in calendar
    assert "Los Angeles: 2, Paris: 0, Sydney: 1" in calendar
