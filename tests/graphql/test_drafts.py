"""Draft outputs in the API: their revisions, and what changed from one to another."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

REVISIONS = """query ($id: ID!, $asOf: AsOfInput) { draft(id: $id, asOf: $asOf) {
  revision label language
  revisions(order: NEWEST_FIRST) { totalCount nodes {
    number label language position published { precision } } }
  blocks { ...what } first: blocks(revision: 1) { ...what } third: blocks(revision: 3) { number }
  block(id: "b1") { ...what } before: block(id: "b1", revision: 1) { ...what }
  gone: block(id: "b2") { number } } }
fragment what on Block { blockId number text changedIn }"""

CHANGES = """query ($id: ID!, $from: Int, $to: Int, $first: Int! = 20, $after: ID) {
  draft(id: $id) { changes(from: $from, to: $to, first: $first, after: $after) {
    totalCount pageInfo { hasNextPage endCursor } nodes { blockId kind moved
      before { number plainText } after { number plainText } segments { kind text } } } } }"""


async def revised(scenario: ForumScenario) -> tuple[str, Json]:
    """A draft of three blocks, and what the answer was to its second revision."""
    id = await scenario.publish(await scenario.establish(), blocks=3)
    done = await scenario.secretariat.do(
        "reviseDraft",
        draft=id,
        label="Draft II",
        language="en",
        blocks=[
            {"text": "Before all."},
            {"id": "b3", "text": "Paragraph 3."},
            {"id": "b1", "text": "Paragraph *1*, mended."},
        ],
    )
    return id, done


async def test_revision_is_read_by_its_number(scenario: ForumScenario) -> None:
    id, done = await revised(scenario)
    before = {"position": done["position"] - 1}

    draft = (await scenario.commenter.ask(REVISIONS, id=id))["draft"]
    past = (await scenario.commenter.ask(REVISIONS, id=id, asOf=before))["draft"]

    first = [
        {"blockId": f"b{n}", "number": n, "text": f"Paragraph {n}.", "changedIn": 1}
        for n in (1, 2, 3)
    ]
    mended = {"blockId": "b1", "number": 3, "text": "Paragraph *1*, mended.", "changedIn": 2}
    latest, opening = draft["revisions"]["nodes"]
    assert latest == {
        "number": 2,
        "label": "Draft II",
        "language": "en",
        "position": done["position"],
        "published": {"precision": "INSTANT"},
    }
    assert (opening["number"], opening["label"]) == (1, None)
    assert draft["blocks"] == [
        {"blockId": "b4", "number": 1, "text": "Before all.", "changedIn": 2},
        first[2] | {"number": 2},
        mended,
    ]
    assert draft["first"] == first == past["blocks"]
    assert draft["third"] is None
    assert (draft["block"], draft["before"], draft["gone"]) == (mended, first[0], None)
    assert (past["revision"], past["revisions"]["nodes"]) == (1, [opening])


async def test_changes_between_two_revisions_are_told_in_words(scenario: ForumScenario) -> None:
    id, _ = await revised(scenario)

    changes = (await scenario.commenter.ask(CHANGES, id=id))["draft"]["changes"]

    assert changes["totalCount"] == 4
    added, moved, changed, removed = changes["nodes"]
    assert added == {
        "blockId": "b4",
        "kind": "ADDED",
        "moved": False,
        "before": None,
        "after": {"number": 1, "plainText": "Before all."},
        "segments": None,
    }
    assert (moved["blockId"], moved["kind"], moved["segments"]) == ("b3", "MOVED", None)
    assert (changed["blockId"], changed["kind"], changed["moved"]) == ("b1", "CHANGED", False)
    assert [(one["kind"], one["text"]) for one in changed["segments"]] == [
        ("SAME", "Paragraph 1"),
        ("ADDED", ", mended"),
        ("SAME", "."),
    ]
    assert (removed["blockId"], removed["kind"], removed["after"]) == ("b2", "REMOVED", None)


async def test_changes_are_paged_and_go_either_way(scenario: ForumScenario) -> None:
    id, _ = await revised(scenario)

    async def changes(**arguments: Json) -> Json:
        return (await scenario.commenter.ask(CHANGES, id=id, **arguments))["draft"]["changes"]

    page = await changes(first=3)
    rest = await changes(first=3, after=page["pageInfo"]["endCursor"])

    assert [one["blockId"] for one in page["nodes"]] == ["b4", "b3", "b1"]
    assert page["pageInfo"]["hasNextPage"]
    assert [one["blockId"] for one in rest["nodes"]] == ["b2"]
    kinds = [one["kind"] for one in (await changes(**{"from": 0, "to": 1}))["nodes"]]
    assert kinds == ["ADDED"] * 3
    back = (await changes(**{"from": 2, "to": 1}))["nodes"]
    assert [one["kind"] for one in back] == ["REMOVED", "CHANGED", "ADDED"]
    assert (await changes(**{"from": 2, "to": 2}))["nodes"] == []
    assert await changes(to=3) is None
    assert await changes(**{"from": -1}) is None


async def test_blocks_are_read_in_pages(scenario: ForumScenario) -> None:
    id = await scenario.publish(await scenario.establish(), blocks=5)
    query = """query ($id: ID!, $first: Int! = 2, $after: ID) {
        draft(id: $id) { blocks(first: $first, after: $after) { blockId } } }"""

    async def page(**arguments: Json) -> list[str]:
        draft = (await scenario.commenter.ask(query, id=id, **arguments))["draft"]
        return [block["blockId"] for block in draft["blocks"]]

    assert await page() == ["b1", "b2"]
    assert await page(after="b2") == ["b3", "b4"]
    assert await page(after="b4") == ["b5"]
    assert await page(after="b5") == []
    assert await scenario.commenter.codes(query, id=id, after="b6") == ["BAD_CURSOR"]
    assert await scenario.commenter.codes(query, id=id, first=1_001) == ["BAD_PAGE"]


async def test_block_that_did_not_change_is_recorded_once(scenario: ForumScenario) -> None:
    id = await scenario.publish(await scenario.establish(), blocks=3)
    await scenario.secretariat.do(
        "reviseDraft",
        draft=id,
        blocks=[{"id": f"b{n}", "text": f"Paragraph {n}."} for n in (3, 2, 1)],
    )
    query = """query ($id: ID!) { draft(id: $id) { changes { nodes { kind } }
        blocks { text } history { nodes { name data } } } }"""

    draft = (await scenario.commenter.ask(query, id=id))["draft"]

    assert draft["changes"]["nodes"] == [{"kind": "MOVED"}] * 2
    assert [block["text"] for block in draft["blocks"]] == [f"Paragraph {n}." for n in (3, 2, 1)]
    changed = draft["history"]["nodes"][1]
    assert changed["name"] == "Draft.Revised"
    assert "Paragraph" not in str(changed["data"])
