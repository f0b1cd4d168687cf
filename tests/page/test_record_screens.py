"""The record, its events, cycles and nouns as screens: as they are, and as they were."""

import re
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
import pytest_asyncio

from tests.graphql.server import Server
from tests.graphql.statements import counted_statements
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

CYCLE = """query ($asOf: AsOfInput) { cycle(year: 2018, asOf: $asOf) { bpfCapUsed
    groups(first: 20) { nodes { id } } proposals(first: 50) { nodes { id state } }
    decisions(first: 60) { nodes { id } } } }"""
TRAIL = """query ($asOf: AsOfInput) {
    auditTrail(last: 20, asOf: $asOf) { totalCount nodes { position } } }"""
STOPS = 25
"""Positions at which a screen is compared with the API."""
STATES = {
    "MOOTED": "Put forward orally",
    "SUBMITTED": "Submitted",
    "DEFERRED": "Postponed",
    "APPROVED": "Approved",
    "DECLINED": "Declined",
    "REDIRECTED": "Redirected",
    "MERGED": "Merged",
    "WITHDRAWN": "Withdrawn",
}


async def screen(reader: httpx.AsyncClient, address: str) -> str:
    """The HTML of a screen."""
    answer = await reader.get(address)
    assert answer.status_code == 200, (address, answer.text[-600:])
    return answer.text


def links(html: str, noun: str) -> list[str]:
    """The addresses of the screens of a noun that a screen links to, each once."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return list(dict.fromkeys(re.findall(rf'href="(/{noun}/[^"]+)"', main)))


def ids(addresses: list[str]) -> set[str]:
    """The last parts of addresses."""
    return {urlsplit(address).path.rpartition("/")[2] for address in addresses}


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def head(node: Server) -> int:
    """The last position of the record."""
    return await node.caught_up()


async def asked(node: Server, query: str, **variables: Json) -> Json:
    """The answer of the API."""
    async with await node.client() as client:
        return await client.ask(query, **variables)


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
    assert any("which replaced" in one for one in html)
    assert any("a later decision set another rule" in one for one in html)


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


async def test_cycle_at_many_positions_is_the_answer_of_the_api_there(
    reader: httpx.AsyncClient, node: Server, head: int
) -> None:
    for position in range(1, head + 1, max(1, head // STOPS)):
        cycle = (await asked(node, CYCLE, asOf={"position": position}))["cycle"]
        answer = await reader.get(f"/cycles/2018?asOf={position}")
        if cycle is None:
            assert answer.status_code == 404
            continue
        html = answer.text
        assert 'data-kind="past"' in html
        assert 'method="post"' not in html
        for noun in ("groups", "proposals", "decisions"):
            found = links(html, noun)
            assert ids(found) >= {one["id"] for one in cycle[noun]["nodes"]}, (position, noun)
            for address in found:
                assert parse_qs(urlsplit(address).query) == {"asOf": [str(position)]}
        table = html.partition('id="proposals"')[2].partition("</table>")[0]
        states = re.findall(r'<td><span class="state" data-state="\w+">([^<]+)', table)
        assert [STATES[one["state"]] for one in cycle["proposals"]["nodes"]] == states[
            -len(cycle["proposals"]["nodes"]) :
        ] or not states


async def test_record_at_many_positions_ends_there(
    reader: httpx.AsyncClient, node: Server, head: int
) -> None:
    for position in range(1, head + 1, max(1, head // STOPS)):
        trail = (await asked(node, TRAIL, asOf={"position": position}))["auditTrail"]
        html = await screen(reader, f"/record?asOf={position}")
        shown = [int(one) for one in re.findall(r'<li id="p-(\d+)"', html)]
        assert shown == [one["position"] for one in reversed(trail["nodes"])]
        assert f'max="{head}" value="{position}"' in html
        assert (f"asOf={position - 1}" in html) is (position > 1)
        assert (f"asOf={position + 1}" in html) is (position < head)


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
        assert len(statements) <= 32
