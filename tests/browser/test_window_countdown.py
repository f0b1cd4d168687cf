"""A page that waits for the opening of a comment window says when that may have come."""

import pytest
from playwright.async_api import Browser, expect

from tests.browser.conftest import origin_of
from tests.browser.drafts import DraftScreen
from tests.browser.watched_pages import WatchedPages
from tests.hostile.restored_forum import OPENS, forum_with_backup

pytestmark = pytest.mark.asyncio(loop_scope="session")

EARLIER = "2027-10-03T12:30:00Z"


async def test_page_that_was_loaded_before_the_opening_asks_to_be_loaded_again_after_it(
    chromium: Browser, postgres: str, migrated: str
) -> None:
    async with forum_with_backup(postgres, migrated) as forum, forum.serving() as node:
        pages = WatchedPages(chromium, origin_of(node))
        page = await pages.open(service_workers="block")
        await page.clock.install(time=EARLIER)
        await DraftScreen(page, forum.record).open()
        left = page.locator("time-left")
        await expect(left).to_have_text("due to open in 9 hours")
        forum.clock.set(OPENS)
        await page.clock.fast_forward("10:00:00")

        await expect(left).to_have_text("may be open: load this page again")
        assert await pages.close() == []
