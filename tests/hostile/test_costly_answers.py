"""What takes long to compute for an answer is computed in turns, once, and paid for."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from dataclasses import dataclass, replace
from typing import Any
from uuid import uuid4

import orjson
import pytest
import pytest_asyncio
from graphql import get_introspection_query

from intersessional.graphql.execution.coerced_operation import coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.execution.operation_executor import execute
from intersessional.graphql.execution.requests import encode
from intersessional.graphql.relay import node
from intersessional.graphql.request.answer_size import (
    COMPUTED_S_MAX,
    AnswerSize,
    AnswerSizes,
    TooLongComputed,
)
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.request.time_slices import SLICE_S, TimeSlices
from intersessional.graphql.types.cycle import CycleType
from intersessional.infra.http.documents import operation_limits
from intersessional.projections.cycles import CYCLES
from intersessional.projections.kernel.as_of import AsOf
from intersessional.projections.kernel.epochs import PositionInEpoch
from intersessional.projections.kernel.view import ListKey
from intersessional.projections.participants import PARTICIPANTS
from tests.databases import fresh_database
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

COMMENTS = 6
DRAFT = "query ($id: ID!) { draft(id: $id) { %s } }"


class CountingSlices(TimeSlices):
    """Counts the functions that it runs; each takes as long as it is told."""

    def __init__(self, function_s: float = 0.001) -> None:
        super().__init__(clock=self._now)
        self.called = 0
        self._now_s = 0.0
        self._function_s = function_s

    def _now(self) -> float:
        return self._now_s

    def _call(
        self,
        function: Callable[[], Any],
        spend: Callable[[float], None],
        result: asyncio.Future[Any],
        began_at_s: float,
    ) -> float:
        def counted() -> Any:
            self.called += 1
            self._now_s += self._function_s
            return function()

        return super()._call(counted, spend, result, began_at_s)


@dataclass(kw_only=True)
class Talked:
    """A server with a draft that was revised, and on which one person has commented."""

    server: Server
    scenario: ForumScenario
    draft: str

    async def answer(
        self, fields: str, slices: TimeSlices, charge: Callable[[int], None] = lambda _: None
    ) -> Json:
        """The answer to a query of the draft, computed in these slices."""
        backend, schema = self.server.backend, self.server.composed.schema
        documents = ParsedDocuments(schema, operation_limits(backend.settings))
        query = DRAFT % fields.replace("PERSON", f'"{self.scenario.commenter.person}"')
        operation = coerce_operation(schema, documents.prepare(query), None, {"id": self.draft})
        sizes = AnswerSizes()
        sizes.slices = slices
        context = replace(backend.context(), answer=AnswerSize(sizes, charge))
        context = context.reading_at(await self.server.caught_up())
        body = encode(await execute(operation, context), PositionInEpoch(1, "3f9a5be2c1d0"))
        return orjson.loads(body)


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def talked(postgres: str, template: str) -> AsyncGenerator[Talked]:
    """A server of this file's own."""
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn) as server,
        forum_scenario(server) as scenario,
    ):
        draft = await scenario.publish(await scenario.establish(), blocks=60)
        text = "It says *that* the work goes on, and **who** does it. "
        blocks = [{"id": f"b{n}", "text": text + f"{n}. " * 50} for n in range(1, 61)]
        await scenario.secretariat.do("reviseDraft", draft=draft, blocks=blocks)
        for number in range(COMMENTS):
            await scenario.comment(draft, f"*Well* said, {number}.", blocks=["b1"], revision=1)
        yield Talked(server=server, scenario=scenario, draft=draft)


async def test_what_takes_long_is_computed_for_one_slice_in_a_turn_and_in_rotation() -> None:
    slices = CountingSlices(SLICE_S / 4)
    order: list[str] = []

    def work(owner: str) -> Callable[[], None]:
        return lambda: order.append(owner)

    many = [slices.run("many", work("many"), lambda _: None) for _ in range(20)]
    few = slices.run("few", work("few"), lambda _: None)
    turns = 0
    while len(slices):
        before = len(order)
        await asyncio.sleep(0)
        turns += 1
        # One more than fits, for a function is not broken off.
        assert len(order) - before <= 5

    await asyncio.gather(few, *many)
    assert order.index("few") == 1
    assert turns >= 4


async def test_what_nobody_waits_for_is_not_computed() -> None:
    slices = CountingSlices()
    waiting = [slices.run("it", lambda: None, lambda _: None) for _ in range(5)]

    for one in waiting[1:]:
        one.cancel()
    await waiting[0]
    await asyncio.sleep(0)

    assert slices.called == 1


async def test_html_is_paid_for_by_the_time_that_it_takes(talked: Talked) -> None:
    slices, points = CountingSlices(), list[int]()

    answer = await talked.answer(
        "comments(first: 100) { nodes { bodyHtml } }", slices, points.append
    )

    assert len(answer["data"]["draft"]["comments"]["nodes"]) == COMMENTS
    # A point is 10 µs, and each took a millisecond; the draft is large, and decoded so too.
    assert points == [100] * (COMMENTS + 1)


@pytest.mark.parametrize(
    "field",
    [
        "changes(from: 1, to: 2, first: 1) { totalCount }",
        "changes(from: 1, to: 2, first: 1) { nodes { segments { kind } } }",
        "blocks(first: 1) { html }",
        "blocks(first: 1) { plainText }",
        "comments(first: 1) { nodes { commentedBlocks { keptPercent } } }",
        "comments(by: PERSON, first: 1) { totalCount }",
        "history(first: 2) { nodes { data } }",
        "latestEvent { position }",
    ],
)
async def test_what_takes_long_is_paid_for(talked: Talked, field: str) -> None:
    slices, points = CountingSlices(), list[int]()

    answer = await talked.answer(field, slices, points.append)

    assert "errors" not in answer
    assert sum(points) == 100 * slices.called > 0


@pytest.mark.parametrize(
    "field",
    [
        "history(first: 2) { nodes { data } }",
        "latestEvent { position }",
        "blocks(first: 1) { plainText }",
        "comments(by: PERSON, first: 1) { totalCount }",
    ],
)
async def test_what_is_asked_for_under_many_names_is_computed_once(
    talked: Talked, field: str
) -> None:
    once, often = CountingSlices(), CountingSlices()

    await talked.answer(field, once)
    answer = await talked.answer(" ".join(f"a{n}: {field}" for n in range(20)), often)

    assert len(answer["data"]["draft"]) == 20
    assert often.called == once.called


async def test_pages_of_a_persons_comments_find_them_once(talked: Talked) -> None:
    pages = " ".join(
        f"a{size}: comments(by: PERSON, first: {size}) {{ totalCount }}" for size in range(1, 21)
    )

    async with counted_statements(talked.server.backend) as statements:
        answer = await talked.answer(pages, TimeSlices())

    assert {page["totalCount"] for page in answer["data"]["draft"].values()} == {COMMENTS}
    assert sum("keys_in_unions" in one for one in statements) == 1


async def test_an_answer_that_takes_too_long_to_compute_ends(talked: Talked) -> None:
    slices = CountingSlices(COMPUTED_S_MAX / 2)

    answer = await talked.answer("comments(first: 100) { nodes { bodyHtml } }", slices)

    assert answer.get("data") is None
    assert [one["extensions"]["code"] for one in answer["errors"]] == ["QUERY_TOO_COSTLY"]
    assert slices.called < COMMENTS


async def test_an_answer_that_goes_through_too_many_rows_ends() -> None:
    points = list[int]()
    answer = AnswerSize(AnswerSizes(), points.append)

    answer.spend_rows(1_000)
    with pytest.raises(TooLongComputed):
        answer.spend_rows(200_000)
    with pytest.raises(TooLongComputed):
        answer.spend_rows(0)

    assert points == [1_000, 200_000, 0]


async def test_a_list_that_is_walked_to_its_end_is_paid_for(talked: Talked) -> None:
    points, head = list[int](), await talked.server.caught_up()
    answer = AnswerSize(AnswerSizes(), points.append)
    context = replace(talked.server.backend.context(), answer=answer).reading_at(head)
    everyone = every_document(context.loaders(AsOf(head)), PARTICIPANTS, ListKey(None))

    walked = [one async for one in everyone]

    assert points == [len(walked)]
    assert len(walked) >= 3


async def test_the_version_of_a_document_is_found_past_all_that_concerns_it(
    talked: Talked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(node, "_LATEST", 1)
    head = await talked.server.caught_up()
    loaders = talked.server.backend.context().reading_at(head).loaders(AsOf(head))
    page = await loaders.page(CYCLES, ListKey(None), first=1)
    cycle = CycleType.from_snapshot(page.items[0], loaders)
    await loaders.history_positions(CYCLES, page.items[0].key)

    async with counted_statements(talked.server.backend) as statements:
        version = await cycle.own_version(uuid4())

    assert version == 0
    # The latest event that concerns it is of another stream; then its own stream is read.
    assert sum("wanted.stream" in one or "originator_id =" in one for one in statements) == 1


async def test_the_schema_is_told_beside_the_event_loop(talked: Talked) -> None:
    turns = 0

    async def everybody_else() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    others = asyncio.create_task(everybody_else())
    async with await talked.server.client() as client:
        parsed = await client.answer("{ __typename }")
        document = get_introspection_query()
        first = await client.answer(document)
    backend, schema = talked.server.backend, talked.server.composed.schema
    documents = ParsedDocuments(schema, operation_limits(backend.settings))
    operation = coerce_operation(schema, documents.prepare(document), None, {})
    before = turns
    result = await execute(operation, backend.context())
    others.cancel()

    assert parsed["data"] == {"__typename": "Query"}
    assert first["data"] == result.data
    # Without a thread of its own there is no turn in between.
    assert turns > before
