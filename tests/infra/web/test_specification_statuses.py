"""GraphQL over HTTP: which status an answer has.

Each test is a sentence of the specification; the comments name its sections. ADR 0014 says where
its versions contradict each other, and which is followed.
"""

import json
from typing import Any

import pytest

from tests.graphql.server import Server
from tests.infra.web.over_http import JSON, QUERY, RESPONSE_JSON, ask, get, media, post

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEDIA = pytest.mark.parametrize("accept", [RESPONSE_JSON, JSON])
EITHER_WAY = pytest.mark.parametrize("method", ["GET", "POST"])


async def answered(server: Server, method: str, accept: str, asked: dict[str, Any]) -> Any:
    """The answer to the same request by either method."""
    if method == "POST":
        return await post(server, asked, accept)
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in asked.items()}
    return await get(server, accept, **texts)


# Status Codes: there is data.


@MEDIA
@EITHER_WAY
async def test_data_without_errors_is_200(server: Server, method: str, accept: str) -> None:
    response = await answered(server, method, accept, QUERY)

    assert (response.status_code, media(response)) == (200, accept)
    assert response.json().keys() == {"data"}


PARTIAL = {
    "some data": '{ headPosition node(id: "x") { id } }',
    "none": '{ themes(first: 1, after: "x") { totalCount } }',
}


@pytest.mark.parametrize(("accept", "status"), [(RESPONSE_JSON, 294), (JSON, 200)])
@pytest.mark.parametrize("query", PARTIAL.values(), ids=PARTIAL.keys())
@EITHER_WAY
async def test_data_with_errors_is_a_partial_success(
    server: Server, method: str, query: str, accept: str, status: int
) -> None:
    response = await answered(server, method, accept, {"query": query})

    assert (response.status_code, media(response)) == (status, accept)
    assert list(response.json()) == ["errors", "data"]


# Status Codes: there is none.

WRONG: dict[str, tuple[dict[str, Any], int, str]] = {
    "a document that cannot be parsed": ({"query": "{"}, 400, "SYNTAX"),
    "a document that is not valid": ({"query": "{ nothing }"}, 400, "VALIDATION"),
    "no operation of the name": ({**QUERY, "operationName": "A"}, 422, "NO_SUCH_OPERATION"),
    "several operations and no name": (
        {"query": "query A { __typename } query B { __typename }"},
        422,
        "NO_SUCH_OPERATION",
    ),
    "a document without an operation": (
        {"query": "fragment F on Query { __typename }"},
        400,
        "VALIDATION",
    ),
    "a variable that is missing": (
        {"query": "query ($id: ID!) { node(id: $id) { id } }"},
        400,
        "BAD_VARIABLE",
    ),
    "a variable that cannot be coerced": (
        {"query": "query ($n: Int!) { cycle(year: $n) { year } }", "variables": {"n": "2018"}},
        400,
        "BAD_VARIABLE",
    ),
    "a document that is over a limit": (
        {"query": "{" + " ".join(f"a{n}: __typename" for n in range(300)) + "}"},
        400,
        "TOO_MANY_ALIASES",
    ),
}


@pytest.mark.parametrize(("asked", "status", "expected"), WRONG.values(), ids=WRONG.keys())
@EITHER_WAY
async def test_a_request_error_has_a_status(
    server: Server, method: str, asked: dict[str, Any], status: int, expected: str
) -> None:
    response = await answered(server, method, RESPONSE_JSON, asked)

    assert (response.status_code, media(response)) == (status, RESPONSE_JSON)
    assert response.json().keys() == {"errors"}
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {expected}


@pytest.mark.parametrize("asked", [asked for asked, *_ in WRONG.values()], ids=WRONG.keys())
@EITHER_WAY
async def test_a_request_error_is_200_to_those_who_take_the_older_media_type_only(
    server: Server, method: str, asked: dict[str, Any]
) -> None:
    response = await answered(server, method, JSON, asked)

    assert (response.status_code, media(response)) == (200, JSON)
    assert response.json().keys() == {"errors"}


@MEDIA
@pytest.mark.parametrize("body", [b"NONSENSE", b'{"query":'])
async def test_a_body_that_is_no_json_is_400(server: Server, body: bytes, accept: str) -> None:
    response = await post(server, body, accept)

    assert (response.status_code, media(response)) == (400, accept)


@MEDIA
@pytest.mark.parametrize(
    "asked",
    [{"qeury": "{ __typename }"}, {**QUERY, "variables": [7]}],
    ids=["no query", "variables of another shape"],
)
@EITHER_WAY
async def test_a_request_that_is_not_well_formed_is_400(
    server: Server, method: str, asked: dict[str, Any], accept: str
) -> None:
    response = await answered(server, method, accept, asked)

    assert (response.status_code, media(response)) == (400, accept)


@MEDIA
async def test_who_is_not_permitted_is_401_or_403(server: Server, accept: str) -> None:
    unknown = {"Authorization": "Bearer nobody"}
    foreign = {"Origin": "https://evil.example"}
    answers = [
        await ask(server, "POST", accept=accept, json=QUERY, headers=headers)
        for headers in (unknown, foreign)
    ]

    assert [answer.status_code for answer in answers] == [401, 403]
    assert {media(answer) for answer in answers} == {accept}
    assert all(answer.json().keys() == {"errors"} for answer in answers)
