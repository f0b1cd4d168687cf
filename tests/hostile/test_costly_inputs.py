"""Inputs cost what they take, and who may not send them is refused before they are read."""

from typing import Any
from uuid import uuid4

import orjson
import pytest
from graphql import GraphQLInputObjectType

from intersessional.graphql.execution.coerced_operation import CoercedOperation, coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.input_bounds import LIST_MAX
from intersessional.graphql.execution.persisted_documents import CHARACTERS_MAX
from intersessional.graphql.request.context import BadRequest
from intersessional.infra.connections.json_values import VALUES_MAX
from intersessional.infra.http.documents import operation_limits
from intersessional.infra.page.input_fields import input_of
from intersessional.infra.page.sent_form import SentForm
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.hostile.test_costly_documents import count_calls

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

PREVIEW = "query ($command: CommandInput!) { %s }"
CHECK = "query ($input: ImportCheckInput!) { importCheck(input: $input) { refusal { code } } }"
ONE = "preview(command: $command) { refusal { code } }"
COMMAND: Json = {
    "publishDraft": {
        "commandId": str(uuid4()),
        "group": str(uuid4()),
        "title": "A draft",
        "blocks": [{"text": "All of it."}] * LIST_MAX,
    }
}


def coerced(server: Server, query: str, variables: Json, *, signed_in: bool) -> CoercedOperation:
    schema = server.composed.schema
    documents = ParsedDocuments(schema, operation_limits(server.backend.settings))
    prepared = documents.prepare(query)
    return coerce_operation(schema, prepared, None, variables, signed_in=signed_in)


async def test_inputs_are_paid_for_as_often_as_they_are_converted(server: Server) -> None:
    often = PREVIEW % " ".join(f"a{n}: {ONE}" for n in range(50))

    one = coerced(server, PREVIEW % ONE, {"command": COMMAND}, signed_in=True)
    small = {"publishDraft": COMMAND["publishDraft"] | {"blocks": [{"text": "All."}]}}
    few = coerced(server, PREVIEW % ONE, {"command": small}, signed_in=True)
    many = coerced(server, often, {"command": small}, signed_in=True)

    # Each of its values takes some 5 µs to coerce, and as many to convert.
    assert one.input_points >= LIST_MAX
    assert many.input_points > 20 * few.input_points > 0
    with pytest.raises(BadRequest) as refused:
        coerced(server, often, {"command": COMMAND}, signed_in=True)
    assert (refused.value.extensions or {})["code"] == "QUERY_TOO_COSTLY"


async def test_values_that_stand_in_a_document_are_paid_for_each_time(server: Server) -> None:
    blocks = "{text: 1} " * 300
    query = f'{{ preview(command: {{publishDraft: {{commandId: "1", group: "1", title: "1", \
blocks: [{blocks.replace("1", chr(34) + "1" + chr(34))}]}}}}) {{ repeated }} }}'

    operation = coerced(server, query, {}, signed_in=True)

    assert operation.input_points >= 300


@pytest.mark.parametrize(
    ("query", "variables"),
    [
        (PREVIEW % ONE, {"command": COMMAND}),
        (CHECK, {"input": {"text": "x" * 80_000}}),
        (CHECK, {"input": None}),
    ],
)
async def test_who_has_not_signed_in_is_refused_before_an_input_is_coerced(
    server: Server, query: str, variables: Json
) -> None:
    async with await server.client() as nobody:
        data = await nobody.ask(query, **variables)
    operation: list[CoercedOperation] = []
    calls = count_calls(
        lambda: operation.append(coerced(server, query, variables, signed_in=False))
    )
    known = count_calls(lambda: coerced(server, query, {}, signed_in=False))

    assert data.popitem()[1]["refusal"] == {"code": "NOT_SIGNED_IN"}
    assert operation[0].input_points < 10
    assert calls < known + 100


async def test_json_of_too_many_values_is_refused_before_it_is_parsed(
    scenario: ForumScenario,
) -> None:
    many = b'{"query":"{headPosition}","variables":{"x":[' + b"[]," * VALUES_MAX + b"1]}}"

    answer = await scenario.commenter.http.post(
        scenario.commenter.url, content=many, headers={"Content-Type": "application/json"}
    )

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["extensions"]["code"] == "BAD_JSON"


async def test_a_document_of_one_long_token_is_not_even_looked_for(
    scenario: ForumScenario,
) -> None:
    text = "{ headPosition } #" + "x" * CHARACTERS_MAX

    assert await scenario.commenter.codes(text) == ["QUERY_TOO_LARGE"]


async def test_a_form_gives_no_more_items_than_a_list_may_have(server: Server) -> None:
    schema = server.composed.schema.core
    kind = schema.get_type("ReviseDraftInput")
    report = schema.get_type("ReportContinuationInput")
    assert isinstance(kind, GraphQLInputObjectType)
    assert isinstance(report, GraphQLInputObjectType)
    paragraphs = "One.\n\n" * 20 * LIST_MAX

    of_all = input_of(kind, {"blocks.*.text": [paragraphs]})
    of_each = input_of(kind, {f"blocks.{n}.*.text": [paragraphs] for n in range(200)})
    lines = input_of(report, {"areas.*": [paragraphs]})

    assert len(of_all["blocks"]) == LIST_MAX + 1
    assert len(of_each["blocks"]) <= 2 * LIST_MAX + 2
    assert len(lines["areas"]) <= LIST_MAX + 1
    assert len(orjson.dumps(of_all)) > len(paragraphs)


async def test_only_fields_of_an_address_are_written_into_it(server: Server) -> None:
    fields = {"body": ["é" * 100_000], "draft": ["a/b"]}
    sent = SentForm(None, fields, "1")  # type: ignore[arg-type]
    filled: list[str] = []

    calls = count_calls(lambda: filled.append(sent.filled("/drafts/{draft}")))

    assert filled == ["/drafts/a%2Fb"]
    assert calls < 1_000
