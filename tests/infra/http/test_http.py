"""Origins, large bodies and the health check, beside the GraphQL over HTTP specification."""

from collections.abc import AsyncIterator

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client, plain_http
from tests.graphql.scenario import ForumScenario, new_id, new_year
from tests.graphql.server import Server, serving
from tests.infra.http.http_requests import ANSWER, JSON, QUERY, RESPONSE_JSON, code

pytestmark = pytest.mark.asyncio(loop_scope="session")

SIDE_EFFECT = """mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }"""


async def test_response_is_json_with_security_headers(scenario: ForumScenario) -> None:
    response = await scenario.commenter.post("{ __typename }")

    assert response.status_code == 200
    assert response.json()["data"] == ANSWER
    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "server" not in response.headers


async def test_unknown_path_names_the_api(server: Server) -> None:
    async with plain_http() as http:
        response = await http.get(server.url.replace("/graphql", "/nothing"))

    assert (response.status_code, code(response)) == (404, "NOT_FOUND")


async def test_health_has_the_position_of_the_log(server: Server) -> None:
    head = await server.caught_up()
    async with plain_http() as http:
        response = await http.get(server.url.replace("/graphql", "/health"))

    assert response.status_code == 200
    assert response.json()["headPosition"] >= head
    assert response.json()["stoppedViews"] == []


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", ""]
)
async def test_request_of_another_origin_is_refused(server: Server, origin: str) -> None:
    async with await server.client(Role.SECRETARIAT) as secretariat:
        year = new_year()
        response = await secretariat.http.post(
            server.url,
            json={
                "query": SIDE_EFFECT,
                "variables": {"input": {"commandId": new_id(), "year": year}},
            },
            headers={"Origin": origin},
        )
        data = await secretariat.ask("query ($y: Int!) { cycle(year: $y) { year } }", y=year)

    assert (response.status_code, code(response)) == (403, "ORIGIN_REFUSED")
    assert "access-control-allow-origin" not in response.headers
    assert data == {"cycle": None}


async def test_request_of_an_allowed_origin_gets_cors_headers(database: str) -> None:
    allowed = "https://dashboard.example"
    async with (
        serving(database, INTERSESSIONAL_ORIGINS=allowed) as server,
        plain_http({"Origin": allowed}) as http,
    ):
        preflight = await http.options(
            server.url,
            headers={
                "Access-Control-Request-Method": "POST",
                "Access-Control-Request-Headers": "authorization, content-type",
            },
        )
        response = await http.post(server.url, json=QUERY)
        own = await http.post(
            server.url, json=QUERY, headers={"Origin": server.url.removesuffix("/graphql")}
        )

    assert preflight.status_code in (200, 204)
    assert preflight.headers["access-control-allow-origin"] == allowed
    assert "authorization" in preflight.headers["access-control-allow-headers"].lower()
    assert "POST" in preflight.headers["access-control-allow-methods"]
    assert response.json()["data"] == ANSWER
    assert response.headers["access-control-allow-origin"] == allowed
    assert "access-control-allow-credentials" not in response.headers
    assert own.status_code == 200


async def test_too_large_body_is_not_read_to_its_end(server: Server) -> None:
    async with plain_http() as http:
        response = await http.post(server.url, json={"query": "#" + "x" * 100_000})

    assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")


async def test_endless_body_is_refused_once_it_is_too_large(server: Server) -> None:
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        while True:
            sent += 50_000
            yield b" " * 50_000

    async with plain_http() as http:
        try:
            response = await http.post(
                server.url, content=endless(), headers={"Content-Type": JSON}
            )
        except httpx.TransportError:
            # The server closed before everything was sent, which it may.
            response = None

    assert response is None or response.status_code == 413
    assert sent < 50_000_000


@pytest.mark.parametrize("media", [JSON, RESPONSE_JSON])
async def test_subscription_without_event_stream_is_refused(server: Server, media: str) -> None:
    async with plain_http() as http:
        response = await http.post(
            server.url,
            json={"query": "subscription { auditTrail { position } }"},
            headers={"Accept": media},
        )

    assert (response.status_code, code(response)) == (406, "SUBSCRIPTION_NEEDS_STREAM")
    assert "WebSocket" in response.text


async def test_sequential_and_concurrent_requests_on_one_connection_are_answered(
    server: Server,
) -> None:
    async with Client(server.url) as client:
        for _ in range(20):
            assert await client.ask("{ __typename }") == {"__typename": "Query"}
