"""Behind a proxy that is trusted by name, cookies and forms are those of https."""

from collections.abc import AsyncGenerator

import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.server import Server, serving
from tests.page.visitor import set_cookies, visiting

pytestmark = pytest.mark.asyncio(loop_scope="session")

ANA = {"role": "COMMENTER", "name": "Ana"}
BY_HTTPS = {"X-Forwarded-Proto": "https", "Host": "forum.example"}
OWN_ORIGIN = "https://forum.example"


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def proxied(postgres: str, migrated: str) -> AsyncGenerator[Server]:
    """A node in development behind a proxy on this machine."""
    async with (
        fresh_database(postgres, migrated) as dsn,
        serving(dsn, INTERSESSIONAL_TRUSTED_PROXIES="127.0.0.1") as server,
    ):
        await server.caught_up()
        yield server


async def test_session_of_a_proxied_page_is_sent_by_https_alone(proxied: Server) -> None:
    async with visiting(proxied) as visitor:
        signed_in = await visitor.post("/sign-in", ANA, BY_HTTPS | {"Origin": OWN_ORIGIN})

        [(name, cookie)] = set_cookies(signed_in).items()
        assert (name, cookie["secure"]) == ("__Host-session", True)


@pytest.mark.parametrize(
    "headers",
    [
        BY_HTTPS | {"Origin": "http://forum.example"},
        BY_HTTPS | {"Origin": "https://evil.example", "X-Forwarded-Host": "evil.example"},
        {"Host": "forum.example", "Origin": OWN_ORIGIN},
    ],
)
async def test_form_of_another_origin_is_refused_behind_a_proxy(
    proxied: Server, headers: dict[str, str]
) -> None:
    async with visiting(proxied) as visitor:
        assert (await visitor.post("/sign-in", ANA, headers)).status_code == 403
        assert not visitor.cookies


async def test_proxy_that_is_not_named_says_nothing(forum: Server) -> None:
    async with visiting(forum) as visitor:
        refused = await visitor.post("/sign-in", ANA, BY_HTTPS | {"Origin": OWN_ORIGIN})

        assert refused.status_code == 403
