"""New comments of others scroll nothing: there is a link, and a number that can be muted."""

import pytest
from playwright.async_api import expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import DraftScreen, free_blocks
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTED = "query ($draft: ID!) { draft(id: $draft) { blocks { blockId commentCount } } }"


async def test_link_leads_to_new_comments_and_the_page_does_not_scroll_by_itself(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.COMMENTER, "Somebody new") as other:
        [*_, block] = await free_blocks(other, record, 3)
        context = await pages.context()
        page = await context.new_page()
        await page.goto("/keys")
        await page.get_by_label("Do not say how many comments others write").check()
        screen = DraftScreen(page, record)
        await page.clock.install()
        await screen.open()

        for number in range(2):
            fields = {"draft": str(record.draft), "body": f"New {number}", "blocks": [block]}
            await other.send("postComment", fields)

        link = page.locator("#new-comments a")
        await expect(link).to_have_text("New comments: 2.")
        assert await page.evaluate("scrollY") == 0
        await page.clock.run_for(5_000)
        assert await page.locator("#status").text_content() == ""
        await link.click()
        await expect(screen.comments(block)).to_have_count(2)
        await expect(screen.block(block)).to_be_in_viewport()
        await expect(link).to_be_hidden()


async def test_paragraphs_with_comments_lead_to_each_other_without_scripts(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    page = await pages.open(f"/drafts/{record.draft}", java_script_enabled=False)
    async with await node.client() as client:
        data = await client.ask(COMMENTED, draft=str(record.draft))
    blocks = data["draft"]["blocks"]
    commented = [one["blockId"] for one in blocks if one["commentCount"]]

    first = page.get_by_role("link", name="First paragraph with comments")
    followed = [await first.get_attribute("href")]
    for block in commented[:-1]:
        after = page.locator(f"#b-{block} details a", has_text="Next paragraph with comments")
        followed.append(await after.get_attribute("href"))

    assert followed == [f"#b-{block}" for block in commented]
