"""GraphQL over HTTP: which status an answer has.

Each test is a sentence of the specification; the comments name its sections. ADR 0014 says where
its versions contradict each other, and which is followed.
"""

import json
from typing import Any

import pytest
from graphql import ExecutionResult, GraphQLError

from intersessional.domain.kernel.act import Role
from intersessional.graphql.execution.requests import encode
from intersessional.infra.http.server import connection_state
from intersessional.infra.http.status_codes import of_result
from intersessional.projections.kernel.epochs import PositionInEpoch
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import Server
from tests.infra.http.http_requests import JSON, QUERY, RESPONSE_JSON, ask, code, get, media, post
from tests.infra.http.raw_connection import open_raw_connection

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEDIA = pytest.mark.parametrize("accept", [RESPONSE_JSON, JSON])
EITHER_WAY = pytest.mark.parametrize("method", ["GET", "POST"])


async def answered(server: Server, method: str, accept: str, requested: dict[str, Any]) -> Any:
    """The answer to the same request by either method."""
    if method == "POST":
        return await post(server, requested, accept)
    texts = {k: v if isinstance(v, str) else json.dumps(v) for k, v in requested.items()}
    return await get(server, accept, **texts)


# Status Codes: there is data.


@MEDIA
@EITHER_WAY
async def test_data_without_errors_is_200(server: Server, method: str, accept: str) -> None:
    response = await answered(server, method, accept, QUERY)

    assert (response.status_code, media(response)) == (200, accept)
    assert response.json().keys() == {"data", "extensions"}


PARTIAL = pytest.mark.parametrize(("accept", "status"), [(RESPONSE_JSON, 294), (JSON, 200)])


@PARTIAL
@EITHER_WAY
async def test_data_with_errors_is_a_partial_success(
    server: Server, method: str, accept: str, status: int
) -> None:
    query = {"query": '{ __typename node(id: "x") { id } }'}

    response = await answered(server, method, accept, query)

    assert (response.status_code, media(response)) == (status, accept)
    assert list(response.json()) == ["errors", "data", "extensions"]
    assert response.json()["data"] == {"__typename": "Query", "node": None}


@PARTIAL
async def test_null_data_with_errors_is_a_partial_success(accept: str, status: int) -> None:
    result = ExecutionResult(data=None, errors=[GraphQLError("A field failed.", path=["a"])])
    body = encode(result, PositionInEpoch(1, "3f9a5be2c1d0"))

    assert b'"data":null' in body
    assert of_result(body, accept) == status


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


@pytest.mark.parametrize(("requested", "status", "expected"), WRONG.values(), ids=WRONG.keys())
@EITHER_WAY
async def test_request_error_has_a_status(
    server: Server, method: str, requested: dict[str, Any], status: int, expected: str
) -> None:
    response = await answered(server, method, RESPONSE_JSON, requested)

    assert (response.status_code, media(response)) == (status, RESPONSE_JSON)
    assert response.json().keys() == {"errors"}
    assert {error["extensions"]["code"] for error in response.json()["errors"]} == {expected}


@pytest.mark.parametrize(
    "requested", [requested for requested, *_ in WRONG.values()], ids=WRONG.keys()
)
@EITHER_WAY
async def test_request_error_is_200_for_application_json(
    server: Server, method: str, requested: dict[str, Any]
) -> None:
    response = await answered(server, method, JSON, requested)

    assert (response.status_code, media(response)) == (200, JSON)
    assert response.json().keys() == {"errors"}


OPEN = "mutation Open($i: OpenCycleInput!) { openCycle(input: $i) { __typename } }"
UNLESS = OPEN.replace("($", "($if: Boolean!, $").replace("__typename", "__typename @skip(if: $if)")
HALTED: dict[str, tuple[str, dict[str, Any], str]] = {
    "not valid": (OPEN.replace("} }", "} nothing }"), {}, "VALIDATION"),
    "no operation of the name": (OPEN, {"operationName": "Close"}, "NO_SUCH_OPERATION"),
    "several operations and no name": (f"{OPEN} query A {{ __typename }}", {}, "NO_SUCH_OPERATION"),
    "a variable that is missing": (UNLESS, {}, "BAD_VARIABLE"),
}


@MEDIA
@pytest.mark.parametrize(("query", "more", "expected"), HALTED.values(), ids=HALTED.keys())
async def test_nothing_is_executed_of_a_request_with_an_error(
    server: Server, query: str, more: dict[str, Any], expected: str, accept: str
) -> None:
    year = new_year()
    requested = {"query": query, "variables": {"i": {"commandId": new_id(), "year": year}}, **more}
    async with await server.client(Role.SECRETARIAT) as secretariat:
        response = await secretariat.http.post(
            server.url, json=requested, headers={"Accept": accept}
        )
        data = await secretariat.ask("query ($y: Int!) { cycle(year: $y) { year } }", y=year)

    assert code(response) == expected
    assert data == {"cycle": None}


@MEDIA
@pytest.mark.parametrize("body", [b"NONSENSE", b'{"query":'])
async def test_body_that_is_no_json_is_400(server: Server, body: bytes, accept: str) -> None:
    response = await post(server, body, accept)

    assert (response.status_code, media(response)) == (400, accept)


@MEDIA
@pytest.mark.parametrize(
    "requested",
    [{"qeury": "{ __typename }"}, {**QUERY, "variables": [7]}],
    ids=["no query", "variables of another shape"],
)
@EITHER_WAY
async def test_malformed_request_is_400(
    server: Server, method: str, requested: dict[str, Any], accept: str
) -> None:
    response = await answered(server, method, accept, requested)

    assert (response.status_code, media(response)) == (400, accept)


@MEDIA
async def test_late_body_is_408_and_closes_the_connection(
    server: Server, accept: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection_state, "BODY_S", 0.2)

    async with open_raw_connection(server) as line:
        lines = (f"Content-Type: {JSON}", f"Accept: {accept}", "Content-Length: 100")
        await line.send("POST /graphql HTTP/1.1", *lines, body=b"{")
        status, headers, body = await line.receive()
        ended = await line.ended()

    assert (status, json.loads(body)["errors"][0]["extensions"]["code"]) == (408, "TOO_SLOW")
    assert headers["connection"] == "close"
    assert ended


@MEDIA
async def test_unauthenticated_is_401_and_forbidden_is_403(server: Server, accept: str) -> None:
    unknown = {"Authorization": "Bearer nobody"}
    foreign = {"Origin": "https://evil.example"}
    answers = [
        await ask(server, "POST", accept=accept, json=QUERY, headers=headers)
        for headers in (unknown, foreign)
    ]

    assert [answer.status_code for answer in answers] == [401, 403]
    assert {media(answer) for answer in answers} == {accept}
    assert all(answer.json().keys() == {"errors"} for answer in answers)
