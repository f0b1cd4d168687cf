"""Equal queries cost one execution until an event changes what they read."""

import asyncio
from dataclasses import replace
from functools import partial

import orjson
import pytest
from graphql import ExecutionResult

from intersessional.domain.kernel.ids import cycle_id
from intersessional.graphql.execution.coerced_operation import CoercedOperation
from intersessional.graphql.request.context import Context
from tests.graphql.query_cache.conftest import QueryScenario
from tests.graphql.query_cache.counting_executor import data
from tests.graphql.scenario import new_year
from tests.graphql.server import WAIT_MAX_S

pytestmark = pytest.mark.asyncio(loop_scope="session")

PROPOSALS = """query ($year: Int!) {
    cycle(year: $year) { proposals(first: 5) { totalCount nodes { title state } } } }"""
HEAD = "{ headPosition }"
THING = "query ($id: ID!) { node(id: $id) { id } }"


async def test_query_is_executed_again_only_when_its_views_change(scenario: QueryScenario) -> None:
    forum = scenario.forum
    draft = await forum.publish(await forum.establish())
    first = await scenario.ask(PROPOSALS, year=forum.year)
    again = await scenario.ask(PROPOSALS, year=forum.year)
    assert again is first
    assert scenario.executions == 1

    await forum.comment(draft)
    assert await scenario.ask(PROPOSALS, year=forum.year) is first
    assert scenario.executions == 1

    await forum.propose("A new one")
    changed = await scenario.ask(PROPOSALS, year=forum.year)
    assert data(changed)["cycle"]["proposals"]["nodes"][-1]["title"] == "A new one"
    assert scenario.executions == 2


async def a_comment(scenario: QueryScenario) -> str:
    """Comment on a draft; the comment's id."""
    forum = scenario.forum
    done = await forum.comment(await forum.publish(await forum.establish()))
    return str(done["comment"]["id"])


async def withdraw(scenario: QueryScenario, comment: str) -> None:
    """Close the text of a comment; the node knows it."""
    await scenario.forum.commenter.do("withdrawComment", comment=comment)
    head = await scenario.caught_up()
    async with asyncio.timeout(WAIT_MAX_S):
        async for _ in scenario.executor.backend.feed.follow(head - 1, head):
            pass


async def test_no_result_outlives_an_event_that_closes_a_text(scenario: QueryScenario) -> None:
    comment = await a_comment(scenario)
    first = await scenario.ask(PROPOSALS, year=scenario.forum.year)

    await withdraw(scenario, comment)

    assert await scenario.ask(PROPOSALS, year=scenario.forum.year) is not first
    assert scenario.executions == 2


async def test_result_that_was_made_while_a_text_was_closed_is_not_cached(
    scenario: QueryScenario,
) -> None:
    comment = await a_comment(scenario)
    await scenario.caught_up()

    async def execute_meanwhile(operation: CoercedOperation, context: Context) -> ExecutionResult:
        result = await scenario.executor.execute(operation, context)
        await withdraw(scenario, comment)
        return result

    slow = replace(scenario.results, execute=execute_meanwhile)
    first = await scenario.executor.ask(slow, PROPOSALS, year=scenario.forum.year)

    assert await scenario.ask(PROPOSALS, year=scenario.forum.year) is not first
    assert scenario.executions == 2


async def test_thousand_equal_queries_at_once_cost_one_execution(scenario: QueryScenario) -> None:
    for _ in range(3):
        await scenario.forum.propose()
        await scenario.caught_up()
        before = scenario.executions

        answers = await asyncio.gather(
            *(
                scenario.executor.ask(scenario.results, PROPOSALS, year=scenario.forum.year)
                for _ in range(1_000)
            )
        )

        assert len({*answers}) == 1
        assert scenario.executions == before + 1


async def test_cached_result_keeps_its_position(scenario: QueryScenario) -> None:
    draft = await scenario.forum.publish(await scenario.forum.establish())
    head = await scenario.caught_up()
    first = await scenario.ask(PROPOSALS, year=scenario.forum.year)

    await scenario.forum.comment(draft)
    again = await scenario.ask(PROPOSALS, year=scenario.forum.year)
    await scenario.forum.propose()
    changed = await scenario.ask(PROPOSALS, year=scenario.forum.year)

    assert [orjson.loads(one)["extensions"]["position"] for one in (first, again)] == [head, head]
    assert orjson.loads(changed)["extensions"]["position"] > head + 1


async def test_other_variables_and_operations_are_cached_apart(scenario: QueryScenario) -> None:
    year = scenario.forum.year

    existing = await scenario.ask(PROPOSALS, year=year)
    unknown = await scenario.ask(PROPOSALS, year=1900)
    other = await scenario.ask("query ($year: Int!) { cycle(year: $year) { year } }", year=year)

    assert data(existing)["cycle"]["proposals"]["totalCount"] == 0
    assert data(unknown) == {"cycle": None}
    assert data(other) == {"cycle": {"year": year}}


async def test_undeclared_variables_share_a_cached_result(
    scenario: QueryScenario,
) -> None:
    first = await scenario.ask(PROPOSALS, year=scenario.forum.year)

    assert await scenario.ask(PROPOSALS, year=scenario.forum.year, more=1) is first
    assert scenario.executions == 1


async def test_absent_and_null_variables_are_cached_apart(scenario: QueryScenario) -> None:
    query = """query ($year: Int!, $first: Int = 1) {
        cycle(year: $year) { proposals(first: $first) { totalCount } } }"""

    absent = await scenario.ask(query, year=scenario.forum.year)
    null = orjson.loads(await scenario.ask(query, year=scenario.forum.year, first=None))

    assert data(absent)["cycle"]["proposals"] == {"totalCount": 0}
    assert "errors" in null


async def test_query_of_the_log_is_executed_again_after_every_event(
    scenario: QueryScenario,
) -> None:
    trail = "query ($after: String) { auditTrail(after: $after) { totalCount } }"
    for query in (
        HEAD,
        trail,
        '{ cycles(asOf: {known: "2100-01-01T00:00:00Z"}) { totalCount } }',
    ):
        before = scenario.executions
        await scenario.ask(query)
        await scenario.ask(query)
        assert scenario.executions == before + 1

        await scenario.forum.propose()
        await scenario.ask(query)
        assert scenario.executions == before + 2


async def test_document_that_was_absent_is_found_once_it_exists(scenario: QueryScenario) -> None:
    head = await scenario.caught_up()
    past = f"query ($id: ID!) {{ nodeAsOf(id: $id, asOf: {{position: {head}}}) {{ id }} }}"
    year = new_year()
    coming = str(cycle_id(year))

    nothing = await scenario.ask(THING, id=coming), await scenario.ask(past, id=coming)
    await scenario.forum.secretariat.do("openCycle", year=year)

    assert [data(one) for one in nothing] == [{"node": None}, {"nodeAsOf": None}]
    assert data(await scenario.ask(THING, id=coming)) == {"node": {"id": coming}}
    assert data(await scenario.ask(past, id=coming)) == {"nodeAsOf": None}


async def test_found_document_stays_cached_when_others_change(scenario: QueryScenario) -> None:
    found = await scenario.ask(THING, id=str(cycle_id(scenario.forum.year)))

    await scenario.forum.propose()

    assert await scenario.ask(THING, id=str(cycle_id(scenario.forum.year))) is found


async def test_result_that_depends_on_its_caller_is_not_cached(scenario: QueryScenario) -> None:
    query = "{ viewer { conductAccepted } }"

    assert data(await scenario.ask(query)) == data(await scenario.ask(query)) == {"viewer": None}

    assert scenario.executions == 2
    assert len(scenario.results.cache) == 0


async def test_result_with_errors_is_not_cached(scenario: QueryScenario) -> None:
    head = await scenario.caught_up()
    ahead = f"query ($year: Int!) {{ cycle(year: $year, asOf: {{position: {head + 1}}}) {{ id }} }}"

    [refused] = orjson.loads(await scenario.ask(ahead, year=scenario.forum.year))["errors"]
    assert len(scenario.results.cache) == 0
    await scenario.forum.propose()
    answer = data(await scenario.ask(ahead, year=scenario.forum.year))

    assert refused["extensions"]["code"] == "POSITION_AHEAD"
    assert answer["cycle"] is not None


async def test_cancelled_query_does_not_cancel_equal_ones(scenario: QueryScenario) -> None:
    tasks = [
        asyncio.create_task(
            scenario.executor.ask(scenario.results, PROPOSALS, year=scenario.forum.year)
        )
        for _ in range(20)
    ]
    await scenario.executor.started.wait()
    tasks[0].cancel()

    answers = await asyncio.gather(*tasks, return_exceptions=True)

    assert isinstance(answers[0], asyncio.CancelledError)
    assert len({*answers[1:]}) == 1
    assert scenario.executions == 2


async def test_execution_that_hangs_delays_equal_queries_only_briefly(
    scenario: QueryScenario,
) -> None:
    execute, hanging = scenario.results.execute, asyncio.Event()

    async def hang_once(operation: CoercedOperation, context: Context) -> ExecutionResult:
        if not hanging.is_set():
            hanging.set()
            await asyncio.Event().wait()
        # The second execution may take as long as the machine does.
        object.__setattr__(results, "flight_s", WAIT_MAX_S)
        return await execute(operation, context)

    results = replace(scenario.results, execute=hang_once, flight_s=0.05)
    ask = partial(scenario.executor.ask, results, PROPOSALS, year=scenario.forum.year)
    first = asyncio.create_task(ask())
    await hanging.wait()

    answers = await asyncio.gather(*(ask() for _ in range(10)))

    assert len({*answers}) == 1
    assert data(answers[0])["cycle"] is not None
    assert scenario.executions == 1
    first.cancel()


async def test_queries_that_wait_for_a_failed_execution_are_answered(
    scenario: QueryScenario,
) -> None:
    query = "{ cycles(first: 100000) { totalCount } }"

    answers = await asyncio.gather(
        *(scenario.executor.ask(scenario.results, query) for _ in range(10))
    )

    codes = {orjson.loads(body)["errors"][0]["extensions"]["code"] for body in answers}
    assert len(codes) == 1
    assert len(scenario.results.cache) == 0
