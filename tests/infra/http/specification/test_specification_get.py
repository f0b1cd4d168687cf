"""GraphQL over HTTP: requests by GET.

Each test is a sentence of the specification's section GET, or of a specification it rests on.
"""

import json
from typing import Any

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import plain_http
from tests.graphql.scenario import new_id, new_year
from tests.graphql.server import Server
from tests.infra.http.http_requests import ANSWER, QUERY, RESPONSE_JSON, ask, code, get

pytestmark = pytest.mark.asyncio(loop_scope="session")

YEAR = "query ($year: Int!) { cycle(year: $year) { year } }"
TWO = "query A { a: __typename } query null { b: __typename }"
OPEN_CYCLE = "mutation Open($i: OpenCycleInput!) { openCycle(input: $i) { __typename } }"


async def link(server: Server, parameters: str) -> Any:
    """The answer to the parameters of a URL, just as they are encoded."""
    async with plain_http({"Accept": RESPONSE_JSON}) as http:
        return await http.get(f"{server.url}?{parameters}")


async def test_parameters_are_in_the_query_of_the_url(server: Server) -> None:
    response = await get(
        server,
        query="query Q($year: Int!) { cycle(year: $year) { year } }",
        operationName="Q",
        variables='{"year": 1999}',
        extensions='{"any": "thing"}',
    )

    assert (response.status_code, response.json()["data"]) == (200, {"cycle": None})


@pytest.mark.parametrize(
    "query", ["%7B__typename%7D", "%7B+__typename+%7D", "{%20__typename%0A}", "%7b%5F_typename%7d"]
)
async def test_parameters_are_form_encoded(server: Server, query: str) -> None:
    response = await link(server, f"query={query}")

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_parameters_are_in_utf_8(server: Server) -> None:
    name = "%E1%83%A6%E1%83%98%E1%83%90"

    response = await link(server, f"query=%7B__typename%7D&operationName={name}")

    assert "ღია" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize("name", ["variables", "extensions"])
@pytest.mark.parametrize("text", ["{", "nothing", "{}{}", "\ufffd"])
async def test_variables_and_extensions_are_json(server: Server, name: str, text: str) -> None:
    response = await get(server, **QUERY, **{name: text})

    assert (response.status_code, code(response)) == (400, "BAD_JSON")


@pytest.mark.parametrize("name", ["variables", "extensions"])
@pytest.mark.parametrize("value", ["text", 0, False, ["list"]], ids=repr)
async def test_variables_and_extensions_are_objects(server: Server, name: str, value: Any) -> None:
    response = await get(server, **QUERY, **{name: json.dumps(value)})

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


@pytest.mark.parametrize("name", ["variables", "extensions", "operationName"])
async def test_empty_optional_parameter_counts_as_absent(server: Server, name: str) -> None:
    response = await get(server, **QUERY, **{name: ""})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


@pytest.mark.parametrize("name", ["variables", "extensions"])
async def test_optional_parameter_may_be_null_in_json(server: Server, name: str) -> None:
    response = await get(server, **QUERY, **{name: "null"})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


async def test_operation_may_be_named_null(server: Server) -> None:
    response = await get(server, query=TWO, operationName="null")

    assert response.json()["data"] == {"b": "Query"}


@pytest.mark.parametrize("parameters", [{}, {"query": ""}, {"qeury": "{ __typename }"}], ids=str)
async def test_request_without_a_document_is_refused(
    server: Server, parameters: dict[str, str]
) -> None:
    response = await get(server, **parameters)

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")


async def test_unknown_parameters_are_ignored(server: Server) -> None:
    response = await link(server, "query=%7B__typename%7D&key=1&key=2&access=")

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)


@pytest.mark.parametrize("name", ["query", "operationName", "variables", "extensions"])
@pytest.mark.parametrize("first", ["%7B%7D", ""], ids=["given", "empty"])
async def test_repeated_parameter_is_refused(server: Server, name: str, first: str) -> None:
    """URLSearchParams reads the first value, other parsers the last one."""
    response = await link(server, f"query=%7B__typename%7D&{name}={first}&{name}=%7B%7D")

    assert (response.status_code, code(response)) == (400, "BAD_REQUEST")
    assert name in response.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_mutation_by_get_is_405_and_not_executed(server: Server, method: str) -> None:
    year = new_year()
    given = json.dumps({"i": {"commandId": new_id(), "year": year}})
    async with await server.client(Role.SECRETARIAT) as secretariat:
        refused = await secretariat.http.request(
            method, server.url, params={"query": OPEN_CYCLE, "variables": given}
        )
        data = await secretariat.ask(YEAR, year=year)

    assert refused.status_code == 405
    assert refused.headers["allow"] == "POST"
    assert method == "HEAD" or code(refused) == "METHOD_NOT_ALLOWED"
    assert data == {"cycle": None}


@pytest.mark.parametrize(("name", "status"), [("Ask", 200), ("Open", 405)])
async def test_named_operation_decides_whether_get_is_allowed(
    server: Server, name: str, status: int
) -> None:
    variables = json.dumps({"i": {"commandId": new_id(), "year": new_year()}})

    response = await get(
        server,
        query=f"query Ask {{ __typename }} {OPEN_CYCLE}",
        operationName=name,
        variables=variables,
    )

    assert response.status_code == status


async def test_body_of_a_get_is_ignored(server: Server) -> None:
    response = await ask(server, "GET", params=QUERY, content=b"{", headers={"Content-Type": "x"})

    assert (response.status_code, response.json()["data"]) == (200, ANSWER)
