"""The life of a decision on its screen, at home and on the screen of its cycle."""

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_decision_is_shown_from_its_proposal_to_its_annulment(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        first = (await scenario.decide_on_list())["decision"]["id"]
        cap = [{"setPolicy": {"key": "BPF_CAP", "value": 4}}]
        proposed = await scenario.chair.do(
            "proposeDecision",
            "... on DecisionProposed { decision { id } }",
            year=scenario.year,
            statement="Shall it be four?",
            onList=True,
            objectionsUntil="2100-01-01T00:00:00Z",
            basis=[first],
            outcomes=cap,
        )
        id = proposed["decision"]["id"]
        await scenario.member.do("objectToDecision", decision=id, reasons="Too many.")
        await scenario.secretariat.do("objectToDecision", decision=id, number=3)

        cycle = text(await screen(reader, f"/cycles/{scenario.year}"))
        open_one = text(await screen(reader, f"/decisions/{id}"))
        await scenario.secretariat.do("blockDecision", decision=id)
        blocked = text(await screen(reader, f"/decisions/{id}"))
        other = (await scenario.decide_on_list())["decision"]["id"]
        await scenario.secretariat.do("annulDecision", decision=first, by=other, reason="A slip.")
        annulled = text(await screen(reader, f"/decisions/{first}"))

    assert "Proposed to be decided Shall it be four?" in cycle
    assert "objections until 1 January 2100" in cycle
    assert "Members can object until 1 January 2100" in open_one
    assert "What it rests on Agreed." in open_one
    assert "Too many." in open_one
    assert "without names, in number: 3" in open_one
    assert "What was proposed Policy set: the cap on Best Practice Forums, 4" in open_one
    assert "Not taken" in blocked
    assert "Members can object" not in blocked
    assert "Another decision declared it void. What it brought about stays" in annulled
    assert "A slip." in annulled
