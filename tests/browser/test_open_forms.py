"""Forms that are open can be read and used, and sent with the keyboard alone."""

import pytest
from playwright.async_api import Page, expect

from tests.browser.drafts import sign_in
from tests.browser.page_checks import faults, needs_packages
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.page.every_screen import addresses_by_path
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

OPEN = "() => document.querySelectorAll('main details').forEach((one) => { one.open = true })"
OF_THE_SECRETARIAT = (
    "/groups/{id}",
    "/groups/{id}/work",
    "/meetings/{id}",
    "/proposals/{id}",
    "/cycles/{year}/annual-meeting",
    "/drafts/{id}/revisions/new",
)
OF_A_MEMBER = ("/cycles/{year}/proposals", "/cycles/{year}/questions", "/proposals/{id}")


async def signed_in(pages: WatchedPages, role: str, **options: str) -> Page:
    """A page of somebody who has signed in with a role."""
    page = await pages.open(service_workers="block", **options)
    await sign_in(page, "Wanjiru", role)
    return page


@needs_packages
@pytest.mark.parametrize(
    ("role", "screens", "locale"),
    [("SECRETARIAT", OF_THE_SECRETARIAT, "ar"), ("MAG_MEMBER", OF_A_MEMBER, "en-GB")],
)
async def test_open_forms_can_be_read_and_used(
    pages: WatchedPages,
    node: Server,
    record: Recorded,
    role: str,
    screens: tuple[str, ...],
    locale: str,
) -> None:
    addresses = await addresses_by_path(node, record)
    page = await signed_in(pages, role, locale=locale)
    found: list[str] = []
    for path in screens:
        await page.goto(addresses[path])
        assert await page.locator("main form").count() > 0, path
        await page.evaluate(OPEN)
        found += [f"{path} {one}" for one in await faults(page, "light")]
    assert not found, "\n".join(found)


async def test_question_is_sent_with_the_keyboard_alone(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    addresses = await addresses_by_path(node, record)
    page = await signed_in(pages, "MAG_MEMBER")
    await page.goto(addresses["/cycles/{year}/questions"])
    act = page.locator("details.act").filter(has_text="Ask a question").last
    await act.locator("summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Who pays for it?")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")

    await expect(page.locator("h3", has_text="Who pays for it?")).to_be_visible()
    assert "#q-" in page.url
