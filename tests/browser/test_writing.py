"""What a person writes is kept until it is on record, and recorded once."""

import asyncio
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Route, expect

from intersessional.domain.kernel.act import Role
from tests.browser.drafts import DraftScreen, free_blocks, recorded_on
from tests.browser.own_drafts import publish_draft
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")

OFFLINE = "ERR_INTERNET_DISCONNECTED"
KEPT = "async (path) => Boolean(await (await caches.open('pages')).match(path))"
KEPT_BODIES = """() => Object.keys(localStorage)
  .filter((key) => key.startsWith("pending-comment:"))
  .map((key) => new Map(JSON.parse(localStorage[key]).fields).get("body"))"""
FILL = """() => {
  for (let size = 1 << 22; size; size >>= 1)
    try {
      localStorage.setItem(`fill-${size}`, "x".repeat(size));
    } catch {}
}"""
BLOCKS = (
    "query ($draft: ID!) { draft(id: $draft) { revision blocks { id: blockId text kind level } } }"
)


@pytest_asyncio.fixture(loop_scope="session")
async def block(node: Server, record: Recorded) -> str:
    """A paragraph on which nobody has commented."""
    async with await node.client() as client:
        [block] = await free_blocks(client, record, 1)
    return block


async def test_text_is_there_after_the_page_was_killed_and_in_no_other_draft(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    text = "It survives. " * 240
    context = await pages.context()
    screen = DraftScreen(await context.new_page(), record)
    await screen.open()
    await screen.write(block, text)
    async with screen.page.expect_event("crash"):
        session: Any = await context.new_cdp_session(screen.page)
        crash = asyncio.create_task(session.send("Page.crash"))
    crash.cancel()

    again = DraftScreen(await context.new_page(), record)
    await again.open()

    field = again.block(block).locator("details[open] form.composer textarea")
    await expect(field).to_have_value(text)
    blocks = int(block.removeprefix("b"))
    other = DraftScreen(
        again.page, await publish_draft(node, record, ["A paragraph."] * (blocks + 1))
    )
    await other.open()
    await other.block(f"b{blocks + 1}").locator("summary").click()
    await expect(other.block(f"b{blocks + 1}").locator("form.composer")).to_be_visible()
    await expect(other.block(block).locator("details")).not_to_have_attribute("open", "")


async def test_comment_that_is_sent_before_its_modules_are_there_is_kept_and_sent_once(
    pages: WatchedPages, record: Recorded
) -> None:
    screen = DraftScreen(await pages.open(service_workers="block"), record)
    are_wanted = asyncio.Event()

    async def load_late(route: Route) -> None:
        await are_wanted.wait()
        await route.continue_()

    await screen.page.route("**/outbox.js", load_late)
    await screen.sign_in("Somebody quick")
    form = screen.page.locator("#general form.composer")
    await form.locator("textarea").fill("Sent at once.")
    await form.locator(".primary").click()
    await form.locator(".primary").click()

    [kept] = await screen.page.evaluate(KEPT_BODIES)
    assert kept == "Sent at once."
    are_wanted.set()
    await expect(screen.page.locator("#general article", has_text=kept)).to_have_count(1)
    await expect(form.locator("textarea")).to_have_value("")
    assert await screen.page.evaluate(KEPT_BODIES) == []


async def test_comment_that_was_sent_offline_is_recorded_once(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    pages.allow(OFFLINE)
    context = await pages.context()
    screen = DraftScreen(await context.new_page(), record)
    await screen.sign_in("Someone offline")
    await screen.page.evaluate("navigator.serviceWorker.ready")
    await screen.page.wait_for_function(KEPT, arg=screen.path)
    await context.set_offline(True)
    await screen.write(block, "Written without a line.")
    await screen.send(block)
    await screen.send(block)
    await screen.send(block)
    await screen.page.reload()
    await expect(screen.page.locator("#copy")).to_be_visible()
    await expect(screen.pending()).to_have_count(1)

    await context.set_offline(False)

    await expect(screen.pending()).to_have_count(0)
    await expect(screen.comments(block)).to_have_count(1)
    async with await node.client() as client:
        recorded = await recorded_on(client, record, block)
    assert [one["body"] for one in recorded] == ["Written without a line."]


async def test_comment_is_sent_as_it_stands_when_the_device_is_full(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    text = "Longer than what the device has. " * 100
    screen = DraftScreen(await (await pages.context()).new_page(), record)
    await screen.sign_in("Someone with a full device")
    await screen.write(block, "Longer")
    await screen.page.evaluate(FILL)

    await screen.write(block, text.strip())
    await screen.send(block)
    await screen.page.wait_for_url(f"**{screen.path}/{block}#c-*")

    async with await node.client() as client:
        recorded = [one["body"] for one in await recorded_on(client, record, block)]
    assert recorded == [text.strip()]
    await screen.page.evaluate("localStorage.clear()")


async def test_comment_is_sent_as_its_writer_alone(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    pages.allow("401")
    context = await pages.context()
    screen = DraftScreen(await context.new_page(), record)
    await screen.sign_in("Its writer")
    await context.clear_cookies()
    await screen.write(block, "Mine alone.")
    await screen.send(block)
    await expect(screen.pending()).to_contain_text("Sign in to send")

    await screen.sign_in("Somebody else")
    await expect(screen.pending()).to_have_count(0)
    await screen.page.goto("/sign-out")
    await context.clear_cookies()
    async with await node.client() as client:
        assert await recorded_on(client, record, block) == []
        await screen.sign_in("Its writer")
        await expect(screen.comments(block)).to_have_count(1)
        assert [one["body"] for one in await recorded_on(client, record, block)] == ["Mine alone."]


async def test_text_that_was_edited_after_the_first_was_recorded_is_sent_as_another(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    pages.allow("ERR_FAILED")
    screen = DraftScreen(await pages.open(), record)
    await screen.sign_in("Somebody who edits")

    async def lose_answer(route: Route) -> None:
        await route.fetch()
        await route.abort()

    await screen.page.route("**/comments", lose_answer)
    await screen.write(block, "First.")
    await screen.send(block)
    await screen.pending().get_by_role("button", name="Edit").click()
    await screen.page.unroute_all(behavior="ignoreErrors")
    await screen.write(block, "Second.")
    await screen.send(block)

    await expect(screen.pending()).to_contain_text("An earlier text of this comment is on record.")
    await expect(screen.pending()).to_contain_text("Second.")
    await screen.pending().get_by_role("button", name="Send again").click()
    await expect(screen.pending()).to_have_count(0)
    async with await node.client() as client:
        recorded = [one["body"] for one in await recorded_on(client, record, block)]
    assert recorded == ["First.", "Second."]


async def test_reply_is_kept_and_stands_under_the_comment_that_it_answers(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    screen = DraftScreen(await pages.open(), record)
    await screen.sign_in("Somebody who replies")
    await screen.write(block, "A question.")
    await screen.send(block)
    question = screen.comments(block)
    await expect(question).to_have_count(1)
    await question.locator(".actions a").click()
    await screen.page.keyboard.type("Half an answer")
    await screen.page.reload()
    form = question.locator("form.composer")
    await expect(form.locator("textarea")).to_have_value("Half an answer")

    await form.locator("textarea").fill("An answer.")
    await form.locator(".primary").click()

    answer = question.locator(".replies > article[data-comment]")
    await expect(answer).to_contain_text("An answer.")
    await expect(screen.pending()).to_have_count(0)


async def test_comment_written_while_a_revision_came_is_on_the_one_that_was_read(
    pages: WatchedPages, node: Server, record: Recorded, block: str
) -> None:
    screen = DraftScreen(await pages.open(), record)
    await screen.sign_in("A reader of the last revision")
    await screen.write(block, "On what I read.")
    async with await node.client() as client:
        draft = (await client.ask(BLOCKS, draft=str(record.draft)))["draft"]
        async with await node.client(Role.SECRETARIAT, "Secretariat") as secretariat:
            revised = await secretariat.send(
                "reviseDraft",
                {"draft": str(record.draft), "blocks": draft["blocks"], "label": "Next"},
            )
        assert revised["__typename"] == "DraftRevised"
        await expect(screen.page.locator("#new-revision")).to_be_visible()
        await screen.send(block)
        await expect(screen.comments(block)).to_have_count(1)
        [comment] = await recorded_on(client, record, block)
    assert comment["revision"] == draft["revision"]
