"""Proposals in the API: in writing along a template, with who may write them."""

from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import WRITTEN, ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

QUERY = """query ($id: ID!) { proposal(id: $id) {
  revision proposers { id } consents { proposer { id } member { id } source }
  presentations { meeting { label } presenter { id } } theme { key } proposersAgreed
  redirectedTo redirectedBodyId redirectedBodyName
  written { words complete missing lengthAdvised consentedBy { id }
    sections { key title text } template { version since { at } parts { key level form } }
    coFacilitators { name magMember participant { id } } organisations { name } } } }"""


async def test_written_proposal_shows_its_sections_and_its_template(
    scenario: ForumScenario,
) -> None:
    id = await scenario.propose()

    proposal = (await scenario.member.ask(QUERY, id=id))["proposal"]

    written = proposal["written"]
    assert proposal["proposers"] == [{"id": str(scenario.member.person)}]
    assert written["sections"][0] == {
        "key": "topics",
        "title": "Topics",
        "text": "What is covered.",
    }
    assert [section["key"] for section in written["sections"]] == [
        section["key"] for section in WRITTEN["sections"]
    ]
    assert written["complete"] is False
    assert written["missing"] == [
        "relationship-to-governance",
        "relevance-to-communities",
        "further-outreach",
    ]
    assert written["template"]["version"] == "default"
    assert written["template"]["since"] is None
    assert {"key": "topics", "level": "REQUIRED", "form": "TEXT"} in written["template"]["parts"]
    assert written["coFacilitators"][1] == {"name": "Bo", "magMember": False, "participant": None}


async def test_unknown_section_is_refused_by_its_place(scenario: ForumScenario) -> None:
    sections = [*WRITTEN["sections"], {"key": "budget", "text": "None."}]

    refused = await scenario.member.send(
        "submitProposal",
        {"year": scenario.year, "title": "A", "written": {**WRITTEN, "sections": sections}},
    )

    assert refused["message"] == (
        "written.sections.5.key: version default of the template asks for no such text."
    )


async def test_proposal_of_another_member_is_revised_with_the_consent_that_is_shown(
    scenario: ForumScenario, server: Server
) -> None:
    id = await scenario.propose()
    async with await server.client(Role.MAG_MEMBER, "Another member") as other:
        revision = {"proposal": id, "written": WRITTEN}
        refused = await other.send("reviseProposal", revision)
        await scenario.member.do("consentToRevision", proposal=id, member=str(other.person))
        await other.do("reviseProposal", **revision)
        proposal = (await other.ask(QUERY, id=id))["proposal"]

    proposer = {"id": str(scenario.member.person)}
    assert refused["code"] == "NOT_A_PROPOSER"
    assert proposal["revision"] == 2
    assert proposal["written"]["sections"][0]["text"] == "What is covered."
    assert proposal["written"]["coFacilitators"][1]["name"] == "Bo"
    assert proposal["written"]["consentedBy"] == proposer
    assert proposal["consents"] == [
        {"proposer": proposer, "member": {"id": str(other.person)}, "source": None}
    ]


async def test_deadline_and_role_that_are_told_later_count_for_a_proposal_of_before(
    scenario: ForumScenario, server: Server
) -> None:
    # Other tests share the commenter of the scenario, who has no further role.
    named_later = await server.token(Role.COMMENTER, f"Ann {uuid4()}")
    ann, year = str(named_later.person), scenario.year
    named = [{"participant": ann}, {"name": "Bo", "magMember": True}]
    done = await scenario.member.do(
        "submitProposal",
        "... on ProposalSubmitted { proposal { id } position }",
        year=year,
        title="Networks",
        written={**WRITTEN, "coFacilitators": named},
    )
    id = done["proposal"]["id"]
    query = """query ($id: ID!, $asOf: AsOfInput) { proposal(id: $id, asOf: $asOf) { late isNew
        written { coFacilitators { name magMember participant { displayName } } } } }"""
    before = (await scenario.member.ask(query, id=id))["proposal"]
    await scenario.secretariat.do(
        "setProposalDeadline", year=year, dueOn="2026-01-31", occurred="2026-01-01"
    )
    await scenario.secretariat.do(
        "grantRole", participant=ann, role="MAG_MEMBER", since="2026-01-01", reason="Named then."
    )

    after = (await scenario.member.ask(query, id=id))["proposal"]
    known = await scenario.member.ask(query, id=id, asOf={"position": done["position"]})

    assert known["proposal"] == before
    assert (before["late"], after["late"], after["isNew"]) == (None, True, True)
    for shown, held in ((before, False), (after, True)):
        first, second = shown["written"]["coFacilitators"]
        assert (first["magMember"], second["magMember"]) == (held, True)
        assert first["name"] == first["participant"]["displayName"]
        assert second["name"] == "Bo"


async def test_presentation_and_theme_that_came_later_are_shown(scenario: ForumScenario) -> None:
    id, member = await scenario.propose(), str(scenario.member.person)
    meeting = await scenario.meet_once()
    await scenario.member.do("presentProposal", proposal=id, meeting=meeting, presenter=member)
    await scenario.member.do("giveTheme", proposal=id, theme="ipv6")

    query = """query ($id: ID!) { proposal(id: $id) { yearOfTheme { computed }
        presentations { meeting { id } presenter { id } } } }"""
    proposal = (await scenario.member.ask(query, id=id))["proposal"]

    assert proposal["yearOfTheme"] == {"computed": 1}
    assert proposal["presentations"] == [{"meeting": {"id": meeting}, "presenter": {"id": member}}]


async def test_merger_without_the_agreement_of_the_proposers_is_shown(
    scenario: ForumScenario,
) -> None:
    one, other = await scenario.propose("AI"), await scenario.propose("Big data")
    merger = {"proposals": [one, other], "title": "AI and data", "proposersAgreed": False}
    fields: dict[str, Any] = {
        "year": scenario.year,
        "statement": "Agreed.",
        "meeting": await scenario.meet_once(),
        "announcedBy": str(scenario.chair.person),
        "rationale": "It matters, and it can be carried.",
        "assessment": await scenario.assess(),
        "outcomes": [{"merge": merger}],
    }
    facts = "... on OverrideRequired { code message rule facts { name number word } }"

    refused = await scenario.secretariat.send("recordDecision", fields, refusals=facts)
    fields["overrides"] = [{"rule": refused["rule"], "rationale": "One cannot be reached."}]
    recorded = await scenario.secretariat.send(
        "recordDecision", fields, "... on DecisionRecorded { decision { id } }"
    )

    assert refused == {
        "__typename": "OverrideRequired",
        "code": "OVERRIDE_REQUIRED",
        "message": "Proposals are merged with the agreement of those who put them forward. "
        "To deviate from MERGER_AGREED, send an override with your reasons.",
        "rule": "MERGER_AGREED",
        "facts": [
            {"name": "agreed", "number": None, "word": "false"},
            {"name": "merged", "number": None, "word": one},
            {"name": "merged", "number": None, "word": other},
        ],
    }
    assert recorded["decision"]
    proposal = (await scenario.member.ask(QUERY, id=one))["proposal"]

    assert proposal["proposersAgreed"] is False


async def test_redirected_proposal_names_its_body(scenario: ForumScenario) -> None:
    id, group = await scenario.propose(), await scenario.establish()
    await scenario.decide(
        {
            "redirect": {
                "proposal": id,
                "to": "WORKING_GROUP",
                "body": group,
                "bodyName": "A working group",
            }
        },
        assessment=await scenario.assess(),
    )

    proposal = (await scenario.member.ask(QUERY, id=id))["proposal"]

    assert proposal["redirectedTo"] == "WORKING_GROUP"
    assert proposal["redirectedBodyId"] == group
    assert proposal["redirectedBodyName"] == "A working group"


async def test_default_template_is_asked_for_by_its_name(scenario: ForumScenario) -> None:
    query = """{ template(version: "default") { version since { at }
        parts { key title level form } } }"""

    template = (await scenario.member.ask(query))["template"]

    assert template["since"] is None
    assert template["parts"][0] == {
        "key": "co-facilitators",
        "title": "Co-facilitators",
        "level": "REQUIRED",
        "form": "CO_FACILITATORS",
    }
    assert len(template["parts"]) == 10


async def test_malformed_version_of_the_template_is_refused(scenario: ForumScenario) -> None:
    part = {"key": "topics", "title": "Topics", "level": "REQUIRED"}

    refused = await scenario.secretariat.send(
        "publishTemplate", {"version": "default", "parts": [part]}
    )

    assert refused["message"] == "version: this name is kept for the default template."
