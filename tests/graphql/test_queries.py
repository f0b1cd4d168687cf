"""What is asked over HTTP is answered from one position, and leads on to what it speaks of."""

from uuid import uuid4

import pytest

from intersessional.infra.composition import installed
from tests.databases import fresh_database
from tests.graphql.client import Client
from tests.graphql.server import Server, serving
from tests.graphql.story import Story, a_story

pytestmark = pytest.mark.asyncio(loop_scope="session")

YEAR = """
    query Year($year: Int!) { headPosition cycle(year: $year) {
        year bpfCapUsed
        bpfCap { value rationale rationaleStatus decision { meeting { label } }
                 supersedes { value } }
        proposals(first: 20) { totalCount nodes { title state groupKind isNew } }
        groups(kind: BPF, first: 10) { nodes { name state } } } }
"""


async def test_a_year_is_one_query(story: Story) -> None:
    await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    await story.propose()

    data = await story.commenter.ask(YEAR, year=story.year)

    assert data["headPosition"] > 0
    assert data["cycle"] == {
        "year": story.year,
        "bpfCapUsed": 0,
        "bpfCap": {
            "value": 3,
            "rationale": "It matters, and it can be carried.",
            "rationaleStatus": "GIVEN",
            "decision": {"meeting": {"label": "Virtual meeting 1"}},
            "supersedes": None,
        },
        "proposals": {
            "totalCount": 1,
            "nodes": [
                {
                    "title": "Cybersecurity",
                    "state": "SUBMITTED",
                    "groupKind": "BPF",
                    "isNew": True,
                }
            ],
        },
        "groups": {"nodes": []},
    }


async def test_a_year_that_has_no_cycle_is_null(server: Server) -> None:
    async with await server.client() as nobody:
        data = await nobody.ask("{ cycle(year: 1999) { year } }")

    assert data == {"cycle": None}


async def test_a_rule_tells_which_ones_it_superseded(story: Story) -> None:
    for value in (3, 4, 5):
        await story.decide({"setPolicy": {"key": "BPF_CAP", "value": value}})

    data = await story.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) { bpfCap {
             id value supersedes { __typename value
               supersedes { value supersedes { value } } } } } }""",
        year=story.year,
    )

    cap = data["cycle"]["bpfCap"]
    assert cap["value"] == 5
    # A superseded rule has no id: a client that keeps nodes by id would mix them up.
    assert cap["supersedes"] == {
        "__typename": "SupersededRule",
        "value": 4,
        "supersedes": {"value": 3, "supersedes": None},
    }


async def test_from_a_comment_one_comes_to_its_cycle_and_back(story: Story) -> None:
    draft = await story.publish(await story.establish())
    first = await story.comment(draft, "Who says so?", blocks=["b1"])
    await story.comment(draft, "I do.", inReplyTo=first["comment"]["id"])

    data = await story.commenter.ask(
        """query ($id: ID!) { comment(id: $id) {
             body blocks revision channel withdrawn isIllustration
             author { displayName }
             draft { title revision blocks { number blockId text } group { name kind
               decision { cycle { year }
                 outcomes { kind subject { __typename ... on Group { name } } } }
               cycle { year meetings(first: 1) { nodes { cycle { year } } } } } }
             replies { totalCount nodes { body inReplyTo { body } } } } }""",
        id=first["comment"]["id"],
    )

    comment = data["comment"]
    assert comment["body"] == "Who says so?"
    assert comment["blocks"] == ["b1"]
    assert comment["isIllustration"] is False
    assert comment["author"] == {"displayName": "Commenter"}
    assert comment["draft"]["blocks"][0] == {"number": 1, "blockId": "b1", "text": "Paragraph 1."}
    group = comment["draft"]["group"]
    assert group["decision"]["outcomes"] == [
        {
            "kind": "GROUP_ESTABLISHED",
            "subject": {"__typename": "Group", "name": "A working group"},
        }
    ]
    assert group["decision"]["cycle"] == {"year": story.year}
    assert group["cycle"]["meetings"]["nodes"] == [{"cycle": {"year": story.year}}]
    assert comment["replies"] == {
        "totalCount": 1,
        "nodes": [{"body": "I do.", "inReplyTo": {"body": "Who says so?"}}],
    }


async def test_a_decision_shows_what_it_rests_on(story: Story) -> None:
    assessment = await story.assess(capacity=4)
    proposal = await story.propose()

    done = await story.decide(
        {"approve": {"proposal": proposal, "groupName": "BPF Cybersecurity"}},
        assessment=assessment,
    )

    data = await story.commenter.ask(
        """query ($id: ID!) { decision(id: $id) {
             kinds method statement announcedBy { displayName roles { role until { at } } }
             assessment { id capacity note }
             outcomes { kind subject { ... on Proposal {
               title state group { name } cycle { year } } } } } }""",
        id=done["decision"]["id"],
    )
    assert data["decision"] == {
        "kinds": ["SELECTION"],
        "method": "ROUGH_CONSENSUS",
        "statement": "Agreed.",
        "announcedBy": {
            "displayName": "Mag Chair",
            "roles": [{"role": "MAG_CHAIR", "until": None}],
        },
        "assessment": {"id": assessment, "capacity": 4, "note": None},
        "outcomes": [
            {
                "kind": "PROPOSAL_APPROVED",
                "subject": {
                    "title": "Cybersecurity",
                    "state": "APPROVED",
                    "group": {"name": "BPF Cybersecurity"},
                    "cycle": {"year": story.year},
                },
            }
        ],
    }


async def test_a_group_tells_who_facilitates_it(story: Story) -> None:
    group = await story.establish()
    await story.secretariat.do(
        "appointFacilitator", group=group, participant=str(story.member.person)
    )

    data = await story.commenter.ask(
        """query ($id: ID!) { group(id: $id) {
             facilitators { magMember participant { id displayName } } } }""",
        id=group,
    )

    assert data["group"]["facilitators"] == [
        {
            "magMember": True,
            "participant": {"id": str(story.member.person), "displayName": "Mag Member"},
        }
    ]


async def test_a_summary_leads_to_what_it_states(story: Story) -> None:
    meeting, group = await story.meet(), await story.establish()
    proposal = await story.propose()
    await story.secretariat.do(
        "publishSummary", meeting=meeting, summary="As agreed.", states=[proposal, group]
    )

    data = await story.commenter.ask(
        """query ($id: ID!) { node(id: $id) { ... on Meeting { summary states {
             __typename ... on Proposal { title } ... on Group { name } } } } }""",
        id=meeting,
    )

    assert data["node"]["states"] == [
        {"__typename": "Proposal", "title": "Cybersecurity"},
        {"__typename": "Group", "name": "A working group"},
    ]


NODES = """
    query ($id: ID!) { node(id: $id) { __typename id version position
        begun { name recordedAt role provenance { ground } } } }
"""


async def test_everything_that_has_an_id_is_found_by_it(story: Story) -> None:
    group = await story.establish()
    draft = await story.publish(group)
    comment = (await story.comment(draft))["comment"]["id"]
    proposal, meeting = await story.propose(), await story.meet_once()
    decided = await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    key = f"source-{story.year}"
    await story.secretariat.do("listSource", key=key, title="The minutes")
    await story.secretariat.do(
        "recordThemeYear", theme=f"theme-{story.year}", year=2016, title="Spam"
    )
    data = await story.commenter.ask(
        """query ($year: Int!, $theme: String!, $source: String!) {
             cycle(year: $year) { id bpfCap { id } } theme(key: $theme) { id }
             source(key: $source) { id title } }""",
        year=story.year,
        theme=f"theme-{story.year}",
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
        "Participant": str(story.chair.person),
        "Cycle": data["cycle"]["id"],
        "Policy": data["cycle"]["bpfCap"]["id"],
        "Theme": data["theme"]["id"],
        "Source": data["source"]["id"],
    }

    for kind, id in ids.items():
        node = (await story.commenter.ask(NODES, id=id))["node"]

        assert (node["__typename"], node["id"]) == (kind, id)
        assert node["version"] >= 1
        assert node["begun"]["provenance"] == {"ground": "LIVE"}
        assert node["begun"]["name"].split(".")[0] == kind


async def test_what_has_no_id_here_is_null_and_what_is_none_is_told_so(server: Server) -> None:
    async with await server.client() as nobody:
        assert await nobody.ask(NODES, id=str(uuid4())) == {"node": None}
        for id in ("", "42", "x" * 10_000, "\x00", "__proto__", "{}", "🦄", "../etc"):
            assert await nobody.codes(NODES, id=id) == ["BAD_ID"]


async def test_the_annual_meeting_is_no_node_though_it_has_events(story: Story) -> None:
    await story.secretariat.do("setTentativeDates", year=story.year, within="2018-12", place="Asia")
    data = await story.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) {
             annualMeeting { version }
             history { nodes { name stream subject { __typename } } } } }""",
        year=story.year,
    )
    cycle = data["cycle"]
    (tentative,) = (e for e in cycle["history"]["nodes"] if e["name"] == "AnnualMeeting.Tentative")

    assert cycle["annualMeeting"] == {"version": 2}
    assert tentative["subject"] is None
    assert await story.commenter.ask(NODES, id=tentative["stream"]) == {"node": None}


async def test_a_plugins_nodes_are_found_by_their_ids(postgres: str, template: str) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, composition=installed()) as server,
        await server.client() as nobody,
        a_story(server) as story,
    ):
        group = await story.establish()
        await story.secretariat.do(
            "confirmAnnualMeeting",
            year=story.year,
            startsOn=f"{story.year}-11-12",
            endsOn=f"{story.year}-11-14",
            place="Paris",
            timeZone="Europe/Paris",
        )
        await server.caught_up()
        data = await nobody.ask(
            "query ($id: ID!) { group(id: $id) { commentWindow { id opensAt } } }", id=group
        )
        window = data["group"]["commentWindow"]

        found = await nobody.ask(NODES, id=window["id"])

        assert found["node"]["__typename"] == "CommentWindow"
        assert found["node"]["id"] == window["id"]


async def test_who_asks_is_told_who_they_are(story: Story, server: Server) -> None:
    query = "{ viewer { id displayName } }"
    async with await server.client() as nobody:
        assert await nobody.ask(query) == {"viewer": None}

    assert await story.chair.ask(query) == {
        "viewer": {"id": str(story.chair.person), "displayName": "Mag Chair"}
    }


async def test_all_fields_of_an_answer_agree_on_one_position(story: Story) -> None:
    many = "{" + " ".join(f"a{number}: headPosition" for number in range(40)) + "}"

    data = await story.commenter.ask(many)

    assert len(set(data.values())) == 1


async def test_sources_and_themes_are_listed(story: Story) -> None:
    key = f"listed-{story.year}"
    await story.secretariat.do("listSource", key=key, title="A letter", location="In the archive")

    async def pages(client: Client) -> list[str]:
        keys: list[str] = []
        after: str | None = None
        while True:
            page = (
                await client.ask(
                    """query ($after: String) { sources(first: 2, after: $after) {
                         nodes { key } pageInfo { hasNextPage endCursor } } }""",
                    after=after,
                )
            )["sources"]
            keys += [node["key"] for node in page["nodes"]]
            after = page["pageInfo"]["endCursor"]
            if not page["pageInfo"]["hasNextPage"]:
                return keys

    keys = await pages(story.commenter)

    assert keys.count(key) == 1
    assert len(keys) == len(set(keys))
