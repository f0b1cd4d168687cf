"""Calls with their numbers, and the register of questions, as screens."""

import httpx
import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import links, screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def call(reader: httpx.AsyncClient, query: str = "") -> str:
    """The screen of the call for issues of 2018."""
    [address, *_] = links(await screen(reader, "/cycles/2018"), "calls")
    return await screen(reader, address + query)


async def test_call_shows_its_days_and_its_numbers_beside_those_before(
    reader: httpx.AsyncClient,
) -> None:
    html = await call(reader)
    words = text(html)

    assert "open from 26 March 2018 until 13 April 2018" in words
    assert "Region, as of 13 April 2018" in words
    assert "Western Europe and others 1 before: 3 152 not known" in words
    assert "African Group 2 before: 1 73 +38" in words
    assert "Total 345" in words
    assert "Another one leads than on 4 April 2018." in words
    assert html.count("The source gives an order, and not all the numbers.") == 2
    assert "igf-2018-proposed-issues" in words
    assert '<ol class="history">' in html


async def test_call_on_4_april_is_open_and_has_an_order_of_regions(
    reader: httpx.AsyncClient,
) -> None:
    html = await call(reader, "?occurred=2018-04-04")
    words = text(html)

    assert 'data-state="open"' in html
    assert "African Group 1 35 Asia and the Pacific 2 not given" in words
    assert "13 April 2018, another" not in words
    assert "345" not in words


async def test_register_has_the_open_questions_and_the_calls_for_volunteers(
    reader: httpx.AsyncClient,
) -> None:
    cycle = await screen(reader, "/cycles/2018")
    assert "Open questions: 2; calls for volunteers" in text(cycle)
    assert 'href="/cycles/2018/questions"' in cycle

    html = await screen(reader, "/cycles/2018/questions")
    words = text(html)

    assert "professional fundraiser? Answered in part raised 4 April 2018" in words
    assert "answered in part 4 April 2018" in words
    assert len(links(html, "calls")) == 2
    assert "Nobody is on record as a volunteer." in words
    before = text(await screen(reader, "/cycles/2018/questions?occurred=2018-04-03"))
    assert "No question is open." in before
    assert (await reader.get("/cycles/1999/questions")).status_code == 404


async def test_group_for_one_occasion_says_that_it_is_formed_in_part(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        group = await scenario.establish("On the call", kind="AD_HOC")
        await forum.caught_up()
        complete = text(await screen(reader, f"/groups/{group}"))
        await scenario.launch_call("volunteers", group=group)
        await forum.caught_up()
        partial = await screen(reader, f"/groups/{group}")

    assert "Formed in part" not in complete
    assert "Formed in part: more volunteers are called for. Volunteers" in text(partial)
    assert f'href="/groups/{group}/work#volunteers"' in partial
