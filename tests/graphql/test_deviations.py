"""Deviations from soft rules in the API."""

from typing import Any

import pytest
import pytest_asyncio

from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

DEVIATION = """
fragment Shown on Deviation {
  ruleKey rule { key row strength sentence source } strength role rationale rationaleStatus
  person { id } occurred { precision } cycle { year } group { id }
  subject { __typename id } facts { name number word }
}"""
OF_CYCLE = (
    """query ($year: Int!, $rule: String, $group: ID) { cycle(year: $year) {
    deviations(rule: $rule, group: $group) { totalCount nodes { ...Shown } }
    deviationCounts { rule count } } }"""
    + DEVIATION
)


@pytest_asyncio.fixture(loop_scope="session")
async def merged(scenario: ForumScenario) -> str:
    """A proposal that was merged without the agreement of those who proposed its parts."""
    proposals = [await scenario.propose("AI"), await scenario.propose("Big data")]
    done = await scenario.decide_on_list(
        {"merge": {"proposals": proposals, "title": "AI and data"}},
        assessment=await scenario.assess(),
        overrides=[{"rule": "MERGER_AGREED", "rationale": "One cannot be reached."}],
    )
    query = "query ($id: ID!) { decision(id: $id) { outcomes { subject { id } } } }"
    found = await scenario.member.ask(query, id=done["decision"]["id"])
    return str(found["decision"]["outcomes"][0]["subject"]["id"])


async def shown(client: Client, **variables: Any) -> Any:
    return (await client.ask(OF_CYCLE, **variables))["cycle"]


async def test_cycle_lists_and_counts_its_deviations_by_rule(
    scenario: ForumScenario, merged: str
) -> None:
    cycle = await shown(scenario.member, year=scenario.year)

    [deviation] = [one for one in cycle["deviations"]["nodes"] if one["ruleKey"] == "MERGER_AGREED"]
    facts = deviation.pop("facts")
    assert deviation == {
        "ruleKey": "MERGER_AGREED",
        "rule": {
            "key": "MERGER_AGREED",
            "row": 13,
            "strength": "GATE",
            "sentence": "Proposals are merged with the agreement of those who put them forward.",
            "source": "SR-4",
        },
        "strength": "GATE",
        "role": "SECRETARIAT",
        "rationale": "One cannot be reached.",
        "rationaleStatus": "GIVEN",
        "person": {"id": str(scenario.secretariat.person)},
        "occurred": {"precision": "INSTANT"},
        "cycle": {"year": scenario.year},
        "group": None,
        "subject": {"__typename": "Proposal", "id": merged},
    }
    assert [fact["name"] for fact in facts] == ["merged", "merged"]
    assert {"rule": "MERGER_AGREED", "count": 1} in cycle["deviationCounts"]
    only = await shown(scenario.member, year=scenario.year, rule="MERGER_AGREED")
    other = await shown(scenario.member, year=scenario.year, rule="OBJECTIONS_RECORDED")
    of_group = await shown(scenario.member, year=scenario.year, group=merged)
    assert [one["deviations"]["totalCount"] for one in (only, other, of_group)] == [1, 0, 0]


async def test_deviation_is_found_from_what_deviates(scenario: ForumScenario, merged: str) -> None:
    query = """query ($id: ID!) {
        proposal(id: $id) { deviations { nodes { id ruleKey } } } }"""

    found = (await scenario.member.ask(query, id=merged))["proposal"]["deviations"]["nodes"]

    assert [one["ruleKey"] for one in found] == ["MERGER_AGREED"]
    node = await scenario.member.ask(
        "query ($id: ID!) { deviation(id: $id) { id version } }", id=found[0]["id"]
    )
    assert node["deviation"] == {"id": found[0]["id"], "version": 1}


async def test_soft_rules_are_listed_in_the_order_of_the_table(scenario: ForumScenario) -> None:
    query = "{ softRules { key row strength } }"

    rules = (await scenario.member.ask(query))["softRules"]

    assert [rule["row"] for rule in rules] == sorted(rule["row"] for rule in rules)
    assert {rule["strength"] for rule in rules} == {"GATE", "FLAG", "REPORT"}
    assert rules[0] == {"key": "REPORTS_CONSIDERED", "row": 7, "strength": "GATE"}


async def test_deviations_of_a_group_are_its_own_and_those_of_its_proposal(
    scenario: ForumScenario, merged: str
) -> None:
    group = await scenario.establish()
    query = """query ($id: ID!) { group(id: $id) {
        deviations { totalCount } deviationCounts { count } } }"""

    found = (await scenario.member.ask(query, id=group))["group"]

    assert found == {"deviations": {"totalCount": 0}, "deviationCounts": []}


async def test_approvals_are_shown_against_the_assessment_of_resources(
    scenario: ForumScenario,
) -> None:
    query = """query ($year: Int!) { cycle(year: $year) {
        capacityUse { approved exceeded assessment { capacity } } } }"""

    async def use() -> Any:
        return (await scenario.member.ask(query, year=scenario.year))["cycle"]["capacityUse"]

    assert await use() is None
    assessment = await scenario.assess(capacity=1)
    for title in ("AI", "Gender"):
        approval = {"proposal": await scenario.propose(title), "groupName": title}
        await scenario.decide({"approve": approval}, assessment=assessment)

    assert await use() == {"approved": 2, "exceeded": True, "assessment": {"capacity": 1}}
