"""Policies: which rule is in force at an instant, in whatever order decisions are recorded."""

from itertools import permutations
from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.decision.commands import OutcomeChoice, RecordDecision
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.policy.commands import SetPolicy
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

CAP = """query Cap($year: Int!, $asOf: AsOfInput) { cycle(year: $year, asOf: $asOf) {
    bpfCap { value since { at } supersedes { value supersedes { value supersedes { value } } } } } }
"""

IMPORTED = Provenance(Ground.IMPORTED, (Citation("minutes"),))
DECIDED = {3: "2025-03-01", 4: "2025-06-01", 2: "2025-02-10"}
"""Each cap, with the day on which it was decided."""


async def chain(client: Client, year: int, **as_of: Any) -> list[int]:
    """The cap in a state of the record, and the caps that it superseded, latest first."""
    cycle = (await client.ask(CAP, year=year, asOf=as_of or None))["cycle"]
    values: list[int] = []
    rule = cycle and cycle["bpfCap"]
    while rule is not None:
        values.append(rule["value"])
        rule = rule.get("supersedes")
    return values


async def import_caps(server: Server, year: int, *caps: int) -> list[int]:
    """Import a cycle of 2025, then the decisions on these caps; answers their positions."""
    await server.backend.command_bus.submit(
        OpenCycle(
            command_id=uuid4(),
            year=year,
            occurred=Occurred.parse("2025-01-01"),
            provenance=IMPORTED,
        ),
        OPERATOR,
    )
    decisions = [
        RecordDecision(
            command_id=uuid4(),
            year=year,
            statement="Agreed.",
            outcomes=(OutcomeChoice(set_policy=SetPolicy(key="BPF_CAP", value=value)),),
            occurred=Occurred.parse(DECIDED[value]),
            provenance=IMPORTED,
        )
        for value in caps
    ]
    results = [await server.backend.command_bus.submit(one, OPERATOR) for one in decisions]
    await server.caught_up()
    return [result.position for result in results]


@pytest.mark.parametrize("told", list(permutations(DECIDED)))
async def test_the_cap_at_an_instant_does_not_depend_on_the_order_of_recording(
    server: Server, told: tuple[int, ...]
) -> None:
    year = new_year()
    await import_caps(server, year, *told)

    async with await server.client() as anyone:
        assert await chain(anyone, year, occurred="2025-02-10T23:59:59Z") == []
        assert await chain(anyone, year, occurred="2025-02-20T00:00:00Z") == [2]
        assert await chain(anyone, year, occurred="2025-04-01T00:00:00Z") == [3, 2]
        assert await chain(anyone, year, occurred="2025-07-01T00:00:00Z") == [4, 3, 2]
        assert await chain(anyone, year) == [4, 3, 2]


async def test_what_was_known_before_a_late_decision_stays_the_answer_of_then(
    server: Server,
) -> None:
    year = new_year()
    first, second, third = await import_caps(server, year, 3, 4, 2)

    async with await server.client() as anyone:
        days = ("2025-02-20", "2025-04-01", "2025-07-01")
        known = {
            position: [
                await chain(anyone, year, position=position, occurred=f"{day}T00:00:00Z")
                for day in days
            ]
            for position in (first, second, third)
        }

    assert known == {
        first: [[], [3], [3]],
        second: [[], [3], [4, 3]],
        third: [[2], [3, 2], [4, 3, 2]],
    }


VALUES = """query Values($year: Int!) { cycle(year: $year) {
    days: policy(key: "CALL_LENGTH") { valueKind value days }
    date: policy(key: "CALL_CLOSES") { valueKind date }
    text: policy(key: "SCOPE") { valueKind text }
    keys: policy(key: "PUBLIC_KINDS") { valueKind keys source { key } rationaleStatus } } }"""


async def test_a_policy_has_a_value_of_one_kind(scenario: ForumScenario) -> None:
    await scenario.decide_on_list(
        {"setPolicy": {"key": "CALL_LENGTH", "days": 18}},
        {"setPolicy": {"key": "CALL_CLOSES", "date": "2018-04-13"}},
        {"setPolicy": {"key": "SCOPE", "text": "Existing practices are collected."}},
        {"setPolicy": {"key": "PUBLIC_KINDS", "keys": ["BPF", "CENB"]}},
    )

    data = await scenario.commenter.ask(VALUES, year=scenario.year)

    assert data["cycle"] == {
        "days": {"valueKind": "DAYS", "value": None, "days": 18},
        "date": {"valueKind": "DATE", "date": "2018-04-13"},
        "text": {"valueKind": "TEXT", "text": "Existing practices are collected."},
        "keys": {
            "valueKind": "KEYS",
            "keys": ["BPF", "CENB"],
            "source": None,
            "rationaleStatus": "GIVEN",
        },
    }


GENERAL = """query General($year: Int!, $key: String!) {
    cycle(year: $year) { policy(key: $key) { value cycle { year } } }
    policy(key: $key) { value cycle { year } } }"""


async def test_a_rule_of_the_cycle_goes_before_a_general_one(scenario: ForumScenario) -> None:
    key = f"WORDS_{scenario.year}"

    async def asked() -> Any:
        return await scenario.commenter.ask(GENERAL, year=scenario.year, key=key)

    await scenario.decide_on_list({"setPolicy": {"key": key, "value": 500, "general": True}})
    general = {"value": 500, "cycle": None}
    assert await asked() == {"cycle": {"policy": general}, "policy": general}

    await scenario.decide_on_list({"setPolicy": {"key": key, "value": 700}})
    own = {"value": 700, "cycle": {"year": scenario.year}}
    assert await asked() == {"cycle": {"policy": own}, "policy": general}
    listed = await scenario.commenter.ask(
        "query ($year: Int!) { cycle(year: $year) { policies { nodes { key value } } } }",
        year=scenario.year,
    )
    assert listed["cycle"]["policies"]["nodes"] == [{"key": key, "value": 700}]
