"""A node for the public, and the issuer with which people sign in there."""

from collections.abc import AsyncGenerator, Generator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from tests.databases import fresh_database
from tests.graphql.server import Server, serving
from tests.infra.auth.sign_in_issuer import CLIENT, SignInIssuer, run_sign_in_issuer
from tests.page.visitor import Visitor

ORIGIN = "https://forum.example"


@pytest.fixture(scope="session")
def issuer() -> Generator[SignInIssuer]:
    with pytest.MonkeyPatch.context() as patch, run_sign_in_issuer() as issuer:
        patch.setenv("no_proxy", "*")
        yield issuer


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def production(postgres: str, migrated: str, issuer: SignInIssuer) -> AsyncGenerator[Server]:
    """A node for the public with an issuer."""
    settings: dict[str, Any] = {
        "INTERSESSIONAL_OIDC_ISSUER": issuer.url,
        "INTERSESSIONAL_OIDC_CLIENT_ID": CLIENT,
        "INTERSESSIONAL_PUBLIC_ORIGIN": ORIGIN,
    }
    async with (
        fresh_database(postgres, migrated) as dsn,
        serving(dsn, mode="production", **settings) as server,
    ):
        await server.caught_up()
        yield server


async def at_the_issuer(visitor: Visitor, next_path: str = "/drafts/1") -> str:
    """The path with which the issuer sends a visitor back, who went there from the page."""
    out = await visitor.get(f"/sign-in/issuer?next={next_path}")
    assert out.status_code == 303, out.text
    async with httpx.AsyncClient(timeout=30, trust_env=False) as http:
        back = (await http.get(out.headers["location"])).headers["location"]
    assert back.startswith(f"{ORIGIN}/sign-in/callback?")
    return str(back.removeprefix(ORIGIN))
