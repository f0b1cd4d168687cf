"""A browser and a served record, which the tests of one process share."""

from collections.abc import AsyncGenerator
from urllib.parse import urlsplit

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from intersessional.plugins.composition import installed_plugins
from tests.browser.watched_pages import WatchedPages
from tests.clients.chromium import CHROMIUM, FLAGS, NO_BROWSER
from tests.graphql.server import Server, serving
from tests.recorded import Recorded


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def chromium() -> AsyncGenerator[Browser]:
    """The machine's Chromium."""
    if CHROMIUM is None:
        pytest.skip(NO_BROWSER)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS])
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def record(postgres: str, template: Recorded) -> AsyncGenerator[Recorded]:
    """What the demo records, in a database that the tests of pages share."""
    async with template.copied(postgres) as copy:
        yield copy


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def node(record: Recorded) -> AsyncGenerator[Server]:
    """A node in development that serves it with all plugins."""
    async with serving(record.url, composition=installed_plugins()) as server:
        await server.caught_up()
        yield server


@pytest_asyncio.fixture(loop_scope="session")
async def pages(chromium: Browser, node: Server) -> AsyncGenerator[WatchedPages]:
    """Pages of this test. It fails for their faults."""
    pages = WatchedPages(chromium, origin_of(node))
    yield pages
    assert await pages.close() == []


def origin_of(node: Server) -> str:
    """The origin of the pages of a node."""
    url = urlsplit(node.url)
    return f"{url.scheme}://{url.netloc}"
