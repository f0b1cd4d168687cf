"""A form changes something only when a page of this server sent it."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from tests.graphql.server import Server
from tests.page.visitor import Visitor, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

FORMS: dict[str, dict[str, str]] = {
    "/sign-in": {"role": "COMMENTER", "name": "Mallory"},
    "/sign-out": {},
}
ELSEWHERE: list[dict[str, str]] = [
    {},
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "none"},
    {"Sec-Fetch-Site": ""},
    {"Sec-Fetch-Site": "same-origin, cross-site"},
    {"Origin": "null"},
    {"Origin": "https://evil.example"},
    {"Origin": "http://127.0.0.1"},
    {"Origin": ""},
]


@pytest_asyncio.fixture(loop_scope="session")
async def visitor(forum: Server) -> AsyncGenerator[Visitor]:
    async with visiting(forum) as visitor:
        await visitor.post("/sign-in", {"role": "COMMENTER", "name": "Ana"})
        yield visitor


@pytest.mark.parametrize("path", FORMS)
async def test_form_from_elsewhere_is_refused(forum: Server, visitor: Visitor, path: str) -> None:
    own = str(visitor.http.base_url).rstrip("/")
    session, before = dict(visitor.cookies), await forum.backend.record.head()

    for headers in [*ELSEWHERE, {"Sec-Fetch-Site": "cross-site", "Origin": own}]:
        answer = await visitor.post(path, FORMS[path], headers)
        assert answer.status_code == 403, headers
        assert "CROSS_SITE" in answer.text

    assert visitor.cookies == session
    assert await visitor.is_signed_in()
    assert await forum.backend.record.head() == before


async def test_script_is_told_in_json(visitor: Visitor) -> None:
    elsewhere = {"Sec-Fetch-Site": "cross-site", "Accept": "application/json"}

    answer = await visitor.post("/sign-out", headers=elsewhere)

    assert answer.status_code == 403
    assert answer.json()["errors"][0]["extensions"]["code"] == "CROSS_SITE"


async def test_form_without_fetch_metadata_is_known_by_its_origin(visitor: Visitor) -> None:
    own = str(visitor.http.base_url).rstrip("/")

    answer = await visitor.post("/sign-out", headers={"Origin": own})

    assert answer.status_code == 303
    assert not await visitor.is_signed_in()


async def test_link_from_elsewhere_is_followed(visitor: Visitor) -> None:
    answer = await visitor.get("/", {"Sec-Fetch-Site": "cross-site"})

    assert answer.status_code == 200
