"""Texts of blocks and comments in the API: their HTML, their plain text and their language."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

DRAFT = """query ($id: ID!) { draft(id: $id) {
    blocks { blockId kind level html plainText language text } } }"""
COMMENT = "query ($id: ID!) { comment(id: $id) { body bodyHtml language bodyStatus } }"


async def test_blocks_have_kinds_html_and_languages(scenario: ForumScenario) -> None:
    done = await scenario.secretariat.do(
        "publishDraft",
        "... on DraftPublished { draft { id } }",
        group=await scenario.establish(),
        title="A draft",
        language="en",
        blocks=[
            {"text": "What *we* found", "kind": "HEADING", "level": 2},
            {"text": "<b>Raw</b> & [linked](https://igf.example)"},
            {"text": "Deux", "kind": "ORDERED_ITEM", "language": "fr"},
        ],
    )

    draft = (await scenario.commenter.ask(DRAFT, id=done["draft"]["id"]))["draft"]

    assert draft["blocks"] == [
        {
            "blockId": "b1",
            "kind": "HEADING",
            "level": 2,
            "html": "What <em>we</em> found",
            "plainText": "What we found",
            "language": "en",
            "text": "What *we* found",
        },
        {
            "blockId": "b2",
            "kind": "PARAGRAPH",
            "level": None,
            "html": '&lt;b&gt;Raw&lt;/b&gt; &amp; <a href="https://igf.example"'
            ' rel="nofollow noopener noreferrer ugc">linked</a>',
            "plainText": "<b>Raw</b> & linked",
            "language": "en",
            "text": "<b>Raw</b> & [linked](https://igf.example)",
        },
        {
            "blockId": "b3",
            "kind": "ORDERED_ITEM",
            "level": 1,
            "html": "Deux",
            "plainText": "Deux",
            "language": "fr",
            "text": "Deux",
        },
    ]


async def test_comment_has_html_and_a_language_until_it_is_withdrawn(
    scenario: ForumScenario,
) -> None:
    draft = await scenario.publish(await scenario.establish())
    posted = await scenario.comment(draft, body="- \u0434\u0430\n- *no*", language="RU")
    id = posted["comment"]["id"]

    before = (await scenario.commenter.ask(COMMENT, id=id))["comment"]
    await scenario.commenter.do("withdrawComment", comment=id)
    after = (await scenario.commenter.ask(COMMENT, id=id))["comment"]

    assert before == {
        "body": "- \u0434\u0430\n- *no*",
        "bodyHtml": "<ul>\n<li>\u0434\u0430</li>\n<li><em>no</em></li>\n</ul>\n",
        "language": "ru",
        "bodyStatus": "GIVEN",
    }
    assert after == {
        "body": None,
        "bodyHtml": None,
        "language": "ru",
        "bodyStatus": "WITHDRAWN",
    }


async def test_comment_in_no_language_that_has_a_tag_is_refused(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())

    refused = await scenario.commenter.send(
        "postComment",
        {"draft": draft, "body": "A comment.", "language": "English"},
        refusals="... on BadValue { field }",
    )

    assert (refused["code"], refused["field"]) == ("BAD_VALUE", "language")
