"""The year on one screen: figures first, then what they count."""

import httpx
import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import links, screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_year_of_2018_has_its_figures_and_what_they_count(reader: httpx.AsyncClient) -> None:
    words = text(await screen(reader, "/cycles/2018"))

    assert "4 of at most 4" in words
    assert "No assessment of them is on record." in words
    assert "all due to open 42 days before the annual meeting" in words
    assert "no policy says how far they may lie apart" in words
    assert "by a method that no source tells: 7" in words
    assert "Mergers that proposers agree to: 1" in words
    assert "Can the Secretariat of the IGF have a professional fundraiser" in words
    assert "BPF on Local Content, No source has the report" in words


async def test_windows_of_2016_are_shown_as_far_apart_as_they_opened(
    reader: httpx.AsyncClient,
) -> None:
    words = text(await screen(reader, "/cycles/2016"))

    assert "opened from 7 to 34 days before it, as far as is on record, 27 days apart" in words


async def test_year_shows_capacity_methods_and_comments_by_state(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        draft = await scenario.publish(await scenario.establish())
        first = (await scenario.comment(draft))["comment"]["id"]
        await scenario.comment(draft, inReplyTo=first)
        gone = (await scenario.comment(draft))["comment"]["id"]
        await scenario.commenter.do("withdrawComment", comment=gone)
        approve = {"approve": {"proposal": await scenario.propose(), "groupName": "Security"}}
        await scenario.decide_on_list(approve, assessment=await scenario.assess(1))
        await scenario.assess(0)
        await forum.caught_up()
        words = text(await screen(reader, f"/cycles/{scenario.year}"))

    assert "2 comments, 1 reply among them, 1 withdrawn" in words
    assert "1 of 0, more than were assessed" in words
    assert "by rough consensus: 1" in words


async def test_cap_leads_to_its_reasons_and_to_what_no_source_tells(
    reader: httpx.AsyncClient,
) -> None:
    [address] = [
        one
        for one in links(await screen(reader, "/cycles/2018"), "why")
        if "Best Practice Forums approved" in await screen(reader, one)
    ]

    words = text(await screen(reader, address))

    assert "Best Practice Forums approved: 4; at most: 4" in words
    assert "The reasons given: none no source tells why" in words
    assert "What resources carry: not known in no source" in words
    assert "A deviation from the rule: Mergers that proposers agree to" in words
    assert "The rule before it: the cap on Best Practice Forums, 3" in words
    assert (await reader.get("/why/00000000-0000-0000-0000-000000000000")).status_code == 404
