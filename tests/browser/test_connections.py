"""A page shows each event once and in order, whatever happens to its connection."""

import json
import signal
from collections.abc import AsyncGenerator
from contextlib import suppress

import psutil
import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, TimeoutError, WebSocket, expect

from tests.browser.drafts import sign_in
from tests.browser.watched_pages import WatchedPages
from tests.journeys.api_client import signed_in
from tests.journeys.live_server import Server as Process
from tests.journeys.live_server import serving
from tests.ports import free_port
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

LIVE = "live-line[data-state=live]"
LOST = "live-line[data-state=lost]"
SILENCE_MS = 26_000
"""A page gives a silent connection up after this time."""
STEP_REAL_MS = 500


async def test_comment_of_one_page_is_in_another_once(
    pages: WatchedPages, record: Recorded
) -> None:
    here, there = await pages.open(f"/drafts/{record.draft}"), await pages.open()
    await sign_in(there, "Rosa")
    await there.goto(f"/drafts/{record.draft}")
    await here.wait_for_selector(LIVE)

    await there.fill("#general textarea", "Seen by everybody.")
    await there.click("#general form.composer button.primary")

    await expect(here.locator("#general article", has_text="Seen by everybody.")).to_have_count(1)
    await expect(there.locator("#general article", has_text="Seen by everybody.")).to_have_count(1)
    assert await here.locator("[role=status], [aria-live]").count() == 1


@pytest_asyncio.fixture(loop_scope="session")
async def process(recorded: Recorded) -> AsyncGenerator[tuple[Process, int]]:
    """A server as a process, and its port."""
    port = free_port()
    async with serving(recorded, port) as server:
        yield server, port


async def pass_until(page: Page, selector: str, step_ms: int) -> None:
    """Let the page's clock run until something is there, slowly: a connection takes real time."""
    while not await page.locator(selector).count():
        await page.clock.run_for(step_ms)
        with suppress(TimeoutError):
            await page.wait_for_selector(selector, timeout=STEP_REAL_MS)


async def test_page_notices_a_stopped_server_and_one_that_restarts(
    chromium: Browser, process: tuple[Process, int], recorded: Recorded
) -> None:
    server, port = process
    pages = WatchedPages(chromium, server.url.removesuffix("/graphql"))
    pages.allow("WebSocket connection|ERR_CONNECTION|ERR_EMPTY")
    page = await pages.open(service_workers="block")
    await page.clock.install()
    pings: list[int] = []

    def watch(socket: WebSocket) -> None:
        socket.on("framereceived", lambda frame: pings.extend(_reconnect_in_ms(str(frame))))

    page.on("websocket", watch)
    await page.goto(f"/drafts/{recorded.draft}")
    await page.wait_for_selector(LIVE)

    stopped = psutil.Process(server.running.process.pid)
    stopped.send_signal(signal.SIGSTOP)
    await page.clock.run_for(SILENCE_MS)
    await page.wait_for_selector(LOST)
    stopped.send_signal(signal.SIGCONT)
    await pass_until(page, LIVE, 1_000)

    assert await server.end(signal.SIGTERM) == 0
    await page.wait_for_selector(LOST)
    assert pings, "the server said when to come back"
    async with serving(recorded, port) as again, signed_in(again.url, recorded) as api:
        await api.comment("Written while the page was away.")
        await pass_until(page, LIVE, 1_000)
        late = page.locator("#general article", has_text="Written while the page was away.")
        await expect(late).to_have_count(1)
    assert await pages.close() == []


def _reconnect_in_ms(frame: str) -> list[int]:
    match json.loads(frame):
        case {"payload": {"reconnectInMs": int(found)}}:
            return [found]
        case _:
            return []
