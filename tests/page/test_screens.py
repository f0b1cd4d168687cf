"""A screen shows the answer of its query."""

import httpx
import pytest

from tests.graphql.server import Server
from tests.page.browser import browser
from tests.recorded import Recorded

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_home_links_to_the_draft_that_is_open(
    reader: httpx.AsyncClient, record: Recorded
) -> None:
    home = await reader.get("/")

    assert home.status_code == 200
    assert f'href="/drafts/{record.draft}"' in home.text


async def test_draft_shows_its_paragraphs(reader: httpx.AsyncClient, record: Recorded) -> None:
    draft = await reader.get(f"/drafts/{record.draft}")

    assert draft.status_code == 200
    assert draft.text.count('id="b-') >= 9


@pytest.mark.parametrize(
    "path", ["/nothing", "/drafts/no-id", "/drafts/4a1c2d8e-0000-4000-8000-000000000000"]
)
async def test_absent_address_is_a_screen_for_browsers(
    reader: httpx.AsyncClient, path: str
) -> None:
    answer = await reader.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    assert "There is nothing at this address" in answer.text


async def test_absent_address_is_json_for_other_clients(reader: httpx.AsyncClient) -> None:
    answer = await reader.get("/nothing", headers={"Accept": "*/*"})

    assert answer.status_code == 404
    assert answer.json()["errors"][0]["extensions"]["code"] == "NOT_FOUND"


async def test_readers_of_a_language_get_the_same_bytes(node: Server, record: Recorded) -> None:
    async with browser(node) as one, browser(node) as other:
        first = await one.get(f"/drafts/{record.draft}")
        second = await other.get(f"/drafts/{record.draft}")

    assert first.content == second.content


async def test_page_is_in_the_language_of_the_address_and_then_of_its_cookie(
    reader: httpx.AsyncClient,
) -> None:
    named = await reader.get("/?lang=ar")

    assert '<html lang="ar" dir="rtl">' in named.text
    assert (
        '<html lang="ar" dir="rtl">' in (await reader.get("/", headers={"Cookie": "lang=ar"})).text
    )
