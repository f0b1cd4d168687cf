"""A text that is absent says why."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

ABSENT = """
    query Absent($year: Int!) { cycle(year: $year) {
        decisions(first: 1) { nodes { rationale rationaleStatus } } } }
"""


async def test_rationale_of_a_live_decision_that_has_none_was_not_given(
    scenario: ForumScenario,
) -> None:
    await scenario.secretariat.do(
        "recordDecision",
        year=scenario.year,
        statement="There are at most three.",
        meeting=await scenario.meet_once(),
        announcedBy=str(scenario.chair.person),
    )

    data = await scenario.commenter.ask(ABSENT, year=scenario.year)

    absent = {"rationale": None, "rationaleStatus": "NOT_GIVEN"}
    assert data["cycle"] == {"decisions": {"nodes": [absent]}}
