"""A correction stands beside the event that it corrects, and leads to it."""

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_event_shows_its_correction_and_the_correction_its_event(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        done = await scenario.secretariat.do(
            "setProposalDeadline", "position", year=scenario.year, dueOn="2018-04-12"
        )
        event = (
            await scenario.secretariat.ask(
                "query ($position: Position!) { event(position: $position) { stream version } }",
                position=done["position"],
            )
        )["event"]
        await scenario.propose()
        corrected = await scenario.secretariat.do(
            "correctFact",
            "position",
            **event,
            changes=[{"field": "due_on", "value": "2018-04-13"}],
            reason="The list was <b>misread</b>.",
        )
        first = await screen(reader, f"/record/{done['position']}")
        correction = await screen(reader, f"/record/{corrected['position']}")
        here = f"/cycles/{scenario.year}/deviations"
        deviations = await screen(reader, here)
        in_french = await reader.get(here, headers={"Accept-Language": "fr"})

    assert "Corrected later" in text(first)
    assert "due_on 2018-04-12 2018-04-13 Reason The list was" in text(first)
    assert f'href="/record/{corrected["position"]}"' in first
    assert "What it corrects" in text(correction)
    assert "A fact that was recorded wrongly was corrected." in text(correction)
    assert f'href="/record/{done["position"]}"' in correction
    assert f'href="/record/{corrected["position"]}">A fact that this rests on was' in deviations
    assert "Une proposition est présentée par écrit avant la date limite." in in_french.text


async def test_decision_stands_and_says_that_a_fact_was_corrected(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        assessment = await scenario.assess(capacity=5)
        cycle = (
            await scenario.secretariat.ask(f"{{ cycle(year: {scenario.year}) {{ id version }} }}")
        )["cycle"]
        approve = {"approve": {"proposal": await scenario.propose(), "groupName": "One"}}
        decided = (await scenario.decide(approve, assessment=assessment))["decision"]["id"]
        await scenario.secretariat.do(
            "correctFact",
            "position",
            stream=cycle["id"],
            version=cycle["version"],
            changes=[{"field": "capacity", "value": "4"}],
            reason="The source was misread.",
        )
        await scenario.secretariat.do(
            "correctFact",
            "position",
            stream=decided,
            version=1,
            happened="2018-04-05",
            reason="The day was misread.",
        )
        decision = text(await screen(reader, f"/decisions/{decided}"))
        milestones = text(await screen(reader, "/record?milestones=true"))

    assert "happened 5 April 2018, as was corrected; recorded first as" in milestones
    assert "happened 5 April 2018, as was corrected; recorded first as" in decision
    assert "A fact that this rests on was corrected on" in decision
