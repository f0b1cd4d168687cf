"""A name told late takes its place in time."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = """query ($id: ID!, $asOf: AsOfInput) { group(id: $id, asOf: $asOf) {
    name names(first: 10) { nodes { name since { at } } } } }"""


async def test_name_that_is_told_late_is_not_the_name_now(scenario: ForumScenario) -> None:
    group = await scenario.establish("First name")
    before = await scenario.secretariat.do("renameGroup", group=group, name="Name now")
    await scenario.secretariat.do(
        "renameGroup", group=group, name="Name of 2026", occurred="2026-11-01"
    )

    shown = (await scenario.commenter.ask(NAMES, id=group))["group"]
    known = await scenario.commenter.ask(NAMES, id=group, asOf={"position": before["position"]})

    assert shown["name"] == known["group"]["name"] == "Name now"
    since = {name["name"]: name["since"]["at"] for name in shown["names"]["nodes"]}
    assert since.keys() == {"First name", "Name now", "Name of 2026"}
    assert since["Name of 2026"] == "2026-11-01"
