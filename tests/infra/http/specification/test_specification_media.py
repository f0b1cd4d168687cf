"""GraphQL over HTTP: in which media type an answer goes out.

Each test is a sentence of the specification; the comments name its sections. ADR 0014 says which
versions there are.
"""

import httpx
import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import plain_http
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import Server
from tests.infra.http.http_requests import (
    ANSWER,
    JSON,
    QUERY,
    RESPONSE_JSON,
    code,
    get,
    media,
    post,
)

pytestmark = pytest.mark.asyncio(loop_scope="session")

# Serialization Format. Media Types. Body.


@pytest.mark.parametrize("accept", [RESPONSE_JSON, JSON])
async def test_both_media_types_are_served_with_a_charset(server: Server, accept: str) -> None:
    response = await post(server, QUERY, accept)

    assert response.status_code == 200
    assert response.headers["content-type"] == f"{accept}; charset=utf-8"
    assert response.json()["data"] == ANSWER


@pytest.mark.parametrize("accept", [RESPONSE_JSON, JSON])
async def test_media_type_without_a_charset_is_utf_8(server: Server, accept: str) -> None:
    response = await post(server, {**QUERY, "operationName": "ღია 🦄"}, accept)

    assert "ღია 🦄" in response.content.decode("utf-8", errors="strict")


# Accept.


@pytest.mark.parametrize(
    ("accept", "given"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        (f"{RESPONSE_JSON}, {JSON};q=0.9", RESPONSE_JSON),
        (f"{JSON};q=0.9, {RESPONSE_JSON}", RESPONSE_JSON),
        (f"{RESPONSE_JSON};q=0.1, {JSON};q=0.2", JSON),
        (f"text/html, {RESPONSE_JSON};q=0.1", RESPONSE_JSON),
        (f"{JSON};q=0, */*;q=0.1", RESPONSE_JSON),
        (f"{JSON};charset=utf-16, {RESPONSE_JSON};charset=utf-8;q=0.1", RESPONSE_JSON),
    ],
)
async def test_media_type_with_the_highest_quality_is_served(
    server: Server, accept: str | None, given: str
) -> None:
    response = await post(server, QUERY, accept)

    assert (response.status_code, media(response)) == (200, given)


async def test_accept_may_stand_in_several_headers(server: Server) -> None:
    accepted = [("Accept", "text/html"), ("Accept", f"{JSON};q=0.1"), ("Accept", RESPONSE_JSON)]
    async with plain_http() as http:
        request = httpx.Request("POST", server.url, json=QUERY, headers=accepted)
        response = await http.send(request)

    assert (response.status_code, media(response)) == (200, RESPONSE_JSON)


@pytest.mark.parametrize("accept", [None, "*/*", "application/*", f"*/*;q=0.1, {JSON};q=0.1"])
async def test_errors_prefer_the_media_type_with_status_codes(
    server: Server, accept: str | None
) -> None:
    response = await post(server, {"query": "{"}, accept)

    assert (response.status_code, media(response)) == (400, RESPONSE_JSON)
    assert code(response) == "SYNTAX"


@pytest.mark.parametrize(
    "accept",
    [
        "text/html",
        "image/*",
        "application/xml;q=0.9",
        "*/*;q=0",
        f"{JSON};q=0, {RESPONSE_JSON};q=0",
        f"{RESPONSE_JSON};charset=utf-16",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_not_acceptable_names_the_media_types(
    server: Server, accept: str, method: str
) -> None:
    asked = post(server, QUERY, accept) if method == "POST" else get(server, accept, **QUERY)
    response = await asked

    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")
    assert RESPONSE_JSON in response.text


async def test_not_acceptable_request_is_not_executed(server: Server) -> None:
    year = new_year()
    async with await server.client(Role.SECRETARIAT) as secretariat:
        refused = await secretariat.http.post(
            server.url,
            json={
                "query": "mutation ($i: OpenCycleInput!) { openCycle(input: $i) { __typename } }",
                "variables": {"i": {"commandId": new_id(), "year": year}},
            },
            headers={"Accept": "text/html"},
        )
        data = await secretariat.ask("query ($y: Int!) { cycle(year: $y) { year } }", y=year)

    assert refused.status_code == 406
    assert data == {"cycle": None}


@pytest.mark.parametrize("accept", [JSON, RESPONSE_JSON, "text/html"])
async def test_responses_vary_by_accept(server: Server, accept: str) -> None:
    for response in (await post(server, QUERY, accept), await post(server, b"{", accept)):
        assert "Accept" in response.headers["vary"].split(", ")
