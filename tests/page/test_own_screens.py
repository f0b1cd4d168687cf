"""The screens about the reader: the code of conduct, the languages, the keys."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from tests.graphql.server import Server
from tests.page.visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANA = {"role": "COMMENTER", "name": "Ana"}


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(forum: Server) -> AsyncGenerator[Visitor]:
    async with visiting(forum) as visitor:
        yield visitor


@pytest.mark.parametrize("path", ["/conduct", "/keys", "/languages", "/sign-in", "/sign-out"])
async def test_screen_is_there_for_everyone(visitor: Visitor, path: str) -> None:
    for _ in range(2):
        page = await visitor.get(path)
        assert page.status_code == 200
        assert page.text.count("<h1>") == 1
        await visitor.post("/sign-in", ANA)


async def test_reader_who_has_not_signed_in_is_led_there_and_back(visitor: Visitor) -> None:
    page = await visitor.get("/conduct?next=/drafts/1")

    assert 'href="/sign-in?next=/conduct%3Fnext%3D%252Fdrafts%252F1"' in page.text
    assert "/conduct/acceptance" not in page.text


async def test_reader_who_has_accepted_goes_on(visitor: Visitor) -> None:
    await visitor.post("/sign-in", ANA)

    page = await visitor.get("/conduct?next=/drafts/1")
    elsewhere = await visitor.get("/conduct?next=//evil.example")

    assert "You have accepted version 1" in page.text
    assert 'href="/drafts/1"' in page.text
    assert "evil.example" not in elsewhere.text.partition("<main")[2].partition("</main>")[0]


async def test_languages_are_named_in_themselves(visitor: Visitor) -> None:
    page = await visitor.get("/languages")

    for name in ("العربية", "中文", "English", "Français", "Русский", "Español"):
        assert name in page.text
