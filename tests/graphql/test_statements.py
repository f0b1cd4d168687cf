"""A dashboard's query costs a bounded number of SQL statements at any size."""

import pytest

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

DASHBOARD = """
    query Dashboard($year: Int!) { headPosition viewer { participant { displayName } }
      cycle(year: $year) {
        version
        bpfCap { value rationale decision { meeting { label } announcedBy { displayName } } }
        meetings(first: 5) { totalCount nodes { label states { id ... on Group { name } } } }
        decisions(first: 40) { totalCount nodes {
          statement rationaleStatus announcedBy { displayName } meeting { label }
          outcomes { kind subject { id ... on Group { name } ... on Policy { value } } } } }
        groups(first: 30) { totalCount nodes {
          name state version isIllustration names { nodes { name } }
          decision { statement } cycle { year }
          facilitators { magMember participant { displayName } }
          drafts(first: 2) { totalCount nodes { title version blocks { number text }
            comments(first: 2) { totalCount nodes { body author { displayName } } } } } } } } }
"""


async def record_groups(scenario: ForumScenario, groups: int) -> None:
    """A year with so many groups, each with a facilitator, a draft and a comment."""
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    ids = [await scenario.establish(f"Group {number}") for number in range(groups)]
    mandate = await scenario.mandate()
    for id in ids:
        await scenario.secretariat.do(
            "appointFacilitator",
            group=id,
            participant=str(scenario.member.person),
            decision=mandate,
        )
        await scenario.comment(await scenario.publish(id))
    await scenario.secretariat.do(
        "publishSummary", meeting=await scenario.meet_once(), summary="As agreed.", states=ids
    )


async def test_ten_times_the_groups_cost_as_many_statements(database: str) -> None:
    costs: dict[int, int] = {}
    async with serving(database, INTERSESSIONAL_QUERY_COST_MAX="1000000") as server:
        for groups in (3, 30):
            async with forum_scenario(server) as scenario:
                await record_groups(scenario, groups)
                async with counted_statements(server.backend) as statements:
                    data = await scenario.commenter.ask(DASHBOARD, year=scenario.year)
                assert data["cycle"]["groups"]["totalCount"] == groups
                assert len(data["cycle"]["groups"]["nodes"]) == groups
                assert data["cycle"]["groups"]["nodes"][-1]["drafts"]["nodes"][0]["comments"][
                    "totalCount"
                ]
                assert len(data["cycle"]["meetings"]["nodes"][0]["states"]) == groups
                costs[groups] = len(statements)

    # How fields fall into batches depends a little on which answer comes first, not on how many.
    assert abs(costs[30] - costs[3]) < 10
    assert costs[30] < 40


async def test_position_is_read_once_for_all_root_fields(
    scenario: ForumScenario, server: Server
) -> None:
    query = "query ($year: Int!) {" + " ".join(
        f"a{number}: cycle(year: $year) {{ position }}" for number in range(30)
    )

    async with counted_statements(server.backend) as statements:
        await scenario.commenter.ask(f"{query} }}", year=scenario.year)

    assert len([one for one in statements if "view_heads" in one]) == 1


async def test_a_page_of_the_audit_trail_opens_all_its_texts_at_once(
    scenario: ForumScenario, server: Server
) -> None:
    for blocks in (2, 60):
        draft = await scenario.publish(await scenario.establish(), blocks=blocks)
        query = """query ($stream: ID!) { auditTrail(first: 100, stream: $stream) { nodes {
            data person { displayName } subject { id } provenance { ground } } } }"""

        async with counted_statements(server.backend) as statements:
            data = await scenario.commenter.ask(query, stream=draft)

        texts = data["auditTrail"]["nodes"][0]["data"]["blocks"]
        assert len(texts) == blocks
        assert all(block["text"]["text"].startswith("Paragraph") for block in texts)
        assert len(statements) < 15
