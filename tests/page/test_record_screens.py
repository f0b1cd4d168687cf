"""The record, its events, cycles and nouns as screens: as they are, and as they were."""

import re
from urllib.parse import urlsplit

import httpx
import pytest

from tests.graphql.server import Server
from tests.graphql.statements import counted_statements
from tests.page.reading import asked, first_comment, links, screen, text
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

LOADED = "originator_version > $2"
"""What the statements that load an aggregate have in them: the node follows its log meanwhile."""


async def test_every_group_decision_and_proposal_has_a_screen(reader: httpx.AsyncClient) -> None:
    html = await screen(reader, "/cycles/2018")

    for noun in ("groups", "decisions", "proposals"):
        for address in links(html, noun):
            shown = await screen(reader, address)
            assert '<ol class="history">' in shown
            assert "recorded <time" in shown


async def test_fact_that_no_source_tells_is_said_in_words(reader: httpx.AsyncClient) -> None:
    addresses = links(await screen(reader, "/cycles/2018"), "decisions")
    html = [await screen(reader, address) for address in addresses]

    assert any("No source tells why." in one for one in html)


async def test_decision_says_what_it_set_what_that_replaced_and_what_superseded_it(
    reader: httpx.AsyncClient,
) -> None:
    cycle = await screen(reader, "/cycles/2018")
    three, four = [
        text(await screen(reader, address))
        for address in links(cycle, "decisions")
        if "The rules on it" in await screen(reader, address)
    ]
    chain = text(cycle.partition('id="cap"')[2])

    assert "the cap on Best Practice Forums: 3, in force since 19 - 22 March 2018" in three
    assert "It was superseded by 4, in force since May 2018: There are at most four" in three
    assert "the cap on Best Practice Forums: 4, in force since May 2018" in four
    assert "It replaced 3, in force since 19 - 22 March 2018: There are at most three" in four
    assert "superseded by" not in four
    for one in (three, four, chain):
        assert "3, until 4 superseded it, May 2018" in one
        assert "4, in force" in one
        assert "no source tells why follows from what sources state" in one
    assert "What was approved under it Four Best Practice Forums" in chain


async def test_window_of_history_is_never_to_come(reader: httpx.AsyncClient) -> None:
    cycle = await screen(reader, "/cycles/2018")
    group = await screen(reader, links(cycle, "groups")[0])

    assert cycle.count("Opening not on record") == 5
    assert "Scheduled" not in text(cycle)
    assert "It was due to be open from 30 September 2018, 22:00 UTC" in text(group)
    assert "No source tells when it opened." in text(group)
    assert "<time-left" not in cycle + group


async def test_participation_is_counted_and_names_those_who_are_missing(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> None:
    query = """{ latestCycle { year groups(first: 20) { nodes { id
        commentCounts(dimension: REGION) { value count } } } } }"""
    cycle = (await asked(node, query))["latestCycle"]
    group = next(one for one in cycle["groups"]["nodes"] if one["commentCounts"])
    counts = {one["value"]: one["count"] for one in group["commentCounts"]}

    for address in (f"/cycles/{cycle['year']}", f"/groups/{group['id']}"):
        shown = text((await screen(reader, address)).partition('id="participation"')[2])
        assert "Participation Illustration " in shown
        assert f"African Group {counts['AFRICAN']} " in shown
        assert f"not told {counts[None]} " in shown
    first = await first_comment(node, record)
    past = await screen(reader, f"/groups/{group['id']}?asOf={first['position']}")
    assert "Nobody has spoken yet from:" in past
    facts = text(await screen(reader, "/cycles/2018"))
    assert "No comment on a draft is on record." in facts


async def test_record_by_what_had_happened_leads_to_where_that_is_shown(
    reader: httpx.AsyncClient,
) -> None:
    answer = await reader.get("/record?occurred=2018-04-04")

    assert answer.status_code == 400
    assert '<form method="get" action="/record">' in answer.text
    assert 'name="known" value="2018-04-04" required' in answer.text
    assert 'href="/?occurred=2018-04-04"' in answer.text
    assert 'data-kind="past"' in await screen(reader, "/?occurred=2018-04-04")
    nonsense = await reader.get("/record?occurred=2018-99-99T00:00:00Z")
    assert 'href="/?occurred' not in nonsense.text
    assert (await reader.get("/record?known=2018-04-04")).status_code == 200


async def test_record_shows_its_last_events_and_pages_back_to_the_first(
    reader: httpx.AsyncClient, head: int
) -> None:
    address: str | None = "/record"
    seen: list[int] = []
    while address is not None:
        html = await screen(reader, address)
        seen += [int(one) for one in re.findall(r'<li id="p-(\d+)"', html)]
        more = re.search(r'rel="next" href="(/record\?before=\d+)"', html)
        address = more and more[1]

    assert seen == list(range(head, 0, -1))


async def test_milestones_are_shown_alone(
    reader: httpx.AsyncClient, node: Server, head: int
) -> None:
    query = "{ timeline { milestones(first: 100) { position } } }"
    every = [one["position"] for one in (await asked(node, query))["timeline"]["milestones"]]
    address: str | None = "/record?milestones=true"
    seen: list[int] = []
    while address is not None:
        html = await screen(reader, address)
        seen += [int(one) for one in re.findall(r'<li id="p-(\d+)"', html)]
        more = re.search(r'class="button" rel="next" href="(/record\?[^"]+)"', html)
        address = more and more[1].replace("&amp;", "&")

    assert 0 < len(every) < head / 3
    assert seen == every[::-1]


async def test_event_has_its_data_its_sources_and_its_neighbours(
    reader: httpx.AsyncClient, head: int
) -> None:
    html = await screen(reader, "/record/20")

    assert "<dt>Source</dt>" in html
    assert 'rel="prev" href="/record/19"' in html
    assert 'rel="next" href="/record/21"' in html
    assert 'rel="next"' not in await screen(reader, f"/record/{head}")
    for absent in (0, head + 1, "x"):
        assert (await reader.get(f"/record/{absent}")).status_code in (400, 404)


async def test_links_of_past_screens_lead_to_the_same_past(
    reader: httpx.AsyncClient, record: Recorded, head: int
) -> None:
    seen: set[str] = set()
    waiting = ["/", f"/drafts/{record.draft}"]
    while waiting:
        path = waiting.pop()
        kind = re.sub(r"[0-9a-f-]{36}|(?<=/)b?\d+", "", path)
        if kind in seen:
            continue
        seen.add(kind)
        html = await screen(reader, f"{path}?asOf={head}")
        main = html.partition("<main")[2].partition("</main>")[0]
        assert 'method="post"' not in main, path
        for address in map(urlsplit, re.findall(r'(?<!-)href="(/[^"]*)"', main)):
            present = address.path == path and not address.query
            if address.path not in ("/sign-in", "/record") and not present:
                assert f"asOf={head}" in address.query, (path, address)
                waiting.append(address.path)

    assert {"/", "/drafts/", "/drafts//", "/comments/", "/cycles/", "/groups/"} <= seen
    assert {"/decisions/", "/proposals/", "/record/"} <= seen


async def test_day_stands_for_what_was_known_at_its_end(reader: httpx.AsyncClient) -> None:
    before = await screen(reader, "/record?known=2001-01-01")
    after = await screen(reader, "/record?known=2999-12-31")
    none = await screen(reader, "/record?since=2001-01-01&until=2001-01-02")

    assert "No event matches." in before
    assert "No event matches." in none
    assert '<li id="p-' in after
    assert (await reader.get("/record?known=yesterday")).status_code in (400, 404)


async def test_what_happened_on_a_day_is_in_the_state_of_its_end(
    reader: httpx.AsyncClient, node: Server
) -> None:
    query = """query ($at: DateTime!) { cycle(year: 2018, asOf: {occurred: $at}) {
        proposals(first: 50) { totalCount } } }"""
    cycle = (await asked(node, query, at="2018-04-05T00:00:00Z"))["cycle"]

    html = await screen(reader, "/cycles/2018?occurred=2018-04-04")

    assert cycle["proposals"]["totalCount"] > 0
    assert len(links(html, "proposals")) == cycle["proposals"]["totalCount"]


async def test_page_of_events_costs_a_statement_for_each_kind_of_thing(
    reader: httpx.AsyncClient, node: Server, head: int
) -> None:
    for position in (40, head // 2, head):
        async with counted_statements(node.backend) as statements:
            await screen(reader, f"/record?asOf={position}&since=2001-02-03")
        read = [one for one in statements if LOADED not in one]
        assert 0 < len(read) <= 24
