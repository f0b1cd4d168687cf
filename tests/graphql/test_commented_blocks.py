"""A comment says what became of the blocks that it is about."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

BLOCKS = """query ($id: ID!, $asOf: AsOfInput) { comment(id: $id, asOf: $asOf) {
    revision blocks commentedBlocks { blockId state changedIn } } }"""
THEN_AND_NOW = """query ($id: ID!) { comment(id: $id) {
    commentedBlocks { then { number plainText } now { number plainText } } } }"""


async def test_comment_says_that_a_block_was_rewritten_or_removed(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish(), blocks=3)
    posted = await scenario.comment(draft, blocks=["b1", "b2", "b3"])
    revised = await scenario.secretariat.do(
        "reviseDraft",
        draft=draft,
        blocks=[
            {"text": "A paragraph before the others."},
            {"id": "b2", "text": "Another paragraph under the same id."},
            {"id": "b1", "text": "Paragraph 1."},
        ],
    )
    later = await scenario.comment(draft, blocks=["b2"])
    comments = [answer["comment"]["id"] for answer in (posted, later)]

    now, since = [(await scenario.commenter.ask(BLOCKS, id=id))["comment"] for id in comments]
    then = await scenario.commenter.ask(
        BLOCKS, id=comments[0], asOf={"position": revised["position"] - 1}
    )

    assert now == {
        "revision": 1,
        "blocks": ["b1", "b2", "b3"],
        "commentedBlocks": [
            {"blockId": "b1", "state": "UNCHANGED", "changedIn": 1},
            {"blockId": "b2", "state": "CHANGED", "changedIn": 2},
            {"blockId": "b3", "state": "REMOVED", "changedIn": None},
        ],
    }
    assert since["commentedBlocks"] == [{"blockId": "b2", "state": "UNCHANGED", "changedIn": 2}]
    assert {block["state"] for block in then["comment"]["commentedBlocks"]} == {"UNCHANGED"}

    both = (await scenario.commenter.ask(THEN_AND_NOW, id=comments[0]))["comment"]

    assert both["commentedBlocks"] == [
        {
            "then": {"number": 1, "plainText": "Paragraph 1."},
            "now": {"number": 3, "plainText": "Paragraph 1."},
        },
        {
            "then": {"number": 2, "plainText": "Paragraph 2."},
            "now": {"number": 2, "plainText": "Another paragraph under the same id."},
        },
        {"then": {"number": 3, "plainText": "Paragraph 3."}, "now": None},
    ]
