"""The home page leads to what can be commented on now."""

import httpx
import pytest

from intersessional.plugins.composition import installed_plugins
from tests.graphql.server import CORE_ONLY, serving
from tests.page.browser import browser
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_home_shows_the_latest_cycle_and_its_window(reader: httpx.AsyncClient) -> None:
    home = (await reader.get("/")).text

    assert 'data-state="open"' in home
    assert "<time-left data-until=" in home
    assert "This is made up, to show how the record works." in home


async def test_home_needs_no_plugin(record: Recorded) -> None:
    async with serving(record.url, composition=CORE_ONLY) as server, browser(server) as reader:
        await server.caught_up()
        home = await reader.get("/")

    assert home.status_code == 200
    assert "time-left" not in home.text


async def test_home_of_an_empty_record_says_what_will_be_there(database_url: str) -> None:
    async with (
        serving(database_url, composition=installed_plugins()) as server,
        browser(server) as reader,
    ):
        await server.caught_up()
        home = await reader.get("/")

    assert "No cycle has been opened yet." in home.text
