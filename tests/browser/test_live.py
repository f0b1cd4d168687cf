"""What others do comes without moving what a person reads or writes."""

import asyncio

import pytest
from playwright.async_api import WebSocket, expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import LIVE, DraftScreen, free_blocks, recorded_on
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = 210
SHIFT_MAX = 0.02
"""The cumulative layout shift from the loading on: a fifth of what the web calls good."""
WATCH_SHIFTS = """() => {
  window.shifted = 0;
  new PerformanceObserver((list) => {
    for (const { value, hadRecentInput } of list.getEntries())
      if (!hadRecentInput) shifted += value;
  }).observe({ type: "layout-shift", buffered: true });
}"""
STATE = """() => {
  const text = document.activeElement;
  const open = [...document.querySelectorAll("details[open]")].map(({ dataset }) => dataset.source);
  const { top } = text.getBoundingClientRect();
  return [text.value, text.selectionStart, text.id, open, Math.round(top)];
}"""
WATCH_STATUS = """() => {
  window.said = [];
  const status = document.getElementById("status");
  new MutationObserver(() => said.push(status.textContent)).observe(status, {
    childList: true, characterData: true, subtree: true,
  });
}"""


async def post(client: Client, record: Recorded, block: str, count: int) -> None:
    """Comment on a paragraph so many times."""
    for number in range(count):
        fields = {"draft": str(record.draft), "body": f"Secret {number}", "blocks": [block]}
        posted = await client.send("postComment", fields)
        assert posted["__typename"] == "CommentPosted", posted


async def test_comments_of_others_are_appended_and_nothing_moves(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.COMMENTER, "Many words") as other:
        [block, written] = await free_blocks(other, record, 2)
        screen = DraftScreen(await pages.open(), record)
        await screen.page.clock.install()
        await screen.open()
        await screen.block(block).locator("summary").click()
        field = await screen.write(written, "Half a thought, and")
        await field.press("ArrowLeft")
        *before, top = await screen.page.evaluate(STATE)
        await screen.page.evaluate(WATCH_STATUS)
        await screen.page.evaluate(WATCH_SHIFTS)
        await screen.page.clock.pause_at(await screen.page.evaluate("Date.now() / 1000 + 1"))

        await post(other, record, block, COMMENTS)

        last = screen.comments(block).last
        await expect(last).to_contain_text(f"Secret {COMMENTS - 1}")
        await screen.page.clock.run_for(5_000)
        said = await screen.page.evaluate("said")
        ids = await screen.comments(block).evaluate_all("all => all.map((one) => one.id.slice(2))")
        everywhere = await screen.page.locator("article[data-comment]").count()
        summary = screen.block(block).locator("summary")
        await expect(summary).to_have_attribute("data-number", str(COMMENTS))
        *after, top_after = await screen.page.evaluate(STATE)
        assert await screen.page.evaluate("shifted") <= SHIFT_MAX
        assert after == before
        assert abs(top_after - top) <= 1
        assert everywhere <= 200
        assert len(ids) == len(set(ids))
        assert said == [f"New comments: {COMMENTS}."]


async def test_page_has_one_live_region(pages: WatchedPages, record: Recorded) -> None:
    screen = DraftScreen(await pages.open(), record)
    await screen.open()

    regions = screen.page.locator("[aria-live], [role=status], [role=alert], [role=log]")

    assert await regions.evaluate_all("all => all.map((one) => one.id)") == ["status"]


async def test_line_without_a_sign_of_life_is_called_lost_and_comes_back(
    pages: WatchedPages, record: Recorded
) -> None:
    page = await pages.open()
    await page.clock.install()
    screen = DraftScreen(page, record)
    await screen.open()
    await page.evaluate(
        "window.states = []; document.addEventListener('line', ({ detail }) => states.push(detail))"
    )

    async with page.expect_websocket():
        await page.clock.fast_forward(27_000)
    await page.wait_for_selector(LIVE)

    assert await page.evaluate("states") == ["lost", "live"]


async def test_page_that_is_not_seen_has_no_socket_and_misses_nothing(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    async with await node.client(Role.COMMENTER, "Somebody early") as other:
        [block] = await free_blocks(other, record, 1)
        page = await pages.open()
        sockets: list[WebSocket] = []
        page.on("websocket", lambda socket: sockets.append(socket))
        screen = DraftScreen(page, record)
        await page.clock.install()
        await screen.open()
        await screen.block(block).locator("summary").click()
        await _see(screen, hidden=True)
        closed = asyncio.create_task(sockets[0].wait_for_event("close"))
        await page.clock.fast_forward(31_000)
        await closed
        await post(other, record, block, 2)
        await _see(screen, hidden=False)

        await page.wait_for_selector(LIVE)
        await expect(screen.comments(block)).to_have_count(2)
        shown = await screen.comments(block).evaluate_all("all => all.map((one) => one.id)")
        assert shown == [f"c-{one['id']}" for one in await recorded_on(other, record, block)]
        assert [one.is_closed() for one in sockets] == [True, False]


async def _see(screen: DraftScreen, *, hidden: bool) -> None:
    """Let the page believe that its tab is hidden, or seen again."""
    await screen.page.evaluate(
        """(hidden) => {
          Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
          document.dispatchEvent(new Event("visibilitychange"));
        }""",
        hidden,
    )
