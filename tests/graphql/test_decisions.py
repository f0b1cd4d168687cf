"""The life of a decision in the API, and as of any instant on both axes."""

from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.command import Command
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import OutcomeChoice
from intersessional.domain.decision.decision_method import DecisionMethod
from intersessional.domain.decision.steps.commands import (
    BlockDecision,
    ObjectToDecision,
    ProposeDecision,
    TakeDecision,
)
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.commands import SetPolicy
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

STATE = """query State($id: ID!, $asOf: AsOfInput) { decision(id: $id, asOf: $asOf) {
    state states { state since { at } } objections
    objectionsMade { name number withdrawn { at } } } }"""
CAP = OutcomeChoice(set_policy=SetPolicy(key="BPF_CAP", value=4))
UNTIL = "2100-01-01T00:00:00.000000Z"
IMPORTED = Provenance(Ground.IMPORTED, (Citation("minutes"),))


def told(kind: type[Command], occurred: str, **fields: Any) -> Any:
    """A command of history."""
    at = Occurred.parse(occurred)
    return kind(command_id=uuid4(), occurred=at, provenance=IMPORTED, **fields)


async def record(server: Server, command: Command) -> int:
    """The position at which an imported command was recorded."""
    return (await server.backend.command_bus.submit(command, OPERATOR)).position


async def state(client: Client, id: str, **as_of: Any) -> str | None:
    """The state of a decision in a state of the record; None where it has not begun."""
    found = (await client.ask(STATE, id=id, asOf=as_of or None))["decision"]
    return None if found is None else str(found["state"])


async def test_state_of_a_decision_is_right_as_of_any_instant_in_whatever_order_it_is_told(
    scenario: ForumScenario, server: Server
) -> None:
    year, ask = new_year(), scenario.commenter
    await record(server, told(OpenCycle, "2025-01-01", year=year))
    propose = told(ProposeDecision, "2025-02-01", year=year, statement="Four?", outcomes=(CAP,))
    decision = propose.derived_id
    await record(server, propose)
    method = DecisionMethod.ROUGH_CONSENSUS
    taken = told(
        TakeDecision, "2025-03-01", decision=decision, outcomes=(CAP,), method=method, objections=2
    )
    taken_at = await record(server, taken)
    late = await record(server, told(ObjectToDecision, "2025-02-10", decision=decision, name="Ann"))

    id = str(decision)
    assert await state(ask, id, occurred="2025-01-15T00:00:00Z") is None
    assert await state(ask, id, occurred="2025-02-15T00:00:00Z") == "PROPOSED"
    assert await state(ask, id) == "TAKEN"
    assert await state(ask, id, position=taken_at - 1) == "PROPOSED"
    shown = (await ask.ask(STATE, id=id))["decision"]
    assert [one["state"] for one in shown["states"]] == ["PROPOSED", "TAKEN"]
    assert [one["since"]["at"] for one in shown["states"]] == ["2025-02-01", "2025-03-01"]
    assert shown["objections"] == 2
    assert shown["objectionsMade"] == [{"name": "Ann", "number": 1, "withdrawn": None}]
    before = (await ask.ask(STATE, id=id, asOf={"position": late - 1}))["decision"]
    assert before["objectionsMade"] == []


async def test_decisions_of_a_cycle_are_those_that_were_taken_and_others_by_their_state(
    scenario: ForumScenario, server: Server
) -> None:
    await scenario.decide_on_list()
    proposed = told(ProposeDecision, "2018-02", year=scenario.year, statement="Shall we?")
    blocked = told(ProposeDecision, "2018-02", year=scenario.year, statement="Or not?")
    for command in (
        proposed,
        blocked,
        told(BlockDecision, "2018-03", decision=blocked.derived_id, reason="No."),
    ):
        await record(server, command)

    cycle = (
        await scenario.commenter.ask(
            """query ($year: Int!) { cycle(year: $year) {
                 decisions { nodes { statement } }
                 proposed: decisions(state: PROPOSED) { nodes { statement } }
                 blocked: decisions(state: BLOCKED) { nodes { states { reason } } }
                 decisionMethods { method count } } }""",
            year=scenario.year,
        )
    )["cycle"]

    assert cycle == {
        "decisions": {"nodes": [{"statement": "Agreed."}]},
        "proposed": {"nodes": [{"statement": "Shall we?"}]},
        "blocked": {"nodes": [{"states": [{"reason": None}, {"reason": "No."}]}]},
        "decisionMethods": [{"method": None, "count": 1}],
    }


async def test_annulled_decision_names_the_one_that_annulled_it_and_says_that_its_rule_stands(
    scenario: ForumScenario,
) -> None:
    rule = {"setPolicy": {"key": "BPF_CAP", "value": 4}}
    first = (await scenario.decide_on_list(rule))["decision"]["id"]
    second = (await scenario.decide_on_list(basis=[first]))["decision"]["id"]
    await scenario.secretariat.do("annulDecision", decision=first, by=second)
    query = """query ($id: ID!) { decision(id: $id) {
        state annulledBy { id basis { id } } supersededBy { id } outcomes { kind stands } } }"""

    annulled = (await scenario.commenter.ask(query, id=first))["decision"]

    assert annulled == {
        "state": "ANNULLED",
        "annulledBy": {"id": second, "basis": [{"id": first}]},
        "supersededBy": None,
        "outcomes": [{"kind": "POLICY_SET", "stands": True}],
    }
    await scenario.decide_on_list({"setPolicy": {"key": "BPF_CAP", "value": 5}})
    annulled = (await scenario.commenter.ask(query, id=first))["decision"]
    assert annulled["outcomes"] == [{"kind": "POLICY_SET", "stands": False}]


async def test_member_objects_and_the_objection_is_shown_with_their_name(
    scenario: ForumScenario,
) -> None:
    proposed = await scenario.chair.do(
        "proposeDecision",
        """... on DecisionProposed { decision {
            id state objectionsUntil intended { policyKey number } } }""",
        year=scenario.year,
        statement="Four?",
        onList=True,
        method="NO_OBJECTION",
        objectionsUntil=UNTIL,
        outcomes=[{"setPolicy": {"key": "BPF_CAP", "value": 4}}],
    )
    decision = proposed["decision"]
    assert decision["state"] == "OBJECTION_PERIOD"
    assert decision["objectionsUntil"] == UNTIL
    assert decision["intended"] == [{"policyKey": "BPF_CAP", "number": 4}]

    await scenario.member.do("objectToDecision", decision=decision["id"], reasons="Too many.")
    refused = await scenario.chair.send(
        "takeDecision",
        {"decision": decision["id"], "onList": True, "method": "NO_OBJECTION"},
        refusals="... on ObjectionPeriodOpen { until }",
    )
    shown = await scenario.commenter.ask(
        "query ($id: ID!) { decision(id: $id) { objectionsMade { participant { id } reasons } } }",
        id=decision["id"],
    )

    assert (refused["code"], refused["until"]) == (
        "OBJECTION_PERIOD_OPEN",
        UNTIL,
    )
    member = {"participant": {"id": str(scenario.member.person)}, "reasons": "Too many."}
    assert shown["decision"]["objectionsMade"] == [member]
