"""Tabs are live, however many there are, however they return and whatever a network refuses."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio
from playwright.async_api import Browser, WebSocketRoute, expect

from intersessional.domain.kernel.act import Role
from tests.browser.conftest import origin_of
from tests.browser.drafts import LIVE, DraftScreen
from tests.browser.watched_pages import WatchedPages
from tests.clients.chromium import CHROMIUM, FLAGS
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

FIRST = "query ($draft: ID!) { draft(id: $draft) { comments(first: 1) { nodes { id } } } }"
TABS = 12
"""Twice what a browser connects to a host of HTTP/1.1."""


async def post(node: Server, record: Recorded, body: str, **more: str) -> None:
    """Comment on the whole draft, or reply."""
    async with await node.client(Role.COMMENTER, "Somebody far away") as other:
        await other.send("postComment", {"draft": str(record.draft), "body": body, **more})


async def test_twelve_tabs_are_all_live(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client() as client:
        data = await client.ask(FIRST, draft=str(record.draft))
    comment = data["draft"]["comments"]["nodes"][0]["id"]
    context = await pages.context(service_workers="block")
    tabs = [await context.new_page() for _ in range(TABS)]
    for tab in tabs:
        await tab.goto(f"/comments/{comment}", wait_until="commit")
    for tab in tabs:
        await tab.wait_for_selector(LIVE)

    await post(node, record, "Seen in twelve tabs.", inReplyTo=comment)

    for tab in tabs:
        await expect(tab.get_by_text("Seen in twelve tabs.")).to_have_count(1)


async def test_page_is_live_where_sockets_are_refused(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    screen = DraftScreen(await pages.open(service_workers="block"), record)

    async def refuse(socket: WebSocketRoute) -> None:
        await socket.close()

    await screen.page.route_web_socket("**/graphql", refuse)
    streams: list[str] = []
    screen.page.on(
        "request",
        lambda one: streams.append(one.url) if one.resource_type == "eventsource" else None,
    )

    await screen.open()
    await post(node, record, "Seen without a socket.")

    await expect(screen.page.get_by_text("Seen without a socket.")).to_have_count(1)
    assert len(streams) == 1


@pytest_asyncio.fixture(loop_scope="session")
async def keeping_pages(chromium: Browser, node: Server) -> AsyncGenerator[WatchedPages]:
    """Pages of a browser that keeps them for going back, which Playwright forbids otherwise."""
    browser = await chromium.browser_type.launch(
        executable_path=CHROMIUM,
        args=[*FLAGS],
        ignore_default_args=["--disable-back-forward-cache"],
    )
    pages = WatchedPages(browser, origin_of(node))
    yield pages
    assert await pages.close() == []
    await browser.close()


async def test_page_to_which_one_goes_back_is_as_it_was_and_up_to_date(
    keeping_pages: WatchedPages, node: Server, record: Recorded
) -> None:
    screen = DraftScreen(await keeping_pages.open(service_workers="block"), record)
    page = screen.page
    await screen.open()
    await page.evaluate(
        "addEventListener('pageshow', ({ persisted }) => (window.persisted = persisted))"
    )

    await page.goto("/keys")
    await post(node, record, "Written while the page was put by.")
    await page.evaluate("history.back()")

    await page.wait_for_function("window.persisted")
    await page.wait_for_selector(LIVE)
    await expect(page.get_by_text("Written while the page was put by.")).to_have_count(1)
