"""Words that are selected become passages: exactly what stands in the paragraphs."""

import json
from typing import Any

import pytest
from playwright.async_api import Page, expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import DraftScreen, free_blocks, recorded_on
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXTS = (
    "query ($draft: ID!) { draft(id: $draft) { blocks { id: blockId plainText text kind level } } }"
)
SELECT = """([first, start, last, end]) => {
  const node = (block) => document.querySelector(`[data-block="${block}"]`).firstChild;
  getSelection().setBaseAndExtent(node(first), start, node(last), end);
}"""
STRANGE = (
    "A \U0001f469\u200d\U0001f4bb writes \u0639\u0631\u0628\u064a, \U0001d11e and x\u0301 here."
)
"""Letters of two UTF-16 units, joined ones, combining marks, and two directions."""


async def chosen(page: Page) -> list[dict[str, Any]]:
    """The passages in the form to which the bar led."""
    await expect(page.locator("#bar")).to_be_visible()
    await page.locator("#bar button").click()
    value = await page.wait_for_function("document.activeElement.form?.elements.passages.value")
    passages: list[dict[str, Any]] = json.loads(await value.json_value())
    return passages


async def texts_of(client: Client, record: Recorded) -> dict[str, str]:
    """The plain texts of the paragraphs."""
    blocks = (await client.ask(TEXTS, draft=str(record.draft)))["draft"]["blocks"]
    return {one["id"]: one["plainText"] for one in blocks}


def assert_exact(passages: list[dict[str, Any]], texts: dict[str, str]) -> None:
    """Each quote is what stands at its place."""
    assert passages
    for one in passages:
        assert texts[one["block"]][one["start"] : one["end"]] == one["quote"]


async def test_passages_are_exact_however_they_are_selected(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.SECRETARIAT, "Strange letters") as secretariat:
        [block, next_block] = await free_blocks(secretariat, record, 2)
        await _rewrite(secretariat, record, block)
        texts = await texts_of(secretariat, record)
        screen = DraftScreen(await pages.open(), record)
        await screen.sign_in("Somebody who selects")
        page = screen.page
        text = page.locator(f'[data-block="{block}"]')

        await page.evaluate(SELECT, [block, 3, next_block, 9])
        across = await chosen(page)
        await text.select_text()
        entire = await chosen(page)
        await text.dblclick(position={"x": 60, "y": 8})
        by_mouse = await chosen(page)
        await page.evaluate(SELECT, [block, 2, block, 2])
        for _ in range(9):
            await page.evaluate("getSelection().modify('extend', 'forward', 'character')")
        by_keys = await chosen(page)
        await page.evaluate("document.activeElement.blur()")
        await page.keyboard.press("ControlOrMeta+a")
        everything = await chosen(page)

        for passages in (across, entire, by_mouse, by_keys, everything):
            assert_exact(passages, texts)
        assert [across[0]["block"], across[-1]["block"]] == [block, next_block]
        assert [one["quote"] for one in entire] == [texts[block]]
        assert {one["block"]: one["quote"] for one in everything} == {
            name: text.strip() for name, text in texts.items()
        }


async def test_comment_quotes_what_was_selected_and_the_draft_paints_it(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client() as client:
        [block] = await free_blocks(client, record, 1)
        screen = DraftScreen(await pages.open(), record)
        await screen.sign_in("Somebody who quotes")
        await screen.page.evaluate(SELECT, [block, 0, block, 12])
        [passage] = await chosen(screen.page)
        await screen.page.keyboard.type("On these words.")
        await screen.page.keyboard.press("ControlOrMeta+Enter")
        await expect(screen.comments(block)).to_have_count(1)
        [recorded] = await recorded_on(client, record, block)
        assert recorded["passages"] == [passage]

        await screen.open()

        painted = await screen.page.evaluate(
            """() => ["commented", "mine"].flatMap((name) => [...CSS.highlights.get(name)])
              .map((range) => {
                const live = document.createRange();
                live.setStart(range.startContainer, range.startOffset);
                live.setEnd(range.endContainer, range.endOffset);
                return live.toString();
              })"""
        )
        assert passage["quote"] in painted


async def _rewrite(secretariat: Client, record: Recorded, block: str) -> None:
    """Put letters that are hard to count into a paragraph."""
    blocks = (await secretariat.ask(TEXTS, draft=str(record.draft)))["draft"]["blocks"]
    written = [
        {name: value for name, value in one.items() if name != "plainText"}
        | ({"text": STRANGE} if one["id"] == block else {})
        for one in blocks
    ]
    fields = {"draft": str(record.draft), "blocks": written}
    revised = await secretariat.send("reviseDraft", fields)
    assert revised["__typename"] == "DraftRevised", revised
