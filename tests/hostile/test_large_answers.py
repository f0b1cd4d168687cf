"""An answer is bounded in bytes while it is made, whatever protocol it is for."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass, replace
from typing import Any

import orjson
import pytest
import pytest_asyncio

from intersessional.graphql.execution.coerced_operation import coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.execution.requests import encode
from intersessional.graphql.request.answer_size import AnswerSize, AnswerSizes
from intersessional.infra.http.documents import operation_limits
from intersessional.projections.kernel.epochs import PositionInEpoch
from tests.databases import fresh_database
from tests.graphql.scenario import ForumScenario, forum_scenario, new_id
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

BYTES_MAX = 20_000
BLOCKS: Json = [{"text": f"{number}. " + "All of it, and more. " * 40} for number in range(40)]
DRAFT = "query ($id: ID!) { draft(id: $id) { blocks { text } } }"
PUBLISH = """mutation ($input: PublishDraftInput!) { publishDraft(input: $input) {
    ... on DraftPublished { position draft { blocks { text } } } ... on Refusal { code } } }"""


@dataclass(kw_only=True)
class Large:
    """A server whose answers are small, and a draft that is larger than they are."""

    server: Server
    scenario: ForumScenario
    group: str
    draft: str

    async def answer(self, sizes: AnswerSizes, query: str, **variables: Json) -> bytes:
        """The answer to a query, made within these bounds."""
        backend, schema = self.server.backend, self.server.composed.schema
        documents = ParsedDocuments(schema, operation_limits(backend.settings))
        operation = coerce_operation(schema, documents.prepare(query), None, variables)
        context = replace(backend.context(), answer=AnswerSize(sizes))
        return encode(await execute(operation, context), PositionInEpoch(1, "3f9a5be2c1d0"))


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def large(postgres: str, template: str) -> AsyncGenerator[Large]:
    """A server of this file's own, with its draft."""
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, INTERSESSIONAL_ANSWER_BYTES_MAX=str(BYTES_MAX)) as server,
        forum_scenario(server) as scenario,
    ):
        group = await scenario.establish()
        done = await scenario.secretariat.do(
            "publishDraft",
            "... on DraftPublished { draft { id } }",
            group=group,
            title="A draft",
            blocks=BLOCKS,
        )
        draft = str(done["draft"]["id"])
        yield Large(server=server, scenario=scenario, group=group, draft=draft)


def check_too_large(answer: Json) -> None:
    """The answer is an error that says how much is allowed."""
    assert answer.get("data") is None
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "ANSWER_TOO_LARGE"
    assert error["extensions"]["bytesMax"] == BYTES_MAX
    assert str(BYTES_MAX) in error["message"]


async def test_an_answer_that_becomes_too_large_is_an_error_over_http(large: Large) -> None:
    for _ in range(2):
        check_too_large(await large.scenario.commenter.answer(DRAFT, id=large.draft))

    assert await large.scenario.commenter.ask("{ __typename }") == {"__typename": "Query"}


async def test_an_answer_that_becomes_too_large_is_an_error_on_a_socket(large: Large) -> None:
    async with large.server.socket() as socket:
        await socket.subscribe("q", DRAFT.replace("$id", "$draft"), draft=large.draft)
        message = await socket.receive()

    check_too_large(message["payload"])


async def test_a_payload_that_becomes_too_large_ends_its_subscription(large: Large) -> None:
    watched = """subscription ($group: ID!) { draftEvents(group: $group, after: 0) {
        position node { blocks { text } } } }"""
    async with large.server.socket() as socket:
        await socket.subscribe("s", watched, group=large.group)
        check_too_large({"errors": await socket.error("s")})


async def test_many_names_of_one_text_are_counted_each(large: Large) -> None:
    names = " ".join(f"a{number}: text" for number in range(19))
    query = f"query ($id: ID!) {{ draft(id: $id) {{ blocks {{ {names} }} }} }}"

    check_too_large(await large.scenario.commenter.answer(query, id=large.draft))


async def test_long_names_are_counted(large: Large) -> None:
    query = "query ($id: ID!) { draft(id: $id) { blocks { %s: number } } }" % ("a" * 2_000)

    check_too_large(await large.scenario.commenter.answer(query, id=large.draft))


async def test_texts_are_counted_as_json_writes_them(large: Large) -> None:
    """The trail gives an event's data as one value."""
    query = "query ($id: ID!) { auditTrail(stream: $id) { nodes { data } } }"

    check_too_large(await large.scenario.commenter.answer(query, id=large.draft))


async def test_errors_are_counted(large: Large) -> None:
    wrong = " ".join(f"a{number}: history(first: 0) {{ totalCount }}" for number in range(40))
    query = f"{{ auditTrail(first: 20) {{ nodes {{ subject {{ {wrong} }} }} }} }}"

    check_too_large(await large.scenario.commenter.answer(query))


async def test_a_command_whose_answer_is_too_large_is_recorded_once(large: Large) -> None:
    given = {"commandId": new_id(), "group": large.group, "title": "More", "blocks": BLOCKS}
    head = await large.server.backend.record.head()

    for _ in range(2):
        check_too_large(await large.scenario.secretariat.answer(PUBLISH, input=given))

    assert await large.server.backend.record.head() == head + 1


async def test_nothing_is_counted_any_more_when_an_answer_is_made(large: Large) -> None:
    sizes = AnswerSizes(answer_bytes_max=BYTES_MAX)

    for query in (DRAFT, "query ($id: ID!) { draft(id: $id) { title } }"):
        await large.answer(sizes, query, id=large.draft)

    assert sizes.bytes == 0


async def test_all_answers_in_the_making_have_a_bound_together(large: Large) -> None:
    sizes = AnswerSizes(all_bytes_max=60_000)
    other = AnswerSize(sizes)
    other.add(50_000)

    busy = await large.answer(sizes, DRAFT, id=large.draft)
    assert orjson.loads(busy)["errors"][0]["extensions"]["code"] == "TOO_BUSY"

    other.release()
    answered = await large.answer(sizes, DRAFT, id=large.draft)
    assert len(orjson.loads(answered)["data"]["draft"]["blocks"]) == len(BLOCKS)
