"""Command ids: a command that is sent again is recorded once."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")


Json = Any


async def test_a_repeated_command_answers_its_first_outcome(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    id = str(uuid4())

    first = await scenario.comment(draft, "Once.", commandId=id)
    again = await scenario.commenter.do(
        "postComment",
        "position repeated ... on CommentPosted { comment { id } }",
        draft=draft,
        body="Once.",
        commandId=id,
    )

    assert again["repeated"] is True
    assert (again["position"], again["comment"]) == (first["position"], first["comment"])


async def test_command_sent_many_times_at_once_is_recorded_once(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    id = str(uuid4())

    answers = await asyncio.gather(
        *(
            scenario.commenter.do("postComment", commandId=id, draft=draft, body="Once.")
            for _ in range(20)
        )
    )

    assert len({answer["position"] for answer in answers}) == 1
    assert [answer["repeated"] for answer in answers].count(False) == 1
    data = await scenario.commenter.ask(
        "query ($id: ID!) { draft(id: $id) { comments { totalCount } } }", id=draft
    )
    assert data["draft"]["comments"]["totalCount"] == 1


async def test_command_id_of_another_command_is_refused(scenario: ForumScenario) -> None:
    id = str(uuid4())
    await scenario.secretariat.do("assessResources", commandId=id, year=scenario.year, capacity=3)

    other = await scenario.secretariat.send(
        "assessResources",
        {"commandId": id, "year": scenario.year, "capacity": 4},
        refusals="... on CommandReused { commandId }",
    )

    assert (other["code"], other["commandId"]) == ("COMMAND_REUSED", id)
