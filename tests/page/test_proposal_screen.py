"""The screen of a proposal: what happened around it."""

import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_proposal_shows_what_was_stated_nominated_signalled_and_suggested(
    forum: Server,
) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        ai, data = await scenario.propose("AI"), await scenario.propose("Big data")
        await scenario.chair.do("openDeliberation", proposal=ai, channel="LIST")
        await scenario.secretariat.do(
            "recordStatement",
            proposal=ai,
            revision=1,
            stance="OPPOSITION",
            authorName="Ann <Other>",
            text="It makes policy.",
            source="https://mail.example/2018/1",
            raisesScopeConcern=True,
        )
        await scenario.raise_question("Does it suit the format?", about=ai)
        person = {"name": "Cem", "magMember": True}
        await scenario.member.do("nominateCoFacilitator", proposal=ai, person=person)
        await scenario.member.do(
            "signalInterest", proposal=ai, name="A registry", region="AFRICAN", source="A mail."
        )
        await scenario.suggest_consolidation(ai, data)
        parts = [{"title": "Models"}, {"title": "Robots"}]
        await scenario.member.do("splitProposal", proposal=ai, parts=parts)
        await forum.caught_up()

        html = await screen(reader, f"/proposals/{ai}")

    words = text(html)
    assert "Split into: Models" in words
    assert "Suggested to be merged with: Big data" in words
    assert "not all of their proposers have consented" in words
    assert "Cem, MAG member" in words
    assert "A registry, African Group, A mail." in words
    assert "Does it suit the format? Open" in words
    assert "deliberated on the list from" in words
    stated = words.partition("It makes policy.")[2]
    assert "Ann &lt;Other&gt; against it sees new policies, not practices revision 1" in stated
