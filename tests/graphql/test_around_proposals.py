"""What happens around a proposal: statements, nominations, interest, consolidation, splits."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from typing import Any

import pytest
import pytest_asyncio

from tests.graphql.scenario import WRITTEN, ForumScenario, forum_scenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

STATEMENTS = """query ($id: ID!, $revision: Int) { proposal(id: $id) {
  statements(revision: $revision) { totalCount nodes { revision stance text authorName source
    author { id } raisesScopeConcern proposal { title } } }
  stanceCounts { stance count } scopeConcerns { totalCount } openQuestions { totalCount }
  deliberations { nodes { channel revision } } deviations { nodes { ruleKey } } } }"""
ROSTER = """query ($id: ID!, $asOf: AsOfInput) { proposal(id: $id, asOf: $asOf) {
  coFacilitators { name magMember participant { id } }
  nominations { id confirmed { at } replaced { at } replacedBy person { name } } } }"""
INTEREST = """query ($id: ID!) { proposal(id: $id) {
  interests { totalCount nodes { name region source } }
  groups: interestCounts(by: STAKEHOLDER_GROUP) { value count }
  regions: interestCounts(by: REGION) { value count } } }"""
GENEALOGY = """query ($id: ID!) { proposal(id: $id) {
  state mergedFrom { id } mergedInto { id } splitFrom { id } splitInto { id title }
  statements { totalCount nodes { proposal { id } } }
  consolidations(first: 2) { nodes { agreed suggestedBy { id } into { id }
    consents { proposal { id } proposer { id } } } } } }"""


@dataclass
class Selection:
    """A cycle in which two proposals were written, and talked about."""

    scenario: ForumScenario
    ai: str
    data: str


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def selection(server: Server) -> AsyncGenerator[Selection]:
    """Two proposals, the first one revised once and stated on."""
    async with forum_scenario(server) as scenario:
        ai, data = await scenario.propose("AI"), await scenario.propose("Data")
        await scenario.chair.do("openDeliberation", proposal=ai, channel="LIST")
        await scenario.member.do("reviseProposal", proposal=ai, written=WRITTEN)
        for revision, stance in ((1, "OPPOSITION"), (2, "SUPPORT")):
            await scenario.member.do(
                "recordStatement", proposal=ai, revision=revision, stance=stance, text="I say so."
            )
        await scenario.secretariat.do(
            "recordStatement",
            proposal=ai,
            revision=2,
            authorName="Ann Other",
            text="It makes policy.",
            source="https://mail.example/2018/1",
            raisesScopeConcern=True,
        )
        await scenario.raise_question("Does it suit the format?", about=ai)
        yield Selection(scenario, ai, data)


async def test_statements_are_a_thread_for_each_revision(selection: Selection) -> None:
    member = selection.scenario.member

    thread = (await member.ask(STATEMENTS, id=selection.ai, revision=2))["proposal"]
    first = (await member.ask(STATEMENTS, id=selection.ai, revision=1))["proposal"]

    own, named = thread["statements"]["nodes"]
    assert own["author"] == {"id": str(member.person)}
    assert (own["stance"], own["raisesScopeConcern"]) == ("SUPPORT", False)
    assert (named["authorName"], named["author"]) == ("Ann Other", None)
    assert named["source"] == "https://mail.example/2018/1"
    assert [one["stance"] for one in first["statements"]["nodes"]] == ["OPPOSITION"]
    assert thread["stanceCounts"] == [
        {"stance": "SUPPORT", "count": 1},
        {"stance": "OPPOSITION", "count": 1},
    ]
    assert thread["scopeConcerns"]["totalCount"] == thread["openQuestions"]["totalCount"] == 1
    assert thread["deliberations"]["nodes"] == [{"channel": "LIST", "revision": 1}]
    assert "PRACTICES_COLLECTED" in [one["ruleKey"] for one in thread["deviations"]["nodes"]]
    refused = await member.send(
        "recordStatement",
        {"proposal": selection.ai, "revision": 3, "text": "Too early."},
        refusals="... on RevisionNotThere { first last }",
    )
    assert (refused["code"], refused["first"], refused["last"]) == ("REVISION_NOT_THERE", 1, 2)


async def test_statement_that_was_withdrawn_stays_in_the_thread_and_is_not_counted(
    selection: Selection,
) -> None:
    scenario = selection.scenario
    member, proposal = scenario.member, await scenario.propose("Withdrawn")
    query = """query ($id: ID!) { proposal(id: $id) { stanceCounts { count }
      statements { nodes { text withdrawn { precision } withdrawalReason } } } }"""
    done = await member.do(
        "recordStatement",
        "... on StatementRecorded { statement { id } }",
        proposal=proposal,
        revision=1,
        stance="SUPPORT",
        text="I say so.",
    )
    before = (await member.ask(query, id=proposal))["proposal"]

    withdrawal = {"statement": done["statement"]["id"], "reason": "It was answered."}
    refused = await scenario.chair.send("withdrawStatement", withdrawal)
    await member.do("withdrawStatement", **withdrawal)
    after = (await member.ask(query, id=proposal))["proposal"]

    assert refused["code"] == "STATEMENT_OF_ANOTHER"
    assert before == {
        "stanceCounts": [{"count": 1}],
        "statements": {
            "nodes": [{"text": "I say so.", "withdrawn": None, "withdrawalReason": None}]
        },
    }
    assert after["stanceCounts"] == []
    assert after["statements"]["nodes"] == [
        {
            "text": "I say so.",
            "withdrawn": {"precision": "INSTANT"},
            "withdrawalReason": "It was answered.",
        }
    ]


async def test_phase_of_an_initiative_is_computed_beside_the_one_that_is_claimed(
    server: Server, selection: Selection
) -> None:
    earlier = selection.scenario
    approve = {"proposal": await earlier.propose("Connecting", "CENB"), "groupName": "Connecting"}
    await earlier.decide({"approve": approve}, assessment=await earlier.assess())
    async with forum_scenario(server) as later:
        done = await later.member.do(
            "submitProposal",
            "... on ProposalSubmitted { proposal {"
            " phaseOfInitiative { reported computed differ } } }",
            year=later.year,
            title="Connecting",
            groupKind="CENB",
            phase=90,
            written=WRITTEN,
        )
        other = await later.propose("AI")
        none = await later.member.ask(
            "query ($id: ID!) { proposal(id: $id) { phaseOfInitiative { reported } } }", id=other
        )

    phase = done["proposal"]["phaseOfInitiative"]
    assert (phase["reported"], phase["differ"]) == (90, True)
    assert phase["computed"] >= 2
    assert none["proposal"]["phaseOfInitiative"] is None


async def test_roster_is_that_of_its_instant(selection: Selection) -> None:
    scenario, ai = selection.scenario, selection.ai
    person = str(scenario.commenter.person)
    nominate = {"proposal": ai, "person": {"participant": person}}
    await scenario.member.do("nominateCoFacilitator", **nominate)
    [nominated] = (await scenario.member.ask(ROSTER, id=ai))["proposal"]["nominations"]
    confirmed = await scenario.commenter.do(
        "confirmCoFacilitator",
        "position ... on CoFacilitatorConfirmed { proposal { id } }",
        proposal=ai,
        nomination=nominated["id"],
    )
    replaced = {"proposal": ai, "nomination": nominated["id"], "person": {"name": "Cem"}}
    await scenario.member.do("replaceCoFacilitator", **replaced)

    now = (await scenario.member.ask(ROSTER, id=ai))["proposal"]
    at = {"position": confirmed["position"]}
    before = (await scenario.member.ask(ROSTER, id=ai, asOf=at))["proposal"]

    assert [one["name"] for one in now["coFacilitators"]] == ["Ana", "Bo", "Cem"]
    assert before["coFacilitators"][2]["participant"] == {"id": person}
    assert before["coFacilitators"][2]["magMember"] is False
    old, new = now["nominations"]
    assert old["confirmed"] is not None
    assert (old["replacedBy"], new["replaced"]) == (new["id"], None)


async def test_organisations_in_the_text_and_later_are_counted_together(
    selection: Selection,
) -> None:
    scenario, data = selection.scenario, selection.data
    named = {"name": "A ministry", "stakeholderGroup": "GOVERNMENT", "region": "AFRICAN"}
    written = {**WRITTEN, "organisations": [named, {"name": "A club"}]}
    await scenario.member.do("reviseProposal", proposal=data, written=written)
    await scenario.member.do(
        "signalInterest",
        proposal=data,
        name="A registry",
        stakeholderGroup="TECHNICAL_COMMUNITY",
        region="AFRICAN",
        source="A mail.",
    )

    found = (await scenario.member.ask(INTEREST, id=data))["proposal"]

    assert found["interests"] == {
        "totalCount": 1,
        "nodes": [{"name": "A registry", "region": "AFRICAN", "source": "A mail."}],
    }
    assert found["groups"] == [
        {"value": None, "count": 1},
        {"value": "GOVERNMENT", "count": 1},
        {"value": "TECHNICAL_COMMUNITY", "count": 1},
    ]
    assert found["regions"] == [{"value": None, "count": 1}, {"value": "AFRICAN", "count": 2}]


async def test_merged_and_split_proposals_know_where_they_come_from(selection: Selection) -> None:
    scenario = selection.scenario
    # Of its own: the other tests go on with those that they share.
    sources = [await scenario.propose("Learning"), await scenario.propose("Statistics")]
    await scenario.member.do(
        "recordStatement", proposal=sources[0], revision=1, stance="SUPPORT", text="I say so."
    )
    consolidation = await scenario.suggest_consolidation(*sources)
    for proposal in sources:
        await scenario.member.do(
            "consentToConsolidation", consolidation=consolidation, proposal=proposal
        )
    merge = {"proposals": sources, "title": "AI and data", "consolidation": consolidation}
    await scenario.decide_on_list({"merge": merge}, assessment=await scenario.assess())

    ai = (await scenario.member.ask(GENEALOGY, id=sources[0]))["proposal"]
    merged = ai["mergedInto"]["id"]
    [suggested] = ai["consolidations"]["nodes"]
    assert (ai["state"], suggested["agreed"], suggested["into"]) == ("MERGED", True, {"id": merged})
    assert suggested["suggestedBy"] == {"id": str(scenario.chair.person)}
    assert len(suggested["consents"]) == 2

    parts = [{"title": "Models"}, {"title": "Data of people"}]
    await scenario.member.do("splitProposal", proposal=merged, parts=parts)
    whole = (await scenario.member.ask(GENEALOGY, id=merged))["proposal"]
    assert whole["state"] == "SPLIT"
    assert [one["title"] for one in whole["splitInto"]] == ["Models", "Data of people"]
    part = (await scenario.member.ask(GENEALOGY, id=whole["splitInto"][0]["id"]))["proposal"]
    assert part["splitFrom"] == {"id": merged}
    assert part["statements"]["totalCount"] == 1
    assert {one["proposal"]["id"] for one in part["statements"]["nodes"]} == {sources[0]}


async def test_redirected_proposals_of_a_cycle_are_a_list_with_where_they_ended(
    selection: Selection,
) -> None:
    scenario = selection.scenario
    ipv6 = await scenario.propose("IPv6")
    group = await scenario.establish()
    redirect = {"proposal": ipv6, "to": "WORKING_GROUP", "body": group}
    await scenario.decide_on_list({"redirect": redirect}, assessment=await scenario.assess())

    found = await scenario.member.ask(
        """query ($year: Int!) { cycle(year: $year) { proposals(state: REDIRECTED) {
           nodes { id redirectedTo redirectedBody { id __typename } } } } }""",
        year=scenario.year,
    )

    assert found["cycle"]["proposals"]["nodes"] == [
        {
            "id": ipv6,
            "redirectedTo": "WORKING_GROUP",
            "redirectedBody": {"id": group, "__typename": "Group"},
        }
    ]
