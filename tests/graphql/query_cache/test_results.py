"""The same question costs one execution until something changes that its answer rests on."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult

from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.execution.documents import PreparedDocument
from intersessional.graphql.request.context import Context
from tests.graphql.query_cache.asked import data
from tests.graphql.query_cache.conftest import Desk
from tests.graphql.story import new_year

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROPOSALS = """query ($year: Int!) {
    cycle(year: $year) { proposals(first: 5) { totalCount nodes { title state } } } }"""
HEAD = "{ headPosition }"
THING = "query ($id: ID!) { node(id: $id) { id } }"


async def test_it_is_executed_again_only_when_something_changes_for_it(context: Desk) -> None:
    story = context.story
    draft = await story.publish(await story.establish())
    first = await context.ask(PROPOSALS, year=story.year)
    again = await context.ask(PROPOSALS, year=story.year)
    assert again is first
    assert context.executions == 1

    await story.comment(draft)
    assert await context.ask(PROPOSALS, year=story.year) is first
    assert context.executions == 1

    await story.propose("A new one")
    changed = await context.ask(PROPOSALS, year=story.year)
    assert data(changed)["cycle"]["proposals"]["nodes"][-1]["title"] == "A new one"
    assert context.executions == 2


async def test_a_thousand_who_ask_at_once_cost_one_execution(context: Desk) -> None:
    for _ in range(3):
        await context.story.propose()
        await context.asked.server.caught_up()
        before = context.executions

        answers = await asyncio.gather(
            *(
                context.asked.ask(context.results, PROPOSALS, year=context.story.year)
                for _ in range(1_000)
            )
        )

        assert len({*answers}) == 1
        assert context.executions == before + 1


async def test_other_variables_and_other_operations_are_other_questions(context: Desk) -> None:
    year = context.story.year

    known = await context.ask(PROPOSALS, year=year)
    unknown = await context.ask(PROPOSALS, year=1900)
    other = await context.ask("query ($year: Int!) { cycle(year: $year) { year } }", year=year)

    assert data(known)["cycle"]["proposals"]["totalCount"] == 0
    assert data(unknown) == {"cycle": None}
    assert data(other) == {"cycle": {"year": year}}


async def test_variables_that_the_operation_does_not_declare_make_no_other_question(
    context: Desk,
) -> None:
    first = await context.ask(PROPOSALS, year=context.story.year)

    assert await context.ask(PROPOSALS, year=context.story.year, more=1) is first
    assert context.executions == 1


async def test_nothing_and_none_are_two_questions(context: Desk) -> None:
    query = """query ($year: Int!, $first: Int = 1) {
        cycle(year: $year) { proposals(first: $first) { totalCount } } }"""

    unsaid = await context.ask(query, year=context.story.year)
    nothing = orjson.loads(await context.ask(query, year=context.story.year, first=None))

    assert data(unsaid)["cycle"]["proposals"] == {"totalCount": 0}
    assert "errors" in nothing


async def test_what_tells_of_the_whole_record_changes_with_every_event(context: Desk) -> None:
    trail = "query ($after: String) { auditTrail(after: $after) { totalCount } }"
    for query in (HEAD, trail, '{ cycles(asOf: {known: "2100-01-01T00:00:00Z"}) { totalCount } }'):
        before = context.executions
        await context.ask(query)
        await context.ask(query)
        assert context.executions == before + 1

        await context.story.propose()
        await context.ask(query)
        assert context.executions == before + 2


async def test_what_had_not_begun_is_found_once_it_has(context: Desk) -> None:
    head = await context.asked.server.caught_up()
    past = f"query ($id: ID!) {{ pastNode(id: $id, asOf: {{position: {head}}}) {{ id }} }}"
    year = new_year()
    coming = str(cycle_id(year))

    nothing = await context.ask(THING, id=coming), await context.ask(past, id=coming)
    await context.story.secretariat.do("openCycle", year=year)

    assert [data(one) for one in nothing] == [{"node": None}, {"pastNode": None}]
    assert data(await context.ask(THING, id=coming)) == {"node": {"id": coming}}
    assert data(await context.ask(past, id=coming)) == {"pastNode": None}


async def test_what_was_found_does_not_change_with_what_does_not_concern_it(context: Desk) -> None:
    found = await context.ask(THING, id=str(cycle_id(context.story.year)))

    await context.story.propose()

    assert await context.ask(THING, id=str(cycle_id(context.story.year))) is found


async def test_what_depends_on_who_asks_is_never_kept(context: Desk) -> None:
    query = "{ viewer { displayName } }"

    assert data(await context.ask(query)) == data(await context.ask(query)) == {"viewer": None}

    assert context.executions == 2
    assert len(context.results.cache) == 0


async def test_an_answer_with_errors_is_not_kept(context: Desk) -> None:
    head = await context.asked.server.caught_up()
    ahead = f"query ($year: Int!) {{ cycle(year: $year, asOf: {{position: {head + 1}}}) {{ id }} }}"

    [refused] = orjson.loads(await context.ask(ahead, year=context.story.year))["errors"]
    assert len(context.results.cache) == 0
    await context.story.propose()
    answer = data(await context.ask(ahead, year=context.story.year))

    assert refused["extensions"]["code"] == "POSITION_AHEAD"
    assert answer["cycle"] is not None


async def test_whoever_leaves_takes_nothing_from_the_others(context: Desk) -> None:
    asking = [
        asyncio.create_task(context.asked.ask(context.results, PROPOSALS, year=context.story.year))
        for _ in range(20)
    ]
    await context.asked.begun.wait()
    asking[0].cancel()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert len({*answers[1:]}) == 1
    assert context.executions == 2


async def test_an_execution_that_hangs_holds_up_nobody_for_long(context: Desk) -> None:
    execute, hanging = context.results.execute, asyncio.Event()

    async def hang_once(
        prepared: PreparedDocument, name: str | None, variables: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        if not hanging.is_set():
            hanging.set()
            await asyncio.Event().wait()
        return await execute(prepared, name, variables, context)

    results = replace(context.results, execute=hang_once, flight_s=0.05)
    ask = partial(context.asked.ask, results, PROPOSALS, year=context.story.year)
    first = asyncio.create_task(ask())
    await hanging.wait()

    answers = await asyncio.gather(*(ask() for _ in range(10)))

    assert len({*answers}) == 1
    assert data(answers[0])["cycle"] is not None
    assert context.executions == 1
    first.cancel()


async def test_those_who_wait_for_what_fails_are_answered_all_the_same(context: Desk) -> None:
    query = "{ cycles(first: 100000) { totalCount } }"

    answers = await asyncio.gather(*(context.asked.ask(context.results, query) for _ in range(10)))

    codes = {orjson.loads(body)["errors"][0]["extensions"]["code"] for body in answers}
    assert len(codes) == 1
    assert len(context.results.cache) == 0
