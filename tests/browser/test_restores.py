"""A record is restored from an older backup while its pages are open, or kept."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, expect

from tests.browser.conftest import origin_of
from tests.browser.drafts import LIVE, DraftScreen, recorded_on, sign_in
from tests.browser.test_connections import LOST, pass_until
from tests.browser.watched_pages import WatchedPages
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.hostile.restored_forum import OPENS, WRITER, RestoredForum, forum_with_backup
from tests.ports import free_port

pytestmark = pytest.mark.asyncio(loop_scope="session")

BLOCK = "b1"
OFFLINE = "ERR_INTERNET_DISCONNECTED"
KEPT = "async (path) => Boolean(await (await caches.open('pages')).match(path))"
CHANGED = "The record has changed."
AWAY_MS = 300_000


@dataclass(frozen=True, kw_only=True)
class Visit:
    """The writer's browser at a node of the forum, whose window has opened."""

    forum: RestoredForum
    client: Client
    pages: WatchedPages
    context: BrowserContext

    async def draft(self) -> DraftScreen:
        """The draft in another tab."""
        screen = DraftScreen(await self.context.new_page(), self.forum.record)
        await screen.open()
        return screen

    async def recorded(self) -> list[dict[str, Any]]:
        """The comments on the first paragraph that are on record."""
        return await recorded_on(self.client, self.forum.record, BLOCK)

    async def comment(self, screen: DraftScreen, text: str) -> str:
        """Comment on the first paragraph; answers the comment's id once it is shown."""
        await screen.write(BLOCK, text)
        await screen.send(BLOCK)
        await expect(screen.comments(BLOCK)).to_have_count(1)
        [recorded] = await self.recorded()
        return str(recorded["id"])


@pytest_asyncio.fixture(loop_scope="session")
async def forum(postgres: str, migrated: str) -> AsyncGenerator[RestoredForum]:
    """A forum whose window is still to open in its backup."""
    async with forum_with_backup(postgres, migrated) as forum:
        yield forum


@asynccontextmanager
async def visiting(
    chromium: Browser, forum: RestoredForum, node: Server, **options: Any
) -> AsyncGenerator[Visit]:
    """The writer signs in once the window has opened; it fails for faults of the pages."""
    async with Client(node.url) as client:
        forum.clock.set(OPENS)
        await forum.until_window_is(client, "OPEN")
        pages = WatchedPages(chromium, origin_of(node))
        pages.allow(OFFLINE)
        pages.allow("WebSocket is closed before")
        context = await pages.context(**options)
        page = await context.new_page()
        await sign_in(page, WRITER)
        await page.close()
        yield Visit(forum=forum, client=client, pages=pages, context=context)
        assert await pages.close() == []


@pytest_asyncio.fixture(loop_scope="session")
async def visit(chromium: Browser, forum: RestoredForum) -> AsyncGenerator[Visit]:
    """The writer's browser at a node that goes on serving."""
    async with forum.serving() as node, visiting(chromium, forum, node) as visit:
        yield visit


async def test_comment_that_waits_through_a_restore_is_recorded_in_the_window_that_opened_anew(
    visit: Visit,
) -> None:
    screen = await visit.draft()
    await visit.comment(screen, "Lost.")
    await visit.context.set_offline(True)
    await screen.write(BLOCK, "Written in between.")
    await screen.send(BLOCK)
    await expect(screen.pending()).to_have_count(1)

    await visit.forum.restore(visit.client)
    await visit.forum.until_window_is(visit.client, "OPEN")
    await visit.context.set_offline(False)

    await expect(screen.pending()).to_have_count(0)
    await expect(screen.comments(BLOCK)).to_have_count(1)
    await expect(screen.comments(BLOCK)).to_contain_text("Written in between.")
    await expect(screen.page.locator("#changed")).to_contain_text(CHANGED)
    assert [one["body"] for one in await visit.recorded()] == ["Written in between."]


async def test_reply_to_a_lost_comment_is_given_back_and_can_be_sent_without_it(
    visit: Visit,
) -> None:
    screen = await visit.draft()
    await visit.comment(screen, "Lost.")
    await screen.comments(BLOCK).locator(".actions a").first.click()
    await screen.page.keyboard.type("Half an answer")

    await visit.forum.restore(visit.client)
    await visit.forum.until_window_is(visit.client, "OPEN")

    await expect(screen.comments(BLOCK)).to_have_count(0)
    await expect(screen.pending()).to_contain_text("Half an answer")
    await expect(screen.pending()).to_contain_text("What it names is not on record.")
    await screen.pending().get_by_role("button", name="Edit").click()
    await screen.write(BLOCK, "An answer of its own.")
    await screen.send(BLOCK)
    await expect(screen.comments(BLOCK)).to_have_count(1)
    assert [one["body"] for one in await visit.recorded()] == ["An answer of its own."]


async def test_reply_that_waits_on_a_lost_comment_is_refused_and_can_be_sent_without_it(
    visit: Visit,
) -> None:
    screen = await visit.draft()
    await visit.comment(screen, "Lost.")
    await screen.comments(BLOCK).locator(".actions a").first.click()
    await screen.page.keyboard.type("An answer")
    await visit.context.set_offline(True)
    await screen.comments(BLOCK).locator("form.composer .primary").click()
    await expect(screen.pending()).to_have_count(1)

    await visit.forum.restore(visit.client)
    await visit.forum.until_window_is(visit.client, "OPEN")
    await visit.context.set_offline(False)

    await expect(screen.pending()).to_contain_text("What it names is not on record.")
    await screen.pending().get_by_role("button", name="Edit").click()
    await screen.send(BLOCK)
    await expect(screen.comments(BLOCK)).to_have_count(1)
    assert [one["body"] for one in await visit.recorded()] == ["An answer"]


async def test_what_was_being_written_about_something_lost_is_found_among_ones_own_comments(
    visit: Visit,
) -> None:
    screen = await visit.draft()
    await visit.comment(screen, "Lost.")
    await screen.comments(BLOCK).locator(".actions a").first.click()
    await screen.page.keyboard.type("Half an answer")
    await screen.page.goto("about:blank")

    await visit.forum.restore(visit.client)

    await screen.page.goto("/me")
    await expect(screen.pending()).to_contain_text("Half an answer")
    await screen.pending().get_by_role("button", name="Edit").click()
    await screen.page.wait_for_url(f"**{screen.path}")


async def test_kept_page_of_a_lost_comment_is_gone_once_the_server_has_said_so(
    visit: Visit,
) -> None:
    visit.pages.allow("404")
    screen = await visit.draft()
    path = f"/comments/{await visit.comment(screen, 'Lost.')}"
    await screen.page.evaluate("navigator.serviceWorker.ready")
    page = await visit.context.new_page()
    for each, address in ((page, path), (screen.page, screen.path)):
        await each.goto(address)
        await each.wait_for_function(KEPT, arg=address)

    await visit.forum.restore(visit.client)

    answer = await page.goto(path)
    assert answer is not None
    assert answer.status == 404
    await page.wait_for_function(f"async (path) => !(await ({KEPT})(path))", arg=path)
    await visit.context.set_offline(True)
    await page.goto(path)
    await expect(page.locator("h1")).to_have_text("Not connected")
    await expect(page.locator("#copy")).to_have_count(0)
    # What the server was not asked for again is a copy, which says so and of when it is.
    await screen.page.reload()
    await expect(screen.page.locator("#copy")).to_contain_text("as of position")
    await visit.context.set_offline(False)
    await expect(screen.page.locator("#changed")).to_contain_text(CHANGED)


async def test_tab_that_was_frozen_through_a_restore_shows_nothing_that_is_lost(
    visit: Visit,
) -> None:
    awake, frozen = await visit.draft(), await visit.draft()
    await visit.comment(awake, "Lost.")
    await frozen.block(BLOCK).locator("summary").click()
    await expect(frozen.comments(BLOCK)).to_have_count(1)
    session: Any = await visit.context.new_cdp_session(frozen.page)
    await session.send("Page.setWebLifecycleState", {"state": "frozen"})

    await visit.forum.restore(visit.client)
    await visit.forum.until_window_is(visit.client, "OPEN")
    await expect(awake.comments(BLOCK)).to_have_count(0)
    await visit.comment(awake, "What came instead.")
    await session.send("Page.setWebLifecycleState", {"state": "active"})

    await expect(frozen.comments(BLOCK)).to_have_count(1)
    await expect(frozen.comments(BLOCK)).to_contain_text("What came instead.")
    await expect(frozen.page.locator("#changed")).to_contain_text(CHANGED)


async def test_page_whose_node_was_away_says_what_has_changed_and_keeps_what_was_written(
    chromium: Browser, forum: RestoredForum
) -> None:
    port = free_port()
    async with AsyncExitStack() as stack:
        async with forum.serving(port) as node:
            visiting_it = visiting(chromium, forum, node, service_workers="block")
            visit = await stack.enter_async_context(visiting_it)
            visit.pages.allow("WebSocket connection|ERR_CONNECTION|401")
            await visit.context.clock.install()
            screen = await visit.draft()
            await visit.comment(screen, "Lost.")
        await screen.page.wait_for_selector(LOST)
        await screen.write(BLOCK, "Written while nobody served.")
        await screen.send(BLOCK)
        await expect(screen.pending()).to_contain_text("sent as soon as there is a connection")
        await screen.page.clock.run_for(AWAY_MS)
        await forum.backup.replace_database()
        await visit.context.clear_cookies()

        async with forum.serving(port):
            await pass_until(screen.page, LIVE, 1_000)

            await expect(screen.page.locator("#changed")).to_contain_text(CHANGED)
            await expect(screen.comments(BLOCK)).to_have_count(0)
            await expect(screen.pending()).to_contain_text("Sign in to send")
            assert await visit.recorded() == []
            await screen.sign_in(WRITER)
            await expect(screen.comments(BLOCK)).to_have_count(1)
            assert [one["body"] for one in await visit.recorded()] == [
                "Written while nobody served."
            ]
