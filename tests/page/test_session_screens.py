"""Sessions at the annual meeting and outreach, as a screen, and what a group shows of its work."""

import httpx
import pytest

from tests.graphql.scenario import forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_two_groups_of_2018_have_a_session_on_record_and_the_others_are_listed(
    reader: httpx.AsyncClient,
) -> None:
    cycle = await screen(reader, "/cycles/2018")
    assert 'href="/cycles/2018/sessions"' in cycle

    html = await screen(reader, "/cycles/2018/sessions")
    words = text(html)

    sessions, _, without = words.partition("No session yet")
    assert "BPF Local Content" in sessions
    assert "Salle XII" in sessions
    assert "BPF on Gender and Access" in without
    assert "BPF on Cybersecurity" not in without


async def test_group_shows_its_members_its_modalities_its_sessions_and_its_outreach(
    forum: Server,
) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        group = await scenario.establish()
        modality, membership = await scenario.propose_modality(group), await scenario.join(group)
        await scenario.commenter.do("supportModality", modality=modality, membership=membership)
        session = await scenario.request_session(group)
        await scenario.secretariat.do("recordSessionHeld", session=session, began="2018-11-13")
        await scenario.member.do(
            "logOutreach",
            group=group,
            year=scenario.year,
            audience="Operators",
            forum="A regional meeting",
            tookPlace="2018-11-20",
        )
        await forum.caught_up()

        words = text(await screen(reader, f"/groups/{group}/work"))
        cycle = text(await screen(reader, f"/cycles/{scenario.year}/sessions"))
        year = await screen(reader, f"/cycles/{scenario.year}")
        await scenario.secretariat.do(
            "declareCarryForward", group=group, year=scenario.year, wish="NO"
        )
        await forum.caught_up()
        declared = await screen(reader, f"/cycles/{scenario.year}")

    assert "Presented, and not said yet whether they go on A working group" in text(year)
    assert "not said yet whether they go on" not in text(declared)
    assert "Members by region" in words
    assert "Calls every two weeks. Proposed" in words
    assert "supported by 1" in words
    assert "Norms Held 13 November 2018 Whoever recorded it gave no text." in words
    for shown in (words, cycle):
        assert "A regional meeting 20 November 2018 Operators" in shown
    assert "Norms Held A working group 13 November 2018" in cycle
