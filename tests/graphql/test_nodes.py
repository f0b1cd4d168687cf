"""Nodes are found by their ids."""

from uuid import uuid4

import pytest

from intersessional.plugins.composition import installed_plugins
from tests.databases import fresh_database
from tests.graphql.scenario import ForumScenario, forum_scenario
from tests.graphql.server import Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")


NODES = """
    query ($id: ID!) { node(id: $id) { __typename id version position
        firstEvent { name recordedAt role provenance { ground } } } }
"""


async def test_every_node_is_found_by_its_id(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    draft = await scenario.publish(group)
    comment = (await scenario.comment(draft))["comment"]["id"]
    proposal, meeting = await scenario.propose(), await scenario.meet_once()
    decided = await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    key = f"source-{scenario.year}"
    await scenario.secretariat.do("listSource", key=key, title="The minutes")
    await scenario.secretariat.do(
        "recordThemeYear", theme=f"theme-{scenario.year}", year=2016, title="Spam"
    )
    data = await scenario.commenter.ask(
        """query ($year: Int!, $theme: String!, $source: String!) {
             cycle(year: $year) { id bpfCap { id } } theme(key: $theme) { id }
             source(key: $source) { id title } }""",
        year=scenario.year,
        theme=f"theme-{scenario.year}",
        source=key,
    )
    assert data["source"]["title"] == "The minutes"
    ids = {
        "Group": group,
        "Draft": draft,
        "Comment": comment,
        "Proposal": proposal,
        "Meeting": meeting,
        "Decision": decided["decision"]["id"],
        "Participant": str(scenario.chair.person),
        "Cycle": data["cycle"]["id"],
        "Policy": data["cycle"]["bpfCap"]["id"],
        "Theme": data["theme"]["id"],
        "Source": data["source"]["id"],
    }

    for kind, id in ids.items():
        node = (await scenario.commenter.ask(NODES, id=id))["node"]

        assert (node["__typename"], node["id"]) == (kind, id)
        assert node["version"] >= 1
        assert node["firstEvent"]["provenance"] == {"ground": "LIVE"}
        assert node["firstEvent"]["name"].split(".")[0] == kind


async def test_unknown_id_is_null_and_invalid_id_is_refused(server: Server) -> None:
    async with await server.client() as anonymous:
        assert await anonymous.ask(NODES, id=str(uuid4())) == {"node": None}
        for id in ("", "42", "x" * 10_000, "\x00", "__proto__", "{}", "🦄", "../etc"):
            assert await anonymous.codes(NODES, id=id) == ["BAD_ID"]


async def test_kind_of_group_that_is_there_from_the_beginning_has_no_event(server: Server) -> None:
    async with await server.client() as client:
        data = await client.ask(
            """{ groupKinds { key position firstEvent { name } latestEvent { name }
                 history { totalCount nodes { name } } } }"""
        )

    beginning: dict[str, object] = {
        "position": 0,
        "firstEvent": None,
        "latestEvent": None,
        "history": {"totalCount": 0, "nodes": []},
    }
    assert {"key": "BPF", **beginning} in data["groupKinds"]


async def test_events_of_the_annual_meeting_are_in_its_history_and_in_that_of_the_cycle(
    scenario: ForumScenario,
) -> None:
    done = await scenario.secretariat.do(
        "setTentativeDates",
        "... on TentativeDatesSet { annualMeeting { id version } }",
        year=scenario.year,
        within="2018-12",
        place="Asia",
    )
    data = await scenario.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) {
             annualMeeting { id version cycle { year } }
             history { nodes { name subject { id __typename } } } } }""",
        year=scenario.year,
    )
    cycle, meeting = data["cycle"], done["annualMeeting"]
    (tentative,) = (e for e in cycle["history"]["nodes"] if e["name"] == "AnnualMeeting.Tentative")

    assert meeting["version"] == 2
    assert cycle["annualMeeting"] == {**meeting, "cycle": {"year": scenario.year}}
    assert tentative["subject"] == {"id": meeting["id"], "__typename": "AnnualMeeting"}


async def test_a_plugins_nodes_are_found_by_their_ids(postgres: str, template: str) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, composition=installed_plugins()) as server,
        await server.client() as anonymous,
        forum_scenario(server) as scenario,
    ):
        group = await scenario.establish("A coalition", "DYNAMIC_COALITION")
        await scenario.secretariat.do(
            "confirmAnnualMeeting",
            year=scenario.year,
            startsOn=f"{scenario.year}-11-12",
            endsOn=f"{scenario.year}-11-14",
            place="Paris",
            timeZone="Europe/Paris",
        )
        await server.caught_up()
        data = await anonymous.ask(
            "query ($id: ID!) { group(id: $id) { commentWindow { id opensAt } } }", id=group
        )
        window = data["group"]["commentWindow"]

        found = await anonymous.ask(NODES, id=window["id"])

        assert found["node"]["__typename"] == "CommentWindow"
        assert found["node"]["id"] == window["id"]
