"""Tabs are live, however many there are, however they return and whatever a network refuses."""

import pytest
from playwright.async_api import WebSocket, WebSocketRoute, expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import LIVE, DraftScreen
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

TABS = 12
"""Twice what a browser connects to a host of HTTP/1.1."""
PAGE_EVENT = """([name]) =>
  window.dispatchEvent(new PageTransitionEvent(name, { persisted: true }))"""


async def post(node: Server, record: Recorded, body: str) -> None:
    """Comment on the whole draft."""
    async with await node.client(Role.COMMENTER, "Somebody far away") as other:
        await other.send("postComment", {"draft": str(record.draft), "body": body})


async def test_twelve_tabs_are_all_live(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    context = await pages.context(service_workers="block")
    tabs = [DraftScreen(await context.new_page(), record) for _ in range(TABS)]
    for tab in tabs:
        await tab.page.goto(tab.path, wait_until="commit")
    for tab in tabs:
        await tab.page.wait_for_selector(LIVE)

    await post(node, record, "Seen in twelve tabs.")

    for tab in tabs:
        await expect(tab.page.get_by_text("Seen in twelve tabs.")).to_have_count(1)


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


async def test_page_that_is_put_by_has_no_socket_and_comes_back_up_to_date(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    """Chromium as tests drive it keeps no page for going back: the events alone are checked."""
    screen = DraftScreen(await pages.open(service_workers="block"), record)
    sockets: list[WebSocket] = []
    screen.page.on("websocket", lambda socket: sockets.append(socket))
    await screen.open()

    async with sockets[0].expect_event("close"):
        await screen.page.evaluate(PAGE_EVENT, ["pagehide"])
    await post(node, record, "Written while the page was put by.")
    await screen.page.evaluate(PAGE_EVENT, ["pageshow"])

    await screen.page.wait_for_selector(LIVE)
    await expect(screen.page.get_by_text("Written while the page was put by.")).to_have_count(1)
    assert [one.is_closed() for one in sockets] == [True, False]
