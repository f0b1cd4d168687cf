"""Everything can be done without JavaScript."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.watched_pages import WatchedPages

pytestmark = pytest.mark.asyncio(loop_scope="session")

DRAFT = "Networks that neighbours run"
TEXT = "Written without a script."


async def sign_in(page: Page, name: str) -> None:
    """Fill and send the form of the development server, as someone who may comment."""
    await page.check("input[name=role][value=COMMENTER]")
    await page.fill("input[name=name]", name)
    await page.click("main form button")


async def test_a_draft_is_found_read_and_commented_without_scripts(pages: WatchedPages) -> None:
    page = await pages.open("/", java_script_enabled=False)
    main = page.locator("main")
    await main.locator("a[href^='/drafts/']", has_text=DRAFT).first.click()
    await page.locator("a.number").nth(2).click()
    paragraph = page.url

    # Written before signing in: the text stays in the form that is shown again.
    await main.locator("textarea").first.fill(TEXT)
    await main.locator("form.composer button.primary").first.click()
    await expect(main.locator(".errors")).to_be_visible()
    await expect(main.locator("textarea").first).to_have_value(TEXT)
    await main.locator(".errors").get_by_role("link").last.click()
    await sign_in(page, "Noor")
    assert page.url == paragraph
    await main.locator("textarea").first.fill(TEXT)
    await main.locator("form.composer button.primary").first.click()

    mine = main.locator("article", has_text=TEXT)
    await expect(mine).to_have_count(1)
    assert page.url.startswith(f"{paragraph}#c-")
    await mine.locator("a.when").click()
    await expect(main).to_contain_text(TEXT)
    pages.allow("status of 422")


async def test_the_past_and_another_language_are_reached_without_scripts(
    pages: WatchedPages,
) -> None:
    page = await pages.open("/record", java_script_enabled=False)

    await page.locator("main form.slider").get_by_role("link", name="One event earlier").click()
    await expect(page.locator("main .notice[data-kind=past]")).to_be_visible()
    await page.locator("footer a[hreflang=fr]").click()

    await expect(page.locator("html")).to_have_attribute("lang", "fr")
    assert "asOf=" in page.url, "the past that was chosen stays"
    await page.goto("/")
    await expect(page.locator("html")).to_have_attribute("lang", "fr")
