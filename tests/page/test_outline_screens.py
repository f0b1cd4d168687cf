"""Outlines of groups and the elements of their outputs, as screens."""

import httpx
import pytest

from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server
from tests.page.browser import browser
from tests.page.reading import screen, text

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_outlines_of_a_cycle_lead_to_what_all_drafts_say_on_an_element(forum: Server) -> None:
    async with forum_scenario(forum) as scenario, browser(forum) as reader:
        group, draft, comment = await outlined(scenario)
        cycle = f"/cycles/{scenario.year}"
        await forum.caught_up()

        leading = await screen(reader, cycle)
        matrix = await screen(reader, f"{cycle}/outlines")
        element = await screen(reader, f"{cycle}/elements/DEFINITION_OF_ISSUES")
        of_group = await screen(reader, f"/groups/{group}")
        deviations = await screen(reader, f"{cycle}/deviations")
        commented = await screen(reader, f"/comments/{comment}")
        missing = await reader.get(f"{cycle}/elements/NONE_SUCH")

    assert f'href="{cycle}/outlines"' in leading
    assert "in the outline, 2 paragraphs" in text(matrix)
    assert "Without outline and draft An idle group" in text(matrix)
    assert f'href="{cycle}/elements/INSIGHTS"' in matrix
    assert "Outline: What it is" in text(element)
    assert "It is old." in text(element)
    assert f'href="/drafts/{draft}/b3"' in element
    assert "Definition of the issues 2 paragraphs" in text(of_group)
    assert "Cases 1 paragraph" in text(of_group)
    assert f'href="/drafts/{draft}#b-b5">1 paragraph' in of_group
    assert "Not in the outline: Differences between regions," in text(of_group)
    assert "missing: Differences between regions," in text(deviations)
    assert "these are left: 0%." in text(commented)
    assert missing.status_code in (400, 404)


async def test_element_of_the_illustration_is_read_as_it_stands_in_its_draft(
    reader: httpx.AsyncClient,
) -> None:
    home = await screen(reader, "/")
    address = next(part for part in home.split('"') if part.startswith("/groups/"))
    cycle = next(
        part
        for part in (await screen(reader, address)).split('"')
        if part.startswith("/cycles/") and part.endswith("/outlines")
    )

    matrix = await screen(reader, cycle)

    assert "Practices that have worked" in text(matrix)
    assert "paragraphs" in text(matrix)


async def outlined(scenario: ForumScenario) -> tuple[str, str, str]:
    """A group with an outline and a draft with a comment, beside an idle one; answers their ids."""
    group = await scenario.establish()
    await scenario.establish("An idle group")
    await scenario.secretariat.do(
        "defineOutline",
        group=group,
        year=scenario.year,
        sections=[
            {"title": "What it is", "element": "DEFINITION_OF_ISSUES"},
            {"title": "Cases"},
        ],
    )
    draft = await scenario.publish(group)
    comment = await scenario.comment(draft, blocks=["b1"])
    blocks = [
        {"id": "b1", "text": "Nobody knows"},
        {"text": "The issues", "kind": "HEADING", "element": "DEFINITION_OF_ISSUES"},
        {"text": "It is old."},
        {"text": "One case.", "section": "s2"},
    ]
    await scenario.secretariat.do("reviseDraft", draft=draft, blocks=blocks)
    return group, draft, str(comment["comment"]["id"])
