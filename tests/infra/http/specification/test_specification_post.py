"""GraphQL over HTTP: requests by POST, and what a well-formed one is.

Each test is a sentence of the specification; the comments name its sections.
"""

import json
from typing import Any

import pytest

from tests.graphql.server import Server
from tests.infra.http.http_requests import ANSWER, JSON, QUERY, ask, code, post
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")

# URL. POST.


async def test_queries_and_mutations_share_one_url(server: Server) -> None:
    for kind in ("query", "mutation"):
        response = await post(server, {"query": f"{kind} {{ __typename }}"})
        assert response.json()["data"] == {"__typename": kind.capitalize()}

    assert server.url.endswith("/graphql")


@pytest.mark.parametrize(
    "media",
    [
        "application/json",
        "application/json; charset=utf-8",
        'application/json;charset="UTF-8"',
        "Application/JSON ; Charset=utf8",
        "application/json; profile=any",
    ],
)
async def test_json_is_accepted_in_utf_8_with_and_without_a_charset(
    server: Server, media: str
) -> None:
    body = '{"query": "{ __type(name: \\"ღ\\") { name } }", "operationName": "ღია"}'.encode()

    response = await ask(server, "POST", content=body, headers={"Content-Type": media})

    assert "ღია" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    "media",
    [
        None,
        "",
        "text/plain",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
        "application/graphql-response+json",
        "application/json; charset=utf-16",
        "application/json; charset=iso-8859-1",
        "application/jsonp",
        "text/plain; application/json",
        "application/json, text/plain",
        "*/*",
    ],
)
async def test_other_content_types_are_415(server: Server, media: str | None) -> None:
    headers = {} if media is None else {"Content-Type": media}

    response = await ask(server, "POST", content=json.dumps(QUERY), headers=headers)

    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")
    assert response.headers["accept-post"] == JSON


@pytest.mark.parametrize(
    "form", [{"data": QUERY}, {"files": {"query": b"{ __typename }"}}], ids=["urlencoded", "parts"]
)
async def test_form_content_types_are_415(server: Server, form: dict[str, Any]) -> None:
    response = await ask(server, "POST", **form)

    assert (response.status_code, code(response)) == (415, "UNSUPPORTED_MEDIA_TYPE")


async def test_repeated_content_type_is_415(server: Server) -> None:
    lines = (f"Content-Type: {media}" for media in (JSON, "text/plain"))
    body = json.dumps(QUERY).encode()

    async with open_raw_connection(server) as line:
        length = f"Content-Length: {len(body)}"
        await line.send("POST /graphql HTTP/1.1", *lines, length, body=body)
        status, _, _ = await line.receive()

    assert status == 415


async def test_url_parameters_of_a_post_are_ignored(server: Server) -> None:
    response = await ask(server, "POST", params=QUERY, json={})

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


# Request Parameters. JSON Encoding.


async def test_all_parameters_are_read_from_the_object(server: Server) -> None:
    query = "query A { __typename } query B($year: Int!) { cycle(year: $year) { year } }"
    given = {"operationName": "B", "variables": {"year": 1999}, "extensions": {"any": ["thing"]}}

    response = await post(server, {"query": query, **given})

    assert (response.status_code, response.json()["data"]) == (200, {"cycle": None})


async def test_operation_is_chosen_by_its_name(server: Server) -> None:
    two = {"query": "query A { a: __typename } query B { b: __typename }"}

    chosen = await post(server, {**two, "operationName": "B"})
    refused = [await post(server, {**two, "operationName": name}) for name in (None, "C", "")]

    assert chosen.json()["data"] == {"b": "Query"}
    assert [code(response) for response in refused] == ["NO_SUCH_OPERATION"] * 3


@pytest.mark.parametrize("name", ["operationName", "variables", "extensions"])
async def test_optional_parameter_may_be_null(server: Server, name: str) -> None:
    response = await post(server, {**QUERY, name: None})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_empty_operation_name_counts_as_absent(server: Server) -> None:
    response = await post(server, {**QUERY, "operationName": ""})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_unknown_properties_are_ignored(server: Server) -> None:
    more = {"id": 1, "Query": "{", "mutation": "{", "__proto__": {"query": "{"}, "": [None]}

    response = await post(server, {**QUERY, **more})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_last_of_repeated_properties_counts(
    server: Server,
) -> None:
    response = await post(server, b'{"query": "{", "query": "{ __typename }"}')

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_any_text_is_a_well_formed_document_parameter(server: Server) -> None:
    for query, expected in (("", "SYNTAX"), (" ", "SYNTAX"), ("{ nothing }", "VALIDATION")):
        assert code(await post(server, {"query": query})) == expected


BODIES: dict[str, tuple[bytes, str]] = {
    "nothing": (b"", "BAD_JSON"),
    "no json": (b"{", "BAD_JSON"),
    "two values": (b"{}{}", "BAD_JSON"),
    "a form": (b"query=%7B__typename%7D", "BAD_JSON"),
    "not utf-8": (b'{"query": "\xff"}', "BAD_JSON"),
    "utf-16": ('{"query": "{ __typename }"}'.encode("utf-16"), "BAD_JSON"),
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
    "a query that is null": (b'{"query": null}', "BAD_REQUEST"),
}


@pytest.mark.parametrize(("body", "expected"), BODIES.values(), ids=BODIES.keys())
async def test_body_that_is_no_request_is_refused(
    server: Server, body: bytes, expected: str
) -> None:
    response = await post(server, body)

    assert (response.status_code, code(response)) == (400, expected)


OTHERS: dict[str, list[Any]] = {
    "query": [{"a": 1}, 0, 1.5, True, False, ["{ __typename }"]],
    "operationName": [{"a": 1}, 0, 1.5, True, False, ["A"]],
    "variables": ["{}", 0, 1.5, True, False, [], [7]],
    "extensions": ["{}", 0, 1.5, True, False, [], [7]],
}


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in OTHERS.items() for value in values]
)
async def test_parameter_of_another_type_is_refused(server: Server, name: str, value: Any) -> None:
    response = await post(server, {**QUERY, name: value})

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert name in response.text
