"""Every screen can be read and used, in light and dark, in both directions, narrow and spaced."""

from collections.abc import Mapping

import pytest
import pytest_asyncio

from tests.browser.addresses import addresses_in, screens
from tests.browser.page_checks import (
    TEXT_SPACING,
    needs_packages,
    small_targets,
    violations,
    wider_than_the_page,
)
from tests.browser.watched_pages import WatchedPages
from tests.graphql.server import Server
from tests.recorded import Recorded

pytestmark = [needs_packages, pytest.mark.asyncio(loop_scope="session")]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def addresses(node: Server, record: Recorded) -> Mapping[str, str]:
    return await addresses_in(node, record)


@pytest.mark.parametrize("locale", ["en-GB", "ar"])
@pytest.mark.parametrize("screen", screens())
async def test_screen_can_be_read_and_used(
    pages: WatchedPages, addresses: Mapping[str, str], screen: str, locale: str
) -> None:
    page = await pages.open(addresses.get(screen, screen), locale=locale, service_workers="block")
    for details in (await page.query_selector_all("main details > summary"))[:2]:
        await details.click()
    await page.wait_for_load_state("networkidle")

    assert await page.get_attribute("html", "dir") == ("rtl" if locale == "ar" else "ltr")
    found = await violations(page)
    await page.emulate_media(color_scheme="dark")
    found += await violations(page, "color-contrast")
    await page.emulate_media(color_scheme="light")
    for width in (1280, 360):
        await page.set_viewport_size({"width": width, "height": 800})
        found += await small_targets(page)
    await page.set_viewport_size({"width": 320, "height": 800})
    found += await wider_than_the_page(page)
    await page.evaluate(
        "(css) => { const sheet = new CSSStyleSheet(); sheet.replaceSync(css);"
        " document.adoptedStyleSheets.push(sheet); }",
        TEXT_SPACING,
    )
    found += await wider_than_the_page(page)
    assert not found, "\n".join(found)
