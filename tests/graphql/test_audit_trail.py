"""The audit trail: each event with its time, its actor and its provenance."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command_envelope import CommandEnvelope
from intersessional.domain.cycle.commands import OpenCycle
from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.caller import OPERATOR
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.source.commands import ListSource
from tests.graphql.scenario import ForumScenario, new_id, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = """
    query Trail($stream: ID, $first: Int! = 100, $after: String) {
      auditTrail(stream: $stream, first: $first, after: $after) {
        totalCount pageInfo { hasNextPage endCursor }
        edges { cursor node {
          position recordedAt occurred { at precision } stream version topic name summary role
          person { id displayName } command subject { id __typename } data
          provenance { ground sources { key source { title location } } } } } } }
"""


async def trail(scenario: ForumScenario, **variables: Any) -> Any:
    """A page of the audit trail."""
    return (await scenario.commenter.ask(TRAIL, **variables))["auditTrail"]


async def test_events_of_a_stream_are_listed_in_order(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    await scenario.secretariat.do(
        "renameGroup", group=group, name="A new name", decision=await scenario.mandate()
    )

    page = await trail(scenario, stream=group)

    established, renamed = (edge["node"] for edge in page["edges"])
    assert page["totalCount"] == 2
    assert (established["version"], renamed["version"]) == (1, 2)
    assert established["position"] < renamed["position"]
    assert renamed["topic"] == "group.renamed.v1"
    assert renamed["name"] == "Group.Renamed"
    assert renamed["summary"].endswith(".")
    assert renamed["stream"] == group
    assert renamed["subject"] == {"id": group, "__typename": "Group"}
    assert renamed["role"] == "SECRETARIAT"
    assert renamed["person"] == {
        "id": str(scenario.secretariat.person),
        "displayName": "Secretariat",
    }
    assert renamed["occurred"]["precision"] == "INSTANT"
    assert renamed["provenance"] == {"ground": "LIVE", "sources": []}
    assert renamed["data"]["name"]["text"] == "A new name"
    assert len(renamed["data"]["name"]["sealed"]) == 64


async def test_the_events_of_one_act_share_its_command(scenario: ForumScenario) -> None:
    command = new_id()
    assessment = await scenario.assess()
    proposal = await scenario.propose()
    done = await scenario.secretariat.do(
        "recordDecision",
        "... on DecisionRecorded { decision { id"
        " firstEvent { command } outcomes { subject { id } } } }",
        commandId=command,
        year=scenario.year,
        statement="Agreed.",
        rationale="It matters.",
        meeting=await scenario.meet_once(),
        announcedBy=str(scenario.chair.person),
        assessment=assessment,
        outcomes=[{"approve": {"proposal": proposal, "groupName": "BPF"}}],
    )
    approved = await trail(scenario, stream=proposal)

    assert done["decision"]["firstEvent"]["command"] == command
    assert approved["edges"][-1]["node"]["command"] == command


async def test_an_imported_fact_cites_its_sources(server: Server, scenario: ForumScenario) -> None:
    year, key = new_year(), f"minutes-{new_year()}"
    await server.backend.command_bus.submit_all(
        [
            CommandEnvelope(
                ListSource(command_id=uuid4(), key=key, title="Minutes", location="Geneva"),
                OPERATOR,
            ),
            CommandEnvelope(
                OpenCycle(
                    command_id=uuid4(),
                    year=year,
                    occurred=Occurred.parse("2018-01"),
                    provenance=Provenance(Ground.IMPORTED, (Citation(key),)),
                ),
                OPERATOR,
            ),
        ]
    )
    await server.caught_up()

    page = await trail(scenario, stream=str(cycle_id(year)))

    entry = page["edges"][0]["node"]
    assert entry["occurred"] == {"at": "2018-01", "precision": "MONTH"}
    assert entry["role"] == "OPERATOR"
    assert entry["person"] is None
    assert entry["provenance"] == {
        "ground": "IMPORTED",
        "sources": [{"key": key, "source": {"title": "Minutes", "location": "Geneva"}}],
    }


async def test_illustration_is_marked_wherever_it_is_shown(
    server: Server, scenario: ForumScenario
) -> None:
    year = new_year()
    await server.backend.command_bus.submit(
        OpenCycle(command_id=uuid4(), year=year, provenance=Provenance(Ground.ILLUSTRATION)),
        OPERATOR,
    )
    await server.caught_up()
    query = """query ($year: Int!) { cycle(year: $year) {
        isIllustration firstEvent { provenance { ground } } } }"""

    assert (await scenario.commenter.ask(query, year=year))["cycle"] == {
        "isIllustration": True,
        "firstEvent": {"provenance": {"ground": "ILLUSTRATION"}},
    }
    assert (await scenario.commenter.ask(query, year=scenario.year))["cycle"] == {
        "isIllustration": False,
        "firstEvent": {"provenance": {"ground": "LIVE"}},
    }


async def test_pages_of_the_audit_trail_have_every_position_once(
    server: Server, scenario: ForumScenario
) -> None:
    await scenario.meet()
    head = await server.caught_up()
    positions: list[int] = []
    after: str | None = None

    while not positions or positions[-1] < head:
        page = await trail(scenario, first=7, after=after)
        positions += [edge["node"]["position"] for edge in page["edges"]]
        assert [edge["cursor"] for edge in page["edges"]] == [
            str(edge["node"]["position"]) for edge in page["edges"]
        ]
        assert page["totalCount"] >= head
        after = page["pageInfo"]["endCursor"]

    assert positions == list(range(1, len(positions) + 1))


async def test_a_stream_can_be_paged_too(scenario: ForumScenario) -> None:
    group, mandate = await scenario.establish(), await scenario.mandate()
    for number in range(4):
        await scenario.secretariat.do(
            "renameGroup", group=group, name=f"Name {number}", decision=mandate
        )

    first = await trail(scenario, stream=group, first=3)
    rest = await trail(scenario, stream=group, after=first["pageInfo"]["endCursor"])

    assert first["pageInfo"]["hasNextPage"] is True
    assert rest["pageInfo"]["hasNextPage"] is False
    assert [edge["node"]["version"] for page in (first, rest) for edge in page["edges"]] == [
        1,
        2,
        3,
        4,
        5,
    ]


async def test_comment_event_does_not_reveal_its_author(
    server: Server, scenario: ForumScenario
) -> None:
    draft = await scenario.publish(await scenario.establish())
    comment = (await scenario.comment(draft, "Said in confidence of erasure."))["comment"]["id"]
    record = server.backend.record
    (event,) = await record.read(after=0, first=10, until=2**40, streams=[UUID(comment)])

    assert str(scenario.commenter.person).encode() not in event.state
    assert b"confidence" not in event.state
    page = await trail(scenario, stream=comment)
    assert page["edges"][0]["node"]["person"]["id"] == str(scenario.commenter.person)


async def test_event_is_found_by_its_position(scenario: ForumScenario, server: Server) -> None:
    query = "query ($p: Position!, $asOf: AsOfInput) { event(position: $p, asOf: $asOf) { name } }"
    group = await scenario.establish()
    head = await server.caught_up()
    position = (await trail(scenario, stream=group))["edges"][0]["node"]["position"]

    assert await scenario.commenter.ask(query, p=position) == {
        "event": {"name": "Group.Established"}
    }
    for absent in (0, head + 1):
        assert await scenario.commenter.ask(query, p=absent) == {"event": None}
    past = await scenario.commenter.ask(query, p=position, asOf={"position": position - 1})
    assert past == {"event": None}


async def test_event_mentions_the_nodes_that_its_data_names(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    draft = await scenario.publish(group)
    comment = (await scenario.comment(draft))["comment"]["id"]
    await scenario.comment(draft, inReplyTo=comment)
    query = """query ($stream: ID) { auditTrail(stream: $stream) {
        nodes { mentions { id __typename } } } }"""

    mentioned = (await scenario.commenter.ask(query, stream=draft))["auditTrail"]["nodes"]
    replied = (await scenario.commenter.ask(query, stream=comment))["auditTrail"]["nodes"]

    assert {"id": group, "__typename": "Group"} in mentioned[0]["mentions"]
    assert {"id": draft, "__typename": "Draft"} in replied[0]["mentions"]
    assert all(one["id"] != comment for one in replied[0]["mentions"])
