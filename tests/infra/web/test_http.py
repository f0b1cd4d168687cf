"""GraphQL over HTTP, as its specification says: media types, methods and statuses."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from intersessional.domain.act import Role
from tests.graphql.client import Client, plain_http
from tests.graphql.server import Server, serving
from tests.graphql.story import Story, new_id, new_year

pytestmark = pytest.mark.asyncio(loop_scope="session")

JSON = "application/json"
RESPONSE_JSON = "application/graphql-response+json"
QUERY = {"query": "{ __typename }"}
SIDE_EFFECT = """mutation ($input: OpenCycleInput!) { openCycle(input: $input) { __typename } }"""


def code(response: httpx.Response) -> str:
    """The code of an answer's only error."""
    (error,) = response.json()["errors"]
    return str(error["extensions"]["code"])


async def test_an_answer_is_json_that_is_not_kept_and_not_guessed_at(story: Story) -> None:
    response = await story.commenter.post("{ __typename }")

    assert response.status_code == 200
    assert response.json() == {"data": {"__typename": "Query"}}
    assert response.headers["content-type"] == f"{JSON}; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert "server" not in response.headers


async def test_who_knows_the_newer_media_type_is_answered_with_it(story: Story) -> None:
    response = await story.commenter.http.post(
        story.commenter.url, json=QUERY, headers={"Accept": f"{RESPONSE_JSON}, {JSON};q=0.9"}
    )

    assert response.headers["content-type"].startswith(RESPONSE_JSON)


@pytest.mark.parametrize(
    ("media", "status"), [(JSON, 200), (RESPONSE_JSON, 400)], ids=["older", "newer"]
)
@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{", "SYNTAX"),
        ("{ nothing }", "VALIDATION"),
        ("query ($n: Int!) { themes(first: $n) { totalCount } }", "BAD_VARIABLE"),
    ],
    ids=["syntax", "validation", "variables"],
)
async def test_a_wrong_request_is_a_status_to_those_who_can_tell(
    story: Story, media: str, status: int, query: str, expected: str
) -> None:
    response = await story.commenter.http.post(
        story.commenter.url, json={"query": query}, headers={"Accept": media}
    )

    assert response.status_code == status
    assert code(response) == expected
    assert "data" not in response.json()


async def test_a_query_may_be_a_link_but_a_command_may_not(server: Server) -> None:
    async with await server.client(Role.SECRETARIAT) as secretariat:
        get = await secretariat.http.get(
            server.url,
            params={
                "query": "query ($year: Int!) { cycle(year: $year) { year } }",
                "variables": json.dumps({"year": 1999}),
            },
        )
        year = new_year()
        refused = await secretariat.http.get(
            server.url,
            params={
                "query": SIDE_EFFECT,
                "variables": json.dumps({"input": {"commandId": new_id(), "year": year}}),
            },
        )
        data = await secretariat.ask("query ($y: Int!) { cycle(year: $y) { year } }", y=year)

    assert get.json() == {"data": {"cycle": None}}
    assert (refused.status_code, code(refused)) == (405, "METHOD_NOT_ALLOWED")
    assert "POST" in refused.headers["allow"]
    assert data == {"cycle": None}


@pytest.mark.parametrize("method", ["PUT", "PATCH", "DELETE", "TRACE", "BREW"])
async def test_other_methods_are_told_which_there_are(server: Server, method: str) -> None:
    async with plain_http() as http:
        response = await http.request(method, server.url, json=QUERY)

    assert (response.status_code, code(response)) == (405, "METHOD_NOT_ALLOWED")
    assert {"GET", "POST"} <= set(response.headers["allow"].replace(",", " ").split())


async def test_head_answers_as_get_does_without_a_body(server: Server) -> None:
    async with plain_http() as http:
        response = await http.head(server.url, params=QUERY)

    assert response.status_code == 200
    assert response.content == b""


async def test_options_tells_which_methods_there_are(server: Server) -> None:
    async with plain_http() as http:
        response = await http.options(server.url)

    assert response.status_code == 204
    assert "POST" in response.headers["allow"]


async def test_another_path_is_told_where_the_api_is(server: Server) -> None:
    async with plain_http() as http:
        response = await http.get(server.url.replace("/graphql", "/"))

    assert (response.status_code, code(response)) == (404, "NOT_FOUND")


async def test_the_health_tells_how_far_the_record_has_come(server: Server) -> None:
    head = await server.caught_up()
    async with plain_http() as http:
        response = await http.get(server.url.replace("/graphql", "/health"))

    assert response.status_code == 200
    assert response.json()["headPosition"] >= head
    assert response.json()["stoppedViews"] == []


BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "BAD_JSON"),
    "no json": (b"{", "BAD_JSON"),
    "two values": (b"{}{}", "BAD_JSON"),
    "not utf-8": (b'{"query": "\xff"}', "BAD_JSON"),
    "half a surrogate pair": (b'{"query": "\\ud800"}', "BAD_JSON"),
    "no number": (b'{"query": NaN}', "BAD_JSON"),
    "very deep": (
        b'{"query": "{a}", "variables": ' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        "BAD_JSON",
    ),
    "a number": (b"1", "BAD_REQUEST"),
    "a text": (b'"{ __typename }"', "BAD_REQUEST"),
    "null": (b"null", "BAD_REQUEST"),
    "a batch": (b'[{"query": "{ __typename }"}]', "BATCH_REFUSED"),
    "an empty batch": (b"[]", "BATCH_REFUSED"),
    "no query": (b"{}", "BAD_REQUEST"),
    "a query that is no text": (b'{"query": {"a": 1}}', "BAD_REQUEST"),
    "variables that are a list": (b'{"query": "{a}", "variables": []}', "BAD_REQUEST"),
    "variables that are a text": (b'{"query": "{a}", "variables": "{}"}', "BAD_REQUEST"),
    "a name that is no text": (b'{"query": "{a}", "operationName": 1}', "BAD_REQUEST"),
    "extensions that are a list": (b'{"query": "{a}", "extensions": []}', "BAD_REQUEST"),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
async def test_a_body_that_is_no_request_is_refused(
    server: Server, body: bytes, expected: str
) -> None:
    async with plain_http() as http:
        response = await http.post(server.url, content=body, headers={"Content-Type": JSON})

    assert (response.status_code, code(response)) == (400, expected)


@pytest.mark.parametrize(
    "media",
    [
        None,
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/json; charset=utf-16",
        "application/jsonp",
        "text/plain; application/json",
    ],
)
async def test_what_a_page_may_send_unasked_is_not_taken(server: Server, media: str | None) -> None:
    headers = {} if media is None else {"Content-Type": media}
    async with plain_http() as http:
        response = await http.post(server.url, content=json.dumps(QUERY), headers=headers)

    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


@pytest.mark.parametrize("accept", ["text/html", "image/*", "application/xml;q=0.9", "*/*;q=0"])
async def test_who_takes_no_json_is_told_what_there_is(server: Server, accept: str) -> None:
    async with plain_http() as http:
        response = await http.post(server.url, json=QUERY, headers={"Accept": accept})

    assert (response.status_code, code(response)) == (406, "NOT_ACCEPTABLE")


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://127.0.0.1", "http://localhost:1", ""]
)
async def test_pages_of_other_origins_may_not_ask(server: Server, origin: str) -> None:
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


async def test_allowed_origins_are_told_that_they_may(database: str) -> None:
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
    assert response.json() == {"data": {"__typename": "Query"}}
    assert response.headers["access-control-allow-origin"] == allowed
    assert "access-control-allow-credentials" not in response.headers
    assert own.status_code == 200


async def test_a_body_that_is_too_large_is_not_read_to_its_end(server: Server) -> None:
    async with plain_http() as http:
        response = await http.post(server.url, json={"query": "#" + "x" * 100_000})

    assert (response.status_code, code(response)) == (413, "BODY_TOO_LARGE")


async def test_a_body_without_an_end_is_refused_once_it_is_too_large(server: Server) -> None:
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
async def test_a_subscription_by_post_is_told_how_to_watch(server: Server, media: str) -> None:
    async with plain_http() as http:
        response = await http.post(
            server.url,
            json={"query": "subscription { auditTrail { position } }"},
            headers={"Accept": media},
        )

    assert (response.status_code, code(response)) == (406, "SUBSCRIPTION_NEEDS_STREAM")
    assert "WebSocket" in response.text


async def test_operations_are_chosen_by_their_name(story: Story) -> None:
    two = "query A { a: __typename } query B { b: __typename }"

    async def ask(name: Any) -> Any:
        response = await story.commenter.http.post(
            story.commenter.url, json={"query": two, "operationName": name}
        )
        return response.json()

    assert (await ask("B"))["data"] == {"b": "Query"}
    for name in (None, "C", ""):
        errors = (await ask(name))["errors"]
        assert [error["extensions"]["code"] for error in errors] == ["NO_SUCH_OPERATION"]


async def test_many_requests_on_one_connection_and_many_at_once(server: Server) -> None:
    async with Client(server.url) as client:
        for _ in range(20):
            assert await client.ask("{ __typename }") == {"__typename": "Query"}
