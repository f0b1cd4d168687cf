"""Draft outputs in the API: what a revision changed."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

CHANGES = """query ($id: ID!, $asOf: AsOfInput) { draft(id: $id, asOf: $asOf) {
  revision label language blocks { blockId text }
  changes { number } first: changes(revision: 1) { ...what }
  second: changes(revision: 2) { ...what }
  third: changes(revision: 3) { number } } }
fragment what on DraftRevision {
  number label language added changed removed published { precision } }"""


async def test_revision_shows_which_blocks_it_added_changed_and_removed(
    scenario: ForumScenario,
) -> None:
    id = await scenario.publish(await scenario.establish())
    first = (await scenario.commenter.ask(CHANGES, id=id))["draft"]
    done = await scenario.secretariat.do(
        "reviseDraft",
        draft=id,
        label="Draft II",
        language="en",
        blocks=[{"text": "Before all."}, {"id": "b1", "text": "Paragraph 1, mended."}],
    )
    draft = (await scenario.commenter.ask(CHANGES, id=id))["draft"]

    assert first["changes"] == {"number": 1}
    assert first["second"] is None
    assert draft["changes"] == {"number": 2}
    assert draft["first"]["added"] == ["b1", "b2"]
    assert draft["second"] == {
        "number": 2,
        "label": "Draft II",
        "language": "en",
        "added": ["b3"],
        "changed": ["b1"],
        "removed": ["b2"],
        "published": {"precision": "INSTANT"},
    }
    assert draft["third"] is None
    assert [(block["blockId"], block["text"]) for block in draft["blocks"]] == [
        ("b3", "Before all."),
        ("b1", "Paragraph 1, mended."),
    ]
    before = {"position": done["position"] - 1}
    past = (await scenario.commenter.ask(CHANGES, id=id, asOf=before))["draft"]
    assert past == first


async def test_block_that_did_not_change_is_recorded_once(scenario: ForumScenario) -> None:
    id = await scenario.publish(await scenario.establish(), blocks=3)
    await scenario.secretariat.do(
        "reviseDraft",
        draft=id,
        blocks=[{"id": f"b{n}", "text": f"Paragraph {n}."} for n in (3, 2, 1)],
    )
    query = """query ($id: ID!) { draft(id: $id) { changes { added changed removed }
        blocks { text } history { nodes { name data } } } }"""

    draft = (await scenario.commenter.ask(query, id=id))["draft"]

    assert draft["changes"] == {"added": [], "changed": [], "removed": []}
    assert [block["text"] for block in draft["blocks"]] == [f"Paragraph {n}." for n in (3, 2, 1)]
    revised = draft["history"]["nodes"][1]
    assert revised["name"] == "Draft.Revised"
    assert "Paragraph" not in str(revised["data"])
