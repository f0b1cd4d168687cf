"""Every screen can be read and used, in light and dark, in both directions, narrow and spaced."""

from collections.abc import AsyncGenerator, Mapping
from typing import Literal

import pytest
import pytest_asyncio
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import origin_of
from tests.browser.page_checks import WIDE, faults, needs_packages, unseen_marks
from tests.browser.watched_pages import WatchedPages, wait_until_settled
from tests.graphql.server import Server
from tests.page.every_screen import addresses_by_path, screens
from tests.recorded import Recorded

pytestmark = [needs_packages, pytest.mark.asyncio(loop_scope="session")]

SCHEMES: Mapping[str, Literal["light", "dark"]] = {"en-GB": "light", "ar": "dark"}
"""A page in each direction, and its colours."""
ONE_DIRECTION = {
    "/calls/{id}": "ar",
    "/documents/{id}": "en-GB",
    "/meetings/{id}": "ar",
    "/cycles/{year}/calendar": "ar",
    "/cycles/{year}/deviations": "en-GB",
    "/cycles/{year}/proposals": "en-GB",
    "/cycles/{year}/questions": "ar",
    "/cycles/{year}/working-groups": "en-GB",
    "/secretariat/correction/{position}": "en-GB",
    "/secretariat/import": "ar",
    "/secretariat/summary": "en-GB",
    "/secretariat/summary/{id}": "ar",
}
"""Screens whose parts are on others too: they are looked at in one direction."""
CASES = [
    (screen, locale)
    for locale in SCHEMES
    for screen in screens()
    if ONE_DIRECTION.get(screen, locale) == locale
]
"""One direction after the other: Chromium starts a process whenever the context changes."""
ERRORS = ("/nothing", "/record?occurred=2018-04-04")
PAST = ("/drafts/{id}", "/comments/{id}", "/groups/{id}", "/cycles/{year}", "/record")
OPEN_TWO = """() => {
  for (const one of [...document.querySelectorAll("main details > summary")].slice(0, 2))
    one.click();
}"""
OVER = "It is longer than a comment may be. " * 240
HOLD = """(draft) => {
  const comment = {
    action: `/drafts/${draft}/comments`, form: "", fields: [["body", "Words that wait."]],
    writer: null, stamp: "1", writtenAt: 1795998862000, order: 1, refusal: null,
  };
  const refusal = { code: "WINDOW_CLOSED", closedAt: "2026-11-14T00:00:00Z" };
  const states = { waiting: {}, "signed-out": {}, refused: { refusal } };
  for (const [state, more] of Object.entries(states)) {
    const held = { ...comment, ...more, state, commandId: `c-${state}` };
    localStorage.setItem(`pending-comment:${held.commandId}`, JSON.stringify(held));
  }
}"""


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def addresses(node: Server, record: Recorded) -> Mapping[str, str]:
    return await addresses_by_path(node, record)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def readers(chromium: Browser, node: Server) -> AsyncGenerator[Mapping[str, Page]]:
    """A page for each direction, in which one screen is opened after the other."""
    pages = WatchedPages(chromium, origin_of(node))
    pages.allow("status of 4|ERR_INTERNET_DISCONNECTED")
    yield {
        locale: await pages.open(locale=locale, viewport=WIDE, service_workers="block")
        for locale in SCHEMES
    }
    assert await pages.close() == []


@pytest.mark.parametrize(("screen", "locale"), CASES)
async def test_screen_can_be_read_and_used(
    readers: Mapping[str, Page], addresses: Mapping[str, str], screen: str, locale: str
) -> None:
    page = readers[locale]
    await page.emulate_media(color_scheme=SCHEMES[locale])
    await page.goto(addresses.get(screen, screen))
    await page.evaluate(OPEN_TWO)
    await wait_until_settled(page)

    assert await page.get_attribute("html", "dir") == ("rtl" if locale == "ar" else "ltr")
    found = await faults(page, SCHEMES[locale])
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", SCHEMES)
async def test_errors_and_past_states_can_be_read_and_used(
    readers: Mapping[str, Page], addresses: Mapping[str, str], node: Server, locale: str
) -> None:
    head = await node.caught_up()
    past = [f"{addresses.get(path, path)}?asOf={head}" for path in PAST]
    found: list[str] = []
    for address in (*ERRORS, *past):
        await readers[locale].emulate_media(color_scheme=SCHEMES[locale])
        await readers[locale].goto(address)
        found += [f"{address} {one}" for one in await faults(readers[locale], SCHEMES[locale])]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("locale", SCHEMES)
async def test_states_of_writing_can_be_read_and_used(
    readers: Mapping[str, Page], record: Recorded, locale: str
) -> None:
    page = readers[locale]
    await page.goto(f"/drafts/{record.draft}")
    await page.evaluate(HOLD, str(record.draft))
    await page.reload()
    await expect(page.locator("article[data-state=pending]")).to_have_count(3)
    await page.locator("#general form.composer textarea").fill(OVER)
    await expect(page.locator("#general textarea[aria-invalid=true]")).to_have_count(1)
    await page.context.set_offline(True)
    await page.wait_for_selector("live-line[data-state=lost]")

    found = await faults(page, SCHEMES[locale])

    await page.context.set_offline(False)
    await page.evaluate("localStorage.clear()")
    assert not found, "\n".join(found)


async def test_every_mark_is_seen_in_forced_colours(
    readers: Mapping[str, Page], addresses: Mapping[str, str]
) -> None:
    page = readers["en-GB"]
    await page.emulate_media(forced_colors="active")
    found: list[str] = []
    for screen in ("/drafts/{id}", "/cycles/{year}", "/record", "/sign-in"):
        await page.goto(addresses.get(screen, screen))
        found += [f"{screen} {one}" for one in await unseen_marks(page)]
    await page.emulate_media(forced_colors="none")
    assert not found, "\n".join(found)
