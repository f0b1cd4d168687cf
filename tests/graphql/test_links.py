"""Links between nodes, in both directions."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_rule_links_to_the_rules_that_it_superseded(scenario: ForumScenario) -> None:
    for value in (3, 4, 5):
        await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": value}})

    data = await scenario.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) { bpfCap {
             id value supersedes { __typename value
               supersedes { value supersedes { value } } } } } }""",
        year=scenario.year,
    )

    cap = data["cycle"]["bpfCap"]
    assert cap["value"] == 5
    # A superseded rule has no id: a client that keeps nodes by id would mix them up.
    assert cap["supersedes"] == {
        "__typename": "SupersededRule",
        "value": 4,
        "supersedes": {"value": 3, "supersedes": None},
    }


async def test_comment_and_its_cycle_are_linked_both_ways(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft, "Who says so?", blocks=["b1"])
    await scenario.comment(draft, "I do.", inReplyTo=first["comment"]["id"])

    data = await scenario.commenter.ask(
        """query ($id: ID!) { comment(id: $id) {
             body blocks revision channel withdrawn isIllustration
             author { displayName }
             draft { title revision blocks { number blockId text } group { name kind { key }
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
    assert group["decision"]["cycle"] == {"year": scenario.year}
    assert group["cycle"]["meetings"]["nodes"] == [{"cycle": {"year": scenario.year}}]
    assert comment["replies"] == {
        "totalCount": 1,
        "nodes": [{"body": "I do.", "inReplyTo": {"body": "Who says so?"}}],
    }


async def test_a_decision_shows_what_it_rests_on(scenario: ForumScenario) -> None:
    assessment = await scenario.assess(capacity=4)
    proposal = await scenario.propose()

    done = await scenario.decide(
        {"approve": {"proposal": proposal, "groupName": "BPF Cybersecurity"}},
        assessment=assessment,
    )

    data = await scenario.commenter.ask(
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
                    "cycle": {"year": scenario.year},
                },
            }
        ],
    }


async def test_group_links_to_its_facilitators(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    await scenario.secretariat.do(
        "appointFacilitator",
        group=group,
        participant=str(scenario.member.person),
        decision=await scenario.mandate(),
    )

    data = await scenario.commenter.ask(
        """query ($id: ID!) { group(id: $id) {
             facilitators { magMember participant { id displayName } } } }""",
        id=group,
    )

    assert data["group"]["facilitators"] == [
        {
            "magMember": True,
            "participant": {"id": str(scenario.member.person), "displayName": "Mag Member"},
        }
    ]


async def test_a_summary_leads_to_what_it_states(scenario: ForumScenario) -> None:
    meeting, group = await scenario.meet(), await scenario.establish()
    proposal = await scenario.propose()
    await scenario.secretariat.do(
        "publishSummary", meeting=meeting, summary="As agreed.", states=[proposal, group]
    )

    data = await scenario.commenter.ask(
        """query ($id: ID!) { node(id: $id) { ... on Meeting { summary states {
             __typename ... on Proposal { title } ... on Group { name } } } } }""",
        id=meeting,
    )

    assert data["node"]["states"] == [
        {"__typename": "Proposal", "title": "Cybersecurity"},
        {"__typename": "Group", "name": "A working group"},
    ]
