"""Payloads of mutations: the changed node right after the command, seen by later queries."""

from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import ForumScenario, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


Json = Any


async def test_payload_has_the_node_right_after_the_command(
    scenario: ForumScenario,
) -> None:
    id = str(uuid4())

    done = await scenario.secretariat.do(
        "setProposalDeadline",
        """__typename position commandId repeated
           ... on ProposalDeadlineSet { cycle { year position proposalsDueOn version } }""",
        commandId=id,
        year=scenario.year,
        dueOn="2018-04-12",
    )

    assert done == {
        "__typename": "ProposalDeadlineSet",
        "position": done["position"],
        "commandId": id,
        "repeated": False,
        "cycle": {
            "year": scenario.year,
            "position": done["position"],
            "proposalsDueOn": "2018-04-12",
            "version": 2,
        },
    }


async def test_next_query_sees_the_mutation(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    query = """query ($id: ID!) { headPosition
        draft(id: $id) { comments(first: 100) { totalCount } } }"""

    for count in range(1, 21):
        done = await scenario.comment(draft, f"The {count}th.")
        seen = await scenario.secretariat.ask(query, id=draft)

        assert seen["draft"]["comments"]["totalCount"] == count
        assert seen["headPosition"] >= done["position"]


async def test_mutations_of_one_request_run_one_after_the_other(
    scenario: ForumScenario,
) -> None:
    data = await scenario.secretariat.ask(
        """mutation ($one: AssessResourcesInput!, $two: AssessResourcesInput!) {
             one: assessResources(input: $one) { ... on CommandPayload { position } }
             refused: assessResources(input: $one) { ... on CommandPayload { position repeated } }
             two: assessResources(input: $two) { ... on ResourcesAssessed {
               position cycle { assessments { nodes { capacity } } } } } }""",
        one={"commandId": str(uuid4()), "year": scenario.year, "capacity": 3},
        two={"commandId": str(uuid4()), "year": scenario.year, "capacity": 4},
    )

    assert data["refused"] == {"position": data["one"]["position"], "repeated": True}
    assert data["two"]["position"] > data["one"]["position"]
    assert data["two"]["cycle"]["assessments"]["nodes"] == [{"capacity": 3}, {"capacity": 4}]


async def test_the_cap_may_be_superseded_in_the_same_decision(scenario: ForumScenario) -> None:
    assessment = await scenario.assess()
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 0}})
    proposal = await scenario.propose()

    done = await scenario.decide(
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
