"""A page loads few bytes in few requests, and works with the service worker that it brings."""

from typing import TypedDict

import pytest
from playwright.async_api import Page

from intersessional.domain.kernel.act import Role
from tests.browser.own_drafts import comment_on, publish_draft
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.prose import PARAGRAPHS, Prose
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

COMMENTS = 2_000
COMMENTS_SHOWN = 20
DRAFT_BYTES_MAX = 50_000
DRAFT_AGAIN_BYTES_MAX = 15_000
REQUESTS_MAX = 20
SCREEN_BYTES_MAX = 35_000
SCREEN_REQUESTS_MAX = 12
ELEMENTS_MAX = 2_500
LIVE = "live-line[data-state=live]"


class Load(TypedDict):
    """What a page has loaded."""

    requests: int
    bytes: int
    elements: int


async def load_of(page: Page) -> Load:
    """The requests of a page and their bytes, with its own."""
    await page.wait_for_load_state("networkidle")
    load: Load = await page.evaluate("""() => {
        const kinds = ["navigation", "resource"];
        const entries = kinds.flatMap((kind) => performance.getEntriesByType(kind));
        const bytes = entries.reduce((sum, one) => sum + one.transferSize, 0);
        const elements = document.querySelectorAll("*").length;
        return { requests: entries.length, bytes, elements };
    }""")
    return load


async def test_draft_of_real_prose_loads_few_bytes_and_less_the_second_time(
    pages: WatchedPages, node: Server, record: Recorded
) -> None:
    prose = Prose()
    own = await publish_draft(node, record, prose.paragraphs())
    commenter = await node.token(Role.COMMENTER)
    blocks = [(), *((f"b{number}",) for number in range(1, PARAGRAPHS + 1))]
    await comment_on(node, own, commenter.person, prose.comments(COMMENTS), blocks=blocks)
    await node.caught_up()
    page = await pages.open(f"/drafts/{own.draft}", service_workers="block")
    await page.wait_for_selector(LIVE)
    first = await load_of(page)
    await page.reload()
    second = await load_of(page)

    assert await page.locator("article[data-comment]").count() == COMMENTS_SHOWN
    assert await page.locator("summary[data-number='0']").count() == 0
    assert first["bytes"] <= DRAFT_BYTES_MAX
    assert first["requests"] <= REQUESTS_MAX
    assert first["elements"] <= ELEMENTS_MAX
    assert second["bytes"] <= DRAFT_AGAIN_BYTES_MAX


async def test_page_that_the_worker_fetches_is_live(pages: WatchedPages, record: Recorded) -> None:
    page = await pages.open("/")
    await page.evaluate("navigator.serviceWorker.ready")
    await page.wait_for_function("navigator.serviceWorker.controller")

    response = await page.goto(f"/drafts/{record.draft}")

    assert response is not None
    assert response.from_service_worker
    await page.wait_for_selector(LIVE)


@pytest.mark.parametrize("path", ["/", "/cycles/2018", "/record"])
async def test_screen_loads_few_bytes(pages: WatchedPages, path: str) -> None:
    page = await pages.open(path, service_workers="block")

    load = await load_of(page)
    assert load["bytes"] <= SCREEN_BYTES_MAX
    assert load["requests"] <= SCREEN_REQUESTS_MAX
