"""Cached results equal those of an execution after every change."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from tests.graphql.query_cache.conftest import QueryScenario
from tests.graphql.query_cache.counting_executor import data

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTIONS = (
    "query ($year: Int!) { cycle(year: $year) { id position version year bpfCapUsed"
    '  bpfCap { value position } policy(key: "BPF_CAP") { value }'
    "  history(first: 50) { totalCount nodes { position topic } } uncertain { position } } }",
    "query ($year: Int!) { cycle(year: $year) { meetings(first: 9) { totalCount nodes {"
    "  label position version states { id position } } } } }",
    "query ($year: Int!) { cycle(year: $year) { proposals(first: 9) { totalCount nodes {"
    "  title state version position firstEvent { position } isIllustration } } } }",
    "query ($year: Int!) { cycle(year: $year) { decisions(first: 9) { totalCount nodes {"
    "  statement announcedBy { displayName } meeting { label }"
    "  outcomes { kind subject { id position } } } } } }",
    "query ($year: Int!) { cycle(year: $year) { groups(first: 3) { totalCount nodes {"
    "  name state version names { nodes { name } }"
    "  drafts(first: 2) { totalCount nodes { title version"
    "  blocks { number text } comments(first: 9) { totalCount nodes { body position } }"
    "  revisions { nodes { number position } } first: blocks(revision: 1, first: 9) { html }"
    "  changes(first: 9) { totalCount nodes { kind segments { text } } }"
    "  } } } } } }",
    "query ($year: Int!) { cycle(year: $year, asOf: {position: 3}) { position } }",
    'query ($year: Int!) { cycle(year: $year, asOf: {occurred: "2018-04-04T12:00:00Z"}) {'
    "  position uncertain { position } meetings(first: 9) { totalCount } } }",
    'query ($year: Int!) { cycle(year: $year, asOf: {known: "2018-04-04T12:00:00Z"}) { id } }',
    "query { cycles(first: 100) { totalCount nodes { position } } }",
    "query { auditTrail(first: 9) { totalCount nodes { position topic subject { id version } } } }",
    "query { headPosition themes(first: 5) { totalCount } sources(first: 5) { totalCount } }",
)


async def changes(scenario: QueryScenario) -> AsyncGenerator[None]:
    """Yields after each of many changes in a cycle."""
    forum = scenario.forum
    yield
    await forum.meet()
    yield
    assessment = await forum.assess()
    yield
    proposal = await forum.propose()
    yield
    await forum.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    yield
    await forum.decide(
        {"approve": {"proposal": proposal, "groupName": "Cybersecurity"}}, assessment=assessment
    )
    yield
    group = await forum.establish()
    yield
    draft = await forum.publish(group)
    yield
    await forum.comment(draft)
    yield
    await forum.comment(draft, "Once more.")
    yield
    await forum.secretariat.do("reviseDraft", draft=draft, blocks=[{"id": "b2", "text": "New."}])
    yield
    await forum.secretariat.do(
        "appointFacilitator",
        group=group,
        participant=person(scenario),
        decision=await forum.mandate(),
    )
    yield
    await forum.secretariat.do(
        "publishSummary", meeting=await forum.meet_once(), summary="As agreed.", states=[group]
    )
    yield


def person(scenario: QueryScenario) -> str:
    """A participant who can be a facilitator."""
    return str(scenario.forum.member.person)


async def test_cached_results_equal_fresh_executions_after_every_event(
    scenario: QueryScenario,
) -> None:
    executor = 0
    async for _ in changes(scenario):
        for query in QUESTIONS:
            given: dict[str, Any] = {"year": scenario.forum.year} if "$year" in query else {}
            for _ in range(2):
                cache = await scenario.ask(query, **given)
                assert data(cache) == await scenario.executor.fresh(query, **given)
                assert b'"errors"' not in cache, cache
                executor += 1

    # Every question was executor twice each time, and several of them rest on little.
    assert scenario.executions < 0.4 * executor
