"""The screens of a person who has signed in can be read and used, and sign out cleanly."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.drafts import sign_in
from tests.browser.page_checks import faults, needs_packages
from tests.browser.watched_pages import WatchedPages

pytestmark = pytest.mark.asyncio(loop_scope="session")

PENDING = {
    "commandId": "8b0c7a52-0000-4000-8000-000000000000",
    "action": "/drafts/x/comments",
    "form": "write",
    "fields": [["body", "Words that wait."]],
    "writer": None,
    "state": "signed-out",
    "stamp": "1",
    "writtenAt": 1795998862000,
    "order": 1,
    "refusal": None,
}
HOLD = """(comment) =>
    localStorage.setItem(`pending-comment:${comment.commandId}`, JSON.stringify(comment))"""


async def signed_in(pages: WatchedPages, name: str, **options: str) -> Page:
    """A page of somebody who may comment, with a comment that waits on the device."""
    page = await pages.open(service_workers="block", **options)
    await sign_in(page, name)
    await page.goto("/")
    await page.evaluate(HOLD, PENDING)
    return page


@needs_packages
async def test_own_screens_can_be_read_and_used(pages: WatchedPages) -> None:
    page = await signed_in(pages, "Ines", locale="ar")
    found: list[str] = []
    for path in ("/me", "/conduct?next=/me", "/sign-out"):
        await page.goto(path)
        for details in await page.query_selector_all("main details > summary"):
            await details.click()
        found += await faults(page, "light")
    assert not found, "\n".join(found)


async def test_signing_out_asks_what_becomes_of_comments_that_wait(pages: WatchedPages) -> None:
    page = await signed_in(pages, "Omar")
    await page.reload()
    notice = page.locator("main [data-waiting]")
    await expect(notice).to_contain_text("Comments on this device that are not sent yet: 1.")
    await notice.get_by_role("link").click()
    await expect(page.locator("#pending-comments")).to_contain_text("Words that wait.")
    await page.goto("/sign-out")
    await expect(page.locator("[data-waiting]")).to_contain_text("not sent yet: 1")
    await page.check("[name=discard]")

    await page.click("main form .primary")

    await expect(page.locator("header .account")).to_contain_text("Sign in")
    assert await page.evaluate("Object.keys(localStorage)") == []
    assert await page.evaluate("document.cookie") == ""
