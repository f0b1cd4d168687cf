"""The law of kept results: they are what an execution would answer, whatever has happened."""

from collections.abc import AsyncGenerator
from typing import Any

import pytest

from tests.graphql.query_cache.conftest import Desk

pytestmark = pytest.mark.asyncio(loop_scope="session")

QUESTIONS = (
    "query ($year: Int!) { cycle(year: $year) { id position version year bpfCapUsed"
    "  bpfCap { value position } policy(key: BPF_CAP) { value }"
    "  history(first: 50) { totalCount nodes { position topic } } uncertain { position } } }",
    "query ($year: Int!) { cycle(year: $year) { meetings(first: 9) { totalCount nodes {"
    "  label position version states { id position } } } } }",
    "query ($year: Int!) { cycle(year: $year) { proposals(first: 9) { totalCount nodes {"
    "  title state version position begun { position } isIllustration } } } }",
    "query ($year: Int!) { cycle(year: $year) { decisions(first: 9) { totalCount nodes {"
    "  statement announcedBy { displayName } meeting { label }"
    "  outcomes { kind subject { id position } } } } } }",
    "query ($year: Int!) { cycle(year: $year) { groups(first: 9) { totalCount nodes {"
    "  name state version names { name } drafts(first: 9) { totalCount nodes { title version"
    "  blocks { number text } comments(first: 9) { totalCount nodes { body position } }"
    "  } } } } } }",
    "query ($year: Int!) { cycle(year: $year, asOf: {position: 3}) { position } }",
    'query ($year: Int!) { cycle(year: $year, asOf: {occurred: "2018-04-04T12:00:00Z"}) {'
    "  position uncertain { position } meetings(first: 9) { totalCount } } }",
    'query ($year: Int!) { cycle(year: $year, asOf: {known: "2018-04-04T12:00:00Z"}) { id } }',
    "query { cycles(first: 100) { totalCount nodes { position } } }",
    "query { auditTrail(first: 9) { totalCount nodes { position topic subject { id version } } } }",
    "query { headPosition themes(first: 5) { totalCount } sources(first: 5) { totalCount } }",
)


async def happenings(context: Desk) -> AsyncGenerator[None]:
    """What happens in a cycle, one thing after the other."""
    story = context.story
    yield
    await story.meet()
    yield
    assessment = await story.assess()
    yield
    proposal = await story.propose()
    yield
    await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    yield
    await story.decide(
        {"approve": {"proposal": proposal, "groupName": "Cybersecurity"}}, assessment=assessment
    )
    yield
    group = await story.establish()
    yield
    draft = await story.publish(group)
    yield
    await story.comment(draft)
    yield
    await story.comment(draft, "Once more.")
    yield
    await story.secretariat.do("appointFacilitator", group=group, participant=person(context))
    yield
    await story.secretariat.do(
        "publishSummary", meeting=await story.meet_once(), summary="As agreed.", states=[group]
    )
    yield


def person(context: Desk) -> str:
    """Someone who may be a facilitator."""
    return str(context.story.member.person)


async def test_they_are_what_an_execution_would_answer_whatever_has_happened(context: Desk) -> None:
    asked = 0
    async for _ in happenings(context):
        for query in QUESTIONS:
            given: dict[str, Any] = {"year": context.story.year} if "$year" in query else {}
            for _ in range(2):
                kept = await context.ask(query, **given)
                assert kept == await context.asked.fresh(query, **given)
                assert b'"errors"' not in kept, kept
                asked += 1

    # Every question was asked twice each time, and several of them rest on little.
    assert context.executions < 0.4 * asked
