"""Versions of the code of conduct in the API, and what reading the one in force costs."""

from typing import Any

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import serving
from tests.graphql.statements import counted_statements

pytestmark = pytest.mark.asyncio(loop_scope="session")

IN_FORCE = """query Conduct($asOf: AsOfInput) { codeOfConduct(asOf: $asOf) {
    version text summary since { at } acceptances document { versions { version } } }
    viewer { conductAccepted } }"""


async def test_new_version_is_in_force_for_the_next_contribution_and_costs_no_statement(
    database: str,
) -> None:
    async with serving(database) as server, forum_scenario(server) as scenario:
        draft = await scenario.publish(await scenario.establish())
        await scenario.comment(draft)
        before = await cost_of_a_comment(server, scenario, draft)
        old = await scenario.commenter.ask(IN_FORCE)
        published = await scenario.secretariat.do(
            "publishCodeOfConduct",
            "... on CodeOfConductPublished { position }",
            version=2,
            text="Be kind.",
        )

        refused = await scenario.commenter.send(
            "postComment",
            {"draft": draft, "body": "Well."},
            refusals="... on CodeOfConductNotAccepted { version }",
        )
        new = await scenario.commenter.ask(IN_FORCE)
        await scenario.commenter.do("acceptCodeOfConduct", version=2)
        after = await cost_of_a_comment(server, scenario, draft)
        accepted = await scenario.commenter.ask(IN_FORCE)
        then = await scenario.commenter.ask(IN_FORCE, asOf={"position": published["position"] - 1})

    assert (old["codeOfConduct"]["version"], old["codeOfConduct"]["document"]) == (1, None)
    assert old["codeOfConduct"]["summary"]
    assert (refused["code"], refused["version"]) == ("CODE_OF_CONDUCT_NOT_ACCEPTED", 2)
    code = new["codeOfConduct"]
    assert (code["version"], code["text"], code["summary"]) == (2, "Be kind.", None)
    assert (code["acceptances"], code["document"]) == (0, {"versions": [{"version": 2}]})
    accepts = [one["viewer"]["conductAccepted"] for one in (old, new, accepted)]
    assert accepts == [True, False, True]
    assert accepted["codeOfConduct"]["acceptances"] == 1
    assert then["codeOfConduct"]["version"] == 1
    assert after == before


async def cost_of_a_comment(server: Any, scenario: Any, draft: str) -> int:
    """How many statements a comment costs that reads what a node has read before."""
    async with counted_statements(server.backend) as statements:
        await scenario.comment(draft)
    return len([one for one in statements if "events" in one and "SELECT" in one.upper()])
