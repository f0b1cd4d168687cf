"""A screen of a past state shows what the API answers of that state."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest

from tests.graphql.server import Server
from tests.page.reading import Json, asked, first_comment, ids, links, screen
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

PAST = """query ($draft: ID!, $comment: ID!, $group: ID!, $decision: ID!, $proposal: ID!,
      $asOf: AsOfInput) {
    cycle(year: 2018, asOf: $asOf) { groups(first: 20) { nodes { id } }
      proposals(first: 50) { nodes { id state } } decisions(first: 60) { nodes { id } } }
    auditTrail(last: 20, asOf: $asOf) { nodes { position } }
    draft(id: $draft, asOf: $asOf) { ...Seen blocks(first: 300) { blockId } }
    comment(id: $comment, asOf: $asOf) { ...Seen }
    group(id: $group, asOf: $asOf) { ...Seen name }
    decision(id: $decision, asOf: $asOf) { ...Seen }
    proposal(id: $proposal, asOf: $asOf) { ...Seen state } }
    fragment Seen on Node { id history(first: 25) { nodes { position } } }"""
STOPS = 50
"""Positions at which screens are compared with the API."""
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


async def test_screens_at_many_positions_are_the_answers_of_the_api_there(
    reader: httpx.AsyncClient, node: Server, record: Recorded, head: int
) -> None:
    every = await all_of_each(reader, node, record)
    stops = sorted({1 + (head - 1) * n // (STOPS - 1) for n in range(STOPS)})
    seen: dict[str, Json] = {}
    shown: set[str] = set()
    for turn, position in enumerate(stops):
        nouns = {noun: each[turn % len(each)] for noun, each in every.items()}
        data = await asked(node, PAST, **nouns, asOf={"position": position})
        if data["cycle"] != seen.get("cycle") or not turn % len(nouns):
            seen["cycle"] = data["cycle"]
            check_cycle(await reader.get(f"/cycles/2018?asOf={position}"), data["cycle"], position)
        check_record(await screen(reader, f"/record?asOf={position}"), data, position, head)
        for number, (noun, id) in enumerate(nouns.items()):
            # A screen of which nothing has changed is read at every fifth position only.
            if data[noun] == seen.get(id) and (turn + number) % len(nouns):
                continue
            seen[id] = data[noun]
            answer = await reader.get(f"/{noun}s/{id}?asOf={position}")
            assert answer.status_code == (200 if data[noun] else 404), (noun, position)
            if data[noun]:
                shown.add(id)
                check_noun(answer.text, noun, data[noun])

    assert len(stops) == STOPS
    assert {id for each in every.values() for id in each} == shown


async def all_of_each(
    reader: httpx.AsyncClient, node: Server, record: Recorded
) -> dict[str, list[str]]:
    """The ids of the nouns of each kind that have screens; of comments the first."""
    cycle = await screen(reader, "/cycles/2018")
    ids_of = {
        noun: sorted(ids(links(cycle, f"{noun}s"))) for noun in ("group", "decision", "proposal")
    }
    comment = (await first_comment(node, record))["id"]
    return {"draft": [str(record.draft)], "comment": [comment], **ids_of}


def check_cycle(answer: httpx.Response, cycle: Json, position: int) -> None:
    """Check the screen of a cycle against the answer of the API."""
    assert answer.status_code == (404 if cycle is None else 200)
    if cycle is None:
        assert "it may not have been on record yet" in answer.text
        return
    html = answer.text
    assert 'data-kind="past"' in html
    assert 'method="post"' not in html
    for noun in ("groups", "proposals", "decisions"):
        found = links(html, noun)
        assert ids(found) >= {one["id"] for one in cycle[noun]["nodes"]}, (position, noun)
        for address in found:
            assert parse_qs(urlsplit(address).query) == {"asOf": [str(position)]}
    table = html.partition('id="proposals"')[2].partition("</table>")[0]
    states = re.findall(r'<td[^>]*><span class="state" data-state="\w+">([^<]+)', table)
    if states:
        assert [STATES[one["state"]] for one in cycle["proposals"]["nodes"]] == states


def check_record(html: str, data: Json, position: int, head: int) -> None:
    """Check the screen of the record against the answer of the API."""
    shown = [int(one) for one in re.findall(r'<li id="p-(\d+)"', html)]
    assert shown == [one["position"] for one in reversed(data["auditTrail"]["nodes"])]
    assert f'max="{head}" value="{position}"' in html
    assert (f"asOf={position - 1}" in html) is (position > 1)
    assert (f"asOf={position + 1}" in html) is (position < head)


def check_noun(html: str, noun: str, node: Json) -> None:
    """Check the screen of a noun against the answer of the API."""
    assert 'data-kind="past"' in html
    assert 'method="post"' not in html.partition("<main")[2]
    assert "<time-left" not in html
    if noun == "draft":
        assert html.count("data-count=") == len(node["blocks"])
        return
    steps = [int(one) for one in re.findall(r'<li id="p-(\d+)"', html)]
    assert steps == [one["position"] for one in node["history"]["nodes"]]
    if noun == "group" and node["name"]:
        assert node["name"] in unescape(html)
    if noun == "proposal":
        assert STATES[node["state"]] in html
