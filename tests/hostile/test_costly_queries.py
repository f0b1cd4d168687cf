"""No operation resolves more fields than its measured cost, whatever JSON its variables are."""

from collections.abc import AsyncGenerator
from typing import Any, cast

import orjson
import pytest
import pytest_asyncio
import strawberry
from graphql import GraphQLError
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from intersessional.graphql.execution.coerced_operation import CoercedOperation, coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.graphql.schema.list_size import UNSTATED_MAX
from intersessional.infra.http.documents import operation_limits
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

TRAIL = """
    query Trail($first: Int = 3, $inner: Int! = 1, $all: Boolean! = true, $asOf: AsOfInput) {
      auditTrail(first: $first, asOf: $asOf) {
        nodes {
          position
          subject { history(first: $inner) @include(if: $all) { nodes { topic version } } } } } }
"""
HUNDRED = ["100", "100.0", "1e2", "10000e-2", "1.0E+2"]
OTHERS = ["20", "21", "0", "-1", "101", "1e3", "1e400", "99.5", "true", "false", "null", '"100"']
NUMBERS = st.sampled_from([*HUNDRED, *OTHERS, "[100]", "[[100]]", "{}", '{"a": 100}', "9" * 30])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def world(server: Server) -> AsyncGenerator[ForumScenario]:
    """A record with more events than a page has by default."""
    async with forum_scenario(server) as scenario:
        while await server.backend.record.head() < 45:
            await scenario.publish(await scenario.establish())
        yield scenario


def coerced(server: Server, query: str, variables: Json) -> CoercedOperation | None:
    """An operation with its cost; None where it is refused."""
    schema, limits = server.composed.schema, operation_limits(server.backend.settings)
    document = ParsedDocuments(schema, limits).prepare(query)
    assert not document.errors, document.errors
    try:
        return coerce_operation(schema, document, None, variables)
    except (RequestError, GraphQLError):
        return None


def fields_in(value: object) -> int:
    """The fields of a result, however they are nested."""
    if isinstance(value, list):
        return sum(map(fields_in, cast("list[object]", value)))
    if isinstance(value, dict):
        fields = cast("dict[str, object]", value)
        return len(fields) + sum(map(fields_in, fields.values()))
    return 0


async def executed(server: Server, operation: CoercedOperation) -> int:
    """The fields that an operation resolved."""
    return fields_in((await execute(operation, server.backend.context())).data)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example(first="100.0", inner="1e2", everything="true", as_of="null")
@given(
    first=NUMBERS,
    inner=NUMBERS,
    everything=st.sampled_from(["true", "false", "1", "null"]),
    as_of=NUMBERS.map('{{"position": {0}}}'.format) | st.sampled_from(["null", "{}", "[]"]),
)
async def test_whatever_number_a_page_size_is_no_more_is_resolved_than_was_measured(
    server: Server, world: ForumScenario, first: str, inner: str, everything: str, as_of: str
) -> None:
    given = f'{{"first": {first}, "inner": {inner}, "all": {everything}, "asOf": {as_of}}}'
    try:
        variables = orjson.loads(given)
    except orjson.JSONDecodeError:
        return
    operation = coerced(server, TRAIL, variables)

    if operation is not None:
        assert await executed(server, operation) <= operation.cost


@pytest.mark.parametrize("hundred", HUNDRED)
async def test_a_hundred_costs_a_hundred_however_json_writes_it(
    server: Server, world: ForumScenario, hundred: str
) -> None:
    query = "query ($n: Int!) { auditTrail(first: $n) { nodes { position version } } }"
    plain = coerced(server, query, {"n": 100})
    written = coerced(server, query, orjson.loads(f'{{"n": {hundred}}}'))

    assert plain is not None
    assert written is not None
    assert written.cost == plain.cost
    assert await executed(server, written) > 2 * 20


async def test_a_default_that_nobody_overrides_is_measured(
    server: Server, world: ForumScenario
) -> None:
    by_default = coerced(
        server, "query ($n: Int = 100) { auditTrail(first: $n) { nodes { position } } }", {}
    )
    without = coerced(
        server, "query ($n: Int) { auditTrail(first: $n) { nodes { position } } }", {}
    )

    for operation in (by_default, without):
        assert operation is not None
        assert await executed(server, operation) <= operation.cost


async def test_nested_pages_that_are_too_costly_are_refused_in_every_form(
    server: Server, world: ForumScenario
) -> None:
    query = """query ($n: Int!) { cycle(year: 2018) { groups(first: $n) { nodes {
        drafts(first: $n) { nodes { comments(first: $n) { nodes { body } } } } } } } }"""
    async with await server.client() as anonymous:
        for hundred in HUNDRED:
            body = b'{"query": %b, "variables": {"n": %b}}' % (
                orjson.dumps(query),
                hundred.encode(),
            )
            response = await anonymous.http.post(
                server.url, content=body, headers={"Content-Type": "application/json"}
            )
            [error] = response.json()["errors"]
            assert error["extensions"]["code"] == "QUERY_TOO_COSTLY"


async def test_the_blocks_of_a_draft_cost_what_the_largest_draft_has(
    server: Server, world: ForumScenario
) -> None:
    one = coerced(server, "{ draft(id: 1) { blocks { text number element } } }", {})
    page = """{ cycle(year: 2018) { groups(first: 50) { nodes {
        drafts(first: 1) { nodes { blocks { text } } } } } } }"""

    assert one is not None
    assert one.cost >= 3_000
    async with await server.client() as anonymous:
        assert await anonymous.codes(page) == ["QUERY_TOO_COSTLY"]
        for first, codes in (("9", []), ("999999", ["QUERY_TOO_COSTLY"])):
            some = page.replace("blocks", f"blocks(first: {first})")
            assert await anonymous.codes(some) == codes


async def test_a_long_history_is_read_by_the_page(server: Server, world: ForumScenario) -> None:
    person = str(world.commenter.person)
    query = """query ($id: ID!, $after: String) { participant(id: $id) {
        version firstEvent { topic } isIllustration
        history(first: 2, after: $after) {
            totalCount pageInfo { hasNextPage endCursor } nodes { version topic } } } }"""
    found: list[Json] = []
    after: str | None = None
    while True:
        data = (await world.commenter.ask(query, id=person, after=after))["participant"]
        found += data["history"]["nodes"]
        after = data["history"]["pageInfo"]["endCursor"]
        if not data["history"]["pageInfo"]["hasNextPage"]:
            break

    versions = [one["version"] for one in found]
    assert versions == [*range(1, data["history"]["totalCount"] + 1)]
    assert data["version"] == versions[-1]
    assert data["firstEvent"]["topic"] == found[0]["topic"]
    assert data["isIllustration"] is False


@strawberry.type
class Longer:
    @strawberry.field
    def numbers(self) -> list[int]:
        return list(range(UNSTATED_MAX + 1))


async def test_list_of_a_plugin_that_states_no_bound_is_no_longer_than_it_is_measured(
    server: Server,
) -> None:
    schema = ComposedSchema(extends={}, query=Longer)
    documents = ParsedDocuments(schema, operation_limits(server.backend.settings))
    operation = coerce_operation(schema, documents.prepare("{ numbers }"), None, {})

    result = await execute(operation, server.backend.context())

    assert [(error.extensions or {}).get("code") for error in result.errors or ()] == [
        "LIST_TOO_LONG"
    ]
