"""What a command changed is answered as it stood right after, and seen by whoever asks next."""

from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import ForumScenario, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


Json = Any


async def test_the_outcome_names_what_changed_as_it_stood_right_after(story: ForumScenario) -> None:
    id = str(uuid4())

    done = await story.secretariat.do(
        "setProposalDeadline",
        """__typename position commandId repeated
           ... on ProposalDeadlineSet { cycle { year position proposalsDueOn version } }""",
        commandId=id,
        year=story.year,
        dueOn="2018-04-12",
    )

    assert done == {
        "__typename": "ProposalDeadlineSet",
        "position": done["position"],
        "commandId": id,
        "repeated": False,
        "cycle": {
            "year": story.year,
            "position": done["position"],
            "proposalsDueOn": "2018-04-12",
            "version": 2,
        },
    }


async def test_the_next_query_sees_what_the_mutation_answered(story: ForumScenario) -> None:
    draft = await story.publish(await story.establish())
    query = """query ($id: ID!) { headPosition
        draft(id: $id) { comments(first: 100) { totalCount } } }"""

    for count in range(1, 21):
        done = await story.comment(draft, f"The {count}th.")
        seen = await story.secretariat.ask(query, id=draft)

        assert seen["draft"]["comments"]["totalCount"] == count
        assert seen["headPosition"] >= done["position"]


async def test_several_mutations_in_one_request_are_done_one_after_the_other(
    story: ForumScenario,
) -> None:
    data = await story.secretariat.ask(
        """mutation ($one: AssessResourcesInput!, $two: AssessResourcesInput!) {
             one: assessResources(input: $one) { ... on CommandPayload { position } }
             refused: assessResources(input: $one) { ... on CommandPayload { position repeated } }
             two: assessResources(input: $two) { ... on ResourcesAssessed {
               position cycle { assessments { capacity } } } } }""",
        one={"commandId": str(uuid4()), "year": story.year, "capacity": 3},
        two={"commandId": str(uuid4()), "year": story.year, "capacity": 4},
    )

    assert data["refused"] == {"position": data["one"]["position"], "repeated": True}
    assert data["two"]["position"] > data["one"]["position"]
    assert data["two"]["cycle"]["assessments"] == [{"capacity": 3}, {"capacity": 4}]


async def test_the_cap_may_be_superseded_in_the_same_decision(story: ForumScenario) -> None:
    assessment = await story.assess()
    await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 0}})
    proposal = await story.propose()

    done = await story.decide(
        {"setPolicy": {"key": "BPF_CAP", "value": 1}},
        {"approve": {"proposal": proposal, "groupName": "BPF Cybersecurity"}},
        assessment=assessment,
    )

    assert done["__typename"] == "DecisionRecorded"


async def test_the_same_person_commands_in_another_session(server: Server) -> None:
    year = new_year()
    async with await server.client(Role.SECRETARIAT) as one:
        await one.do("openCycle", year=year)
    async with await server.client(Role.SECRETARIAT) as other:
        await other.do("assessResources", year=year, capacity=1)
        again = await other.send("openCycle", {"year": year})

    assert again["code"] == "ALREADY_RECORDED"
