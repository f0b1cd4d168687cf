"""Everything can be done without JavaScript."""

import pytest
from playwright.async_api import Page, expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import free_blocks, recorded_on
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = 42
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
    margin = page.locator(".block details").nth(2)
    await margin.locator("summary").click()
    await margin.get_by_role("link", name="Comment on the page of this paragraph").click()
    paragraph = page.url.removesuffix("#write")

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
    await main.locator("summary", has_text="Withdraw this comment").click()
    await main.get_by_role("button", name="Withdraw it").click()
    await expect(main).to_contain_text("It was withdrawn.")
    await expect(main).not_to_contain_text(TEXT)
    pages.allow("status of 422")


async def test_comments_on_a_paragraph_are_paged_without_scripts(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.COMMENTER, "Many words") as other:
        [block] = await free_blocks(other, record, 1)
        for number in range(COMMENTS):
            fields = {"draft": str(record.draft), "body": f"Number {number}.", "blocks": [block]}
            await other.send("postComment", fields)
        recorded = [one["id"] for one in await recorded_on(other, record, block)]
    page = await pages.open(f"/drafts/{record.draft}/{block}", java_script_enabled=False)
    articles = page.locator("main article[data-comment]")

    async def shown() -> list[str]:
        ids = [await one.get_attribute("data-comment") for one in await articles.all()]
        return [one or "" for one in ids]

    last = await shown()
    await page.get_by_role("link", name="Earlier comments").click()
    assert [*await shown(), *last] == recorded


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
