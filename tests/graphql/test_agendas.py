"""Agendas in the API: what is open, where it was carried over to, and what came of it."""

from typing import Any

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

AGENDA = """query ($id: ID!, $asOf: AsOfInput) { meeting(id: $id, asOf: $asOf) { agenda {
    state set { precision } adopted { precision }
    items(first: 10) { nodes { title state isOpen addedLater note meeting { label }
      followsUp { title } timeline { nodes { title meeting { label } } } } }
    carriedOver: items(state: CARRIED_OVER) { nodes { title } }
    openItems { title } } } }"""
ITEM = "... on AgendaItemAdded { agendaItem { id title version } }"


async def agenda(scenario: ForumScenario, meeting: str, **as_of: Json) -> Json:
    answer = await scenario.member.ask(AGENDA, id=meeting, asOf=as_of or None)
    return answer["meeting"]["agenda"]


async def test_items_are_carried_over_until_they_are_done(scenario: ForumScenario) -> None:
    first, second = await scenario.meet(1), await scenario.meet(2)
    assert await agenda(scenario, first) is None

    done = await scenario.secretariat.do(
        "setAgenda",
        "... on AgendaSet { agenda { items { nodes { id } } } }",
        meeting=first,
        items=[{"title": "Venue"}, {"title": "Proposals"}],
    )
    venue, proposals = [one["id"] for one in done["agenda"]["items"]["nodes"]]
    await scenario.secretariat.do("addAgendaItem", ITEM, meeting=first, title="Any other business")
    await scenario.chair.do("adoptAgenda", meeting=first)
    settled = await scenario.secretariat.do(
        "finishAgendaItem",
        "... on AgendaItemFinished { agendaItem { state } position }",
        item=venue,
        note="It is in Paris.",
    )
    carried = await scenario.secretariat.do(
        "addAgendaItem", ITEM, meeting=second, title="Selection", followsUp=proposals
    )

    label = {"label": "Virtual meeting 1"}
    matter = [
        {"title": "Proposals", "meeting": label},
        {"title": "Selection", "meeting": {"label": "Virtual meeting 2"}},
    ]
    now = await agenda(scenario, first)
    assert (now["state"], now["adopted"]) == ("ADOPTED", {"precision": "INSTANT"})
    assert [
        (one["title"], one["state"], one["isOpen"], one["addedLater"], one["note"])
        for one in now["items"]["nodes"]
    ] == [
        ("Venue", "DONE", False, False, "It is in Paris."),
        ("Proposals", "CARRIED_OVER", True, False, None),
        ("Any other business", "OPEN", True, True, None),
    ]
    assert now["items"]["nodes"][1]["timeline"]["nodes"] == matter
    assert now["carriedOver"]["nodes"] == [{"title": "Proposals"}]
    assert now["openItems"] == [{"title": "Proposals"}, {"title": "Any other business"}]

    [there] = (await agenda(scenario, second))["items"]["nodes"]
    assert there["followsUp"] == {"title": "Proposals"}
    assert there["timeline"]["nodes"] == matter

    await scenario.secretariat.do("finishAgendaItem", item=carried["agendaItem"]["id"])

    assert (await agenda(scenario, first))["openItems"] == [{"title": "Any other business"}]
    before = await agenda(scenario, first, position=settled["position"])
    assert [one["state"] for one in before["items"]["nodes"]] == ["DONE", "OPEN", "OPEN"]
