"""The same question costs one execution until something changes that its answer rests on."""

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

import orjson
import pytest
from graphql import ExecutionResult

from intersessional.domain.ids import cycle_id
from intersessional.graphql.context import Context
from intersessional.infra.execution.documents import Prepared
from tests.graphql.story import new_year
from tests.infra.results.asked import data
from tests.infra.results.conftest import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROPOSALS = """query ($year: Int!) {
    cycle(year: $year) { proposals(first: 5) { totalCount nodes { title state } } } }"""
HEAD = "{ headPosition }"
THING = "query ($id: ID!) { node(id: $id) { id } }"


async def test_it_is_executed_again_only_when_something_changes_for_it(desk: Desk) -> None:
    story = desk.story
    draft = await story.publish(await story.establish())
    first = await desk.ask(PROPOSALS, year=story.year)
    again = await desk.ask(PROPOSALS, year=story.year)
    assert again is first
    assert desk.executions == 1

    await story.comment(draft)
    assert await desk.ask(PROPOSALS, year=story.year) is first
    assert desk.executions == 1

    await story.propose("A new one")
    changed = await desk.ask(PROPOSALS, year=story.year)
    assert data(changed)["cycle"]["proposals"]["nodes"][-1]["title"] == "A new one"
    assert desk.executions == 2


async def test_a_thousand_who_ask_at_once_cost_one_execution(desk: Desk) -> None:
    for _ in range(3):
        await desk.story.propose()
        await desk.asked.server.caught_up()
        before = desk.executions

        answers = await asyncio.gather(
            *(desk.asked.ask(desk.results, PROPOSALS, year=desk.story.year) for _ in range(1_000))
        )

        assert len({*answers}) == 1
        assert desk.executions == before + 1


async def test_other_variables_and_other_operations_are_other_questions(desk: Desk) -> None:
    year = desk.story.year

    known = await desk.ask(PROPOSALS, year=year)
    unknown = await desk.ask(PROPOSALS, year=1900)
    other = await desk.ask("query ($year: Int!) { cycle(year: $year) { year } }", year=year)

    assert data(known)["cycle"]["proposals"]["totalCount"] == 0
    assert data(unknown) == {"cycle": None}
    assert data(other) == {"cycle": {"year": year}}


async def test_variables_that_the_operation_does_not_declare_make_no_other_question(
    desk: Desk,
) -> None:
    first = await desk.ask(PROPOSALS, year=desk.story.year)

    assert await desk.ask(PROPOSALS, year=desk.story.year, more=1) is first
    assert desk.executions == 1


async def test_nothing_and_none_are_two_questions(desk: Desk) -> None:
    query = """query ($year: Int!, $first: Int = 1) {
        cycle(year: $year) { proposals(first: $first) { totalCount } } }"""

    unsaid = await desk.ask(query, year=desk.story.year)
    nothing = orjson.loads(await desk.ask(query, year=desk.story.year, first=None))

    assert data(unsaid)["cycle"]["proposals"] == {"totalCount": 0}
    assert "errors" in nothing


async def test_what_tells_of_the_whole_record_changes_with_every_event(desk: Desk) -> None:
    trail = "query ($after: String) { auditTrail(after: $after) { totalCount } }"
    for query in (HEAD, trail, '{ cycles(asOf: {known: "2100-01-01T00:00:00Z"}) { totalCount } }'):
        before = desk.executions
        await desk.ask(query)
        await desk.ask(query)
        assert desk.executions == before + 1

        await desk.story.propose()
        await desk.ask(query)
        assert desk.executions == before + 2


async def test_what_had_not_begun_is_found_once_it_has(desk: Desk) -> None:
    head = await desk.asked.server.caught_up()
    past = f"query ($id: ID!) {{ pastNode(id: $id, asOf: {{position: {head}}}) {{ id }} }}"
    year = new_year()
    coming = str(cycle_id(year))

    nothing = await desk.ask(THING, id=coming), await desk.ask(past, id=coming)
    await desk.story.secretariat.do("openCycle", year=year)

    assert [data(one) for one in nothing] == [{"node": None}, {"pastNode": None}]
    assert data(await desk.ask(THING, id=coming)) == {"node": {"id": coming}}
    assert data(await desk.ask(past, id=coming)) == {"pastNode": None}


async def test_what_was_found_does_not_change_with_what_does_not_concern_it(desk: Desk) -> None:
    found = await desk.ask(THING, id=str(cycle_id(desk.story.year)))

    await desk.story.propose()

    assert await desk.ask(THING, id=str(cycle_id(desk.story.year))) is found


async def test_what_depends_on_who_asks_is_never_kept(desk: Desk) -> None:
    query = "{ viewer { displayName } }"

    assert data(await desk.ask(query)) == data(await desk.ask(query)) == {"viewer": None}

    assert desk.executions == 2
    assert len(desk.results.kept) == 0


async def test_an_answer_with_errors_is_not_kept(desk: Desk) -> None:
    head = await desk.asked.server.caught_up()
    ahead = f"query ($year: Int!) {{ cycle(year: $year, asOf: {{position: {head + 1}}}) {{ id }} }}"

    [refused] = orjson.loads(await desk.ask(ahead, year=desk.story.year))["errors"]
    assert len(desk.results.kept) == 0
    await desk.story.propose()
    answer = data(await desk.ask(ahead, year=desk.story.year))

    assert refused["extensions"]["code"] == "POSITION_AHEAD"
    assert answer["cycle"] is not None


async def test_whoever_leaves_takes_nothing_from_the_others(desk: Desk) -> None:
    asking = [
        asyncio.create_task(desk.asked.ask(desk.results, PROPOSALS, year=desk.story.year))
        for _ in range(20)
    ]
    await desk.asked.begun.wait()
    asking[0].cancel()

    answers = await asyncio.gather(*asking, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert len({*answers[1:]}) == 1
    assert desk.executions == 2


async def test_an_execution_that_hangs_holds_up_nobody_for_long(desk: Desk) -> None:
    execute, hanging = desk.results.execute, asyncio.Event()

    async def hang_once(
        prepared: Prepared, name: str | None, variables: Mapping[str, Any], context: Context
    ) -> ExecutionResult:
        if not hanging.is_set():
            hanging.set()
            await asyncio.Event().wait()
        return await execute(prepared, name, variables, context)

    results = replace(desk.results, execute=hang_once, flight_s=0.05)
    ask = partial(desk.asked.ask, results, PROPOSALS, year=desk.story.year)
    first = asyncio.create_task(ask())
    await hanging.wait()

    answers = await asyncio.gather(*(ask() for _ in range(10)))

    assert len({*answers}) == 1
    assert data(answers[0])["cycle"] is not None
    assert desk.executions == 1
    first.cancel()


async def test_those_who_wait_for_what_fails_are_answered_all_the_same(desk: Desk) -> None:
    query = "{ cycles(first: 100000) { totalCount } }"

    answers = await asyncio.gather(*(desk.asked.ask(desk.results, query) for _ in range(10)))

    codes = {orjson.loads(body)["errors"][0]["extensions"]["code"] for body in answers}
    assert len(codes) == 1
    assert len(desk.results.kept) == 0
