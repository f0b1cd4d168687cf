"""Every result says the position that was read, and a subscription goes on from there."""

from typing import Any
from uuid import uuid4

import pytest

from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server
from tests.graphql.subscription_documents import COMMENTS

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

BODIES = "query ($id: ID!) { draft(id: $id) { comments(first: 100) { nodes { body } } } }"
VIEWER = "{ headPosition viewer { __typename } }"
ASSESS = """mutation ($one: AssessResourcesInput!, $two: AssessResourcesInput!) {
    one: assessResources(input: $one) { ... on CommandPayload { position } ... on Refusal { code } }
    two: assessResources(input: $two) { ... on CommandPayload { position } ... on Refusal { code } }
}"""


async def test_subscription_after_a_kept_answer_misses_nothing(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    await scenario.comment(draft, "first")
    answer = await scenario.commenter.answer(BODIES, id=draft)
    await scenario.propose()
    kept = await scenario.commenter.answer(BODIES, id=draft)
    await scenario.comment(draft, "second")
    assert kept == answer

    position = kept["extensions"]
    async with server.socket() as socket:
        after = f"{position['epoch']}:{position['position']}"
        await socket.subscribe("c", COMMENTS, draft=draft, after=after)
        seen = (await socket.next("c"))["commentEvents"]["node"]["body"]

    assert (kept["data"]["draft"]["comments"]["nodes"], seen) == ([{"body": "first"}], "second")


async def test_answer_for_one_caller_has_the_position_of_its_fields(
    scenario: ForumScenario,
) -> None:
    answer = await scenario.commenter.answer(VIEWER)

    assert answer["extensions"]["position"] == answer["data"]["headPosition"]


async def test_answer_with_errors_has_a_position(scenario: ForumScenario, server: Server) -> None:
    head = await server.caught_up()

    answer = await scenario.commenter.answer('{ node(id: "none") { id } }')

    assert answer["errors"]
    assert answer["extensions"]["position"] == head


async def test_answer_of_a_mutation_has_the_position_of_its_first_command(
    scenario: ForumScenario,
) -> None:
    one, two = (
        {"commandId": str(uuid4()), "year": scenario.year, "capacity": number} for number in (3, 4)
    )

    answer = await scenario.secretariat.answer(ASSESS, one=one, two=two)
    mixed = await scenario.secretariat.answer(ASSESS, one={**one, "capacity": 9}, two=two)

    positions = [answer["data"][name]["position"] for name in ("one", "two")]
    assert answer["extensions"]["position"] == positions[0] < positions[1]
    assert mixed["data"]["one"] == {"code": "COMMAND_REUSED"}
    assert mixed["extensions"]["position"] == positions[1]


async def test_refused_mutation_has_a_position_that_the_node_has_read(
    scenario: ForumScenario, server: Server
) -> None:
    head = await server.caught_up()
    missing = {"commandId": str(uuid4()), "year": 1900, "capacity": 1}

    answer = await scenario.secretariat.answer(ASSESS, one=missing, two=missing)

    assert answer["data"]["one"] == answer["data"]["two"] == {"code": "NOT_FOUND"}
    assert 0 < answer["extensions"]["position"] <= head
