"""What a screen reader reads: the text first, then what can be done with it, in its language."""

from typing import Any

import pytest

from tests.browser.watched_pages import WatchedPages, wait_until_settled
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = """query ($draft: ID!) { draft(id: $draft) {
    comments(first: 100) { nodes { language blocks } } } }"""
LANGUAGES = """() => Array.from(document.querySelectorAll("article.comment .prose"))
    .filter((one) => /[\\u0600-\\u06ff]|[\\u0400-\\u04ff]/.test(one.textContent))
    .map((one) => [one.lang, getComputedStyle(one).direction, one.dir])"""


async def test_paragraph_is_its_text_and_then_how_many_comments_it_has(
    pages: WatchedPages, record: Recorded
) -> None:
    page = await pages.open(f"/drafts/{record.draft}", service_workers="block")
    block = page.locator(".block:has(summary[data-number='2'])").first
    text = (await block.locator(".prose").first.inner_text()).strip()

    session: Any = await page.context.new_cdp_session(page)
    tree = await session.send("Accessibility.getFullAXTree")
    names = {str(node.get("name", {}).get("value", "")) for node in tree["nodes"]}
    number = await block.locator("summary").get_attribute("data-paragraph")
    assert {text, f"2 comments on paragraph {number}"} <= names
    assert await block.evaluate(
        "(one) => !!(one.querySelector('.prose').compareDocumentPosition("
        "one.querySelector('summary')) & Node.DOCUMENT_POSITION_FOLLOWING)"
    )


async def test_comment_in_another_language_says_which_and_runs_its_way(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client() as client:
        nodes = (await client.ask(COMMENTS, draft=str(record.draft)))["draft"]["comments"]["nodes"]
    others = [one["blocks"] for one in nodes if one["language"] in ("ar", "ru")]
    page = await pages.open(f"/drafts/{record.draft}", service_workers="block")
    for block in {block for blocks in others for block in blocks}:
        await page.locator(f"#b-{block} summary").click()
    await wait_until_settled(page)

    found = await page.evaluate(LANGUAGES)
    assert {language for language, *_ in found} == {"ar", "ru"}
    assert {way for language, way, _ in found if language == "ar"} == {"rtl"}
