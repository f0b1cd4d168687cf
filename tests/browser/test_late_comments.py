"""Comments that are sent late: in their order, once, or not at all and with the reason."""

import signal
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from playwright.async_api import Browser, expect

from intersessional.infra.clock import now
from intersessional.plugins.composition import installed_plugins
from tests.browser.conftest import origin_of
from tests.browser.drafts import DraftScreen, free_blocks, recorded_on
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import serving as serving_node
from tests.journeys.live_server import free_port, serving
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

WINDOW = "query ($draft: ID!) { draft(id: $draft) { commentWindow { state closesAt } } }"
OFFLINE = "ERR_INTERNET_DISCONNECTED"
GONE = "WebSocket connection|ERR_CONNECTION|ERR_EMPTY|ERR_SOCKET"


async def test_comments_of_a_page_whose_server_is_killed_are_recorded_in_order(
    chromium: Browser, recorded: Recorded
) -> None:
    port, bodies = free_port(), iter([f"Number {number}." for number in range(6)])
    pages = WatchedPages(chromium, f"http://127.0.0.1:{port}")
    pages.allow(GONE)

    async def send(screen: DraftScreen, block: str, bodies: Iterator[str]) -> None:
        await screen.write(block, next(bodies))
        await screen.send(block)

    screen = DraftScreen(await pages.open(service_workers="block"), recorded)
    async with serving(recorded, port) as server:
        async with Client(server.url) as client:
            [block] = await free_blocks(client, recorded, 1)
        await screen.sign_in("Somebody who goes on")
        await send(screen, block, bodies)
        await send(screen, block, bodies)
        await server.end(signal.SIGKILL)
        await send(screen, block, bodies)
        await send(screen, block, bodies)
    async with serving(recorded, port) as server, Client(server.url) as client:
        await send(screen, block, bodies)
        await send(screen, block, bodies)

        await expect(screen.pending()).to_have_count(0)
        found = await recorded_on(client, recorded, block)
        assert [one["body"] for one in found] == [f"Number {number}." for number in range(6)]
        assert await pages.close() == []


async def test_comment_that_comes_after_the_window_has_closed_is_kept_with_the_reason(
    chromium: Browser, recorded: Recorded
) -> None:
    ahead = timedelta()

    def clock() -> datetime:
        return now() + ahead

    async with (
        serving_node(recorded.url, composition=installed_plugins(), clock=clock) as node,
        Client(node.url) as client,
    ):
        await node.caught_up()
        pages = WatchedPages(chromium, origin_of(node))
        pages.allow(OFFLINE)
        window = (await client.ask(WINDOW, draft=str(recorded.draft)))["draft"]["commentWindow"]
        assert window["state"] == "OPEN"
        closes = datetime.fromisoformat(window["closesAt"])
        [block] = await free_blocks(client, recorded, 1)
        ahead = closes - now() - timedelta(hours=1)
        context = await pages.context(service_workers="block")
        screen = DraftScreen(await context.new_page(), recorded)
        await screen.sign_in("Somebody late")

        await context.set_offline(True)
        await screen.write(block, "Too late.")
        await screen.send(block)
        ahead += timedelta(hours=2)
        await context.set_offline(False)

        refused = screen.pending()
        await expect(refused).to_contain_text("The comment window closed at")
        day = f"{closes.day} {closes:%B %Y}"
        await expect(refused).to_contain_text(f"{day}, {closes:%H:%M} UTC")
        await expect(refused).to_contain_text("Europe/Paris")
        await expect(refused).to_contain_text("Too late.")
        await expect(refused.locator("[data-act=copy]")).to_be_visible()
        assert await recorded_on(client, recorded, block) == []
        assert await pages.close() == []
