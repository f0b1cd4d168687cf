"""A caller is authenticated by a bearer token, or anonymous; a bad token is refused."""

import base64
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client, plain_http
from tests.graphql.scenario import new_id
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

VIEWER = "{ viewer { participant { id } } }"


async def ask(url: str, authorization: str) -> httpx.Response:
    """Query the viewer."""
    async with plain_http({"Authorization": authorization}) as http:
        return await http.post(url, json={"query": VIEWER})


@pytest.mark.parametrize(
    "authorization",
    [
        "Bearer",
        "Bearer x",
        "Bearer a.b.c",
        "Basic dXNlcjpwYXNz",
        "Token abc",
        "Bearer " + "x" * 20_000,
        "Bearer a b",
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJNQUdfQ0hBSVIifQ.",
    ],
    ids=lambda text: text[:30],
)
async def test_malformed_token_is_refused(server: Server, authorization: str) -> None:
    response = await ask(server.url, authorization)

    (error,) = response.json()["errors"]
    assert response.status_code == 401
    assert error["extensions"]["code"] == "TOKEN_REFUSED"
    assert response.headers["www-authenticate"].startswith("Bearer")
    assert "data" not in response.json()


async def test_changed_token_is_refused(server: Server) -> None:
    token = (await server.token(Role.COMMENTER)).text
    header, claims, signature = token.split(".")
    raised = json.loads(base64.urlsafe_b64decode(claims + "=="))
    raised["sub"] = Role.OPERATOR.value
    forged = base64.urlsafe_b64encode(json.dumps(raised).encode()).decode().rstrip("=")

    for other in (f"{header}.{forged}.{signature}", f"{header}.{claims}.{signature[:-4]}AAAA"):
        assert (await ask(server.url, f"Bearer {other}")).status_code == 401


async def test_token_is_accepted_until_it_expires(database: str) -> None:
    now = datetime.now(UTC)

    def clock() -> datetime:
        return now

    async with serving(database, clock=clock) as server:
        token = await server.token(Role.COMMENTER, lifetime=timedelta(minutes=5))
        fresh = await ask(server.url, f"Bearer {token.text}")
        now += timedelta(minutes=6)
        old = await ask(server.url, f"Bearer {token.text}")

    assert fresh.json()["data"]["viewer"]["participant"] == {"id": str(token.person)}
    assert old.status_code == 401
    assert old.json()["errors"][0]["extensions"]["code"] == "TOKEN_EXPIRED"
    assert old.headers["www-authenticate"].startswith("Bearer")


async def test_bearer_scheme_is_case_insensitive(server: Server) -> None:
    token = await server.token(Role.COMMENTER)
    for scheme in ("Bearer", "bearer", "BEARER"):
        response = await ask(server.url, f"{scheme} {token.text}")
        assert response.json()["data"]["viewer"]["participant"] == {"id": str(token.person)}


async def test_development_token_is_refused_in_production(server: Server, database: str) -> None:
    token = await server.token(Role.OPERATOR)
    async with serving(database, mode="production") as production:
        response = await ask(production.url, f"Bearer {token.text}")

    assert response.status_code == 401


async def test_refused_token_executes_nothing(server: Server) -> None:
    head = await server.caught_up()
    async with Client(server.url, token="a.b.c") as stranger:
        response = await stranger.post(
            """mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }""",
            input={"commandId": new_id(), "year": 2099},
        )

    assert response.status_code == 401
    data: Any = None
    async with Client(server.url) as anonymous:
        data = await anonymous.ask("{ cycle(year: 2099) { year } }")
    assert data == {"cycle": None}
    assert await server.backend.record.head() >= head
