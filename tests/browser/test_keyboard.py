"""Everything can be done with the keyboard alone, and what has the focus is seen."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.watched_pages import WatchedPages

pytestmark = pytest.mark.asyncio(loop_scope="session")

TEXT = "Written by keys alone."
TABS_MAX = 150
FOCUS = """() => {
    const element = document.activeElement;
    const [box] = element.getClientRects();
    if (!box) return `nothing is seen of ${element.outerHTML.slice(0, 100)}`;
    const hit = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
    const isSeen = hit && (element.contains(hit) || hit.contains(element));
    const { outlineStyle } = getComputedStyle(element);
    const isMarked = element.matches(":focus-visible") && outlineStyle !== "none";
    return isSeen && isMarked ? "" : `${isSeen} ${isMarked} ${element.outerHTML.slice(0, 100)}`;
}"""


async def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus; what has it on the way is seen, and marked."""
    for _ in range(TABS_MAX):
        await page.keyboard.press("Tab")
        assert await page.evaluate(FOCUS) == ""
        if await page.evaluate("(css) => document.activeElement.matches(css)", selector):
            return
    pytest.fail(f"{TABS_MAX} times Tab do not reach {selector}")


async def test_a_person_signs_in_reads_and_comments_with_keys(pages: WatchedPages) -> None:
    page = await pages.open("/", viewport={"width": 1280, "height": 700})

    await tab_to(page, ".skip")
    await page.keyboard.press("Enter")
    await tab_to(page, "main a[href^='/drafts/']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/drafts/*")
    await tab_to(page, "a[href^='/sign-in']")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/sign-in**")
    await tab_to(page, "input[name=role]")
    for _ in range(await page.locator("input[name=role]").count()):
        if await page.evaluate("document.activeElement.value === 'COMMENTER'"):
            break
        await page.keyboard.press("ArrowDown")
    await tab_to(page, "input[name=name]")
    await page.keyboard.type("Kim")
    await page.keyboard.press("Enter")
    await page.wait_for_url("**/drafts/*")

    await page.wait_for_selector("live-line[data-state=live]")
    await tab_to(page, ".block summary")
    await page.keyboard.press("Enter")
    await tab_to(page, ".block textarea")
    await page.keyboard.type(TEXT)
    await page.keyboard.press("Escape")
    await page.keyboard.press("Enter")
    await tab_to(page, ".block textarea")
    assert await page.evaluate("document.activeElement.value") == TEXT, "Escape keeps the text"
    await page.keyboard.press("Control+Enter")

    mine = page.locator(".block article:not([data-state=pending])", has_text=TEXT)
    await expect(mine).to_have_count(1)
    await expect(page.locator("[role=status]")).not_to_be_empty()
