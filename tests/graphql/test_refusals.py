"""Refusals in the API: results with a stable code and facts."""

from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import WRITTEN, ForumScenario, new_year
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


Json = Any


async def test_fourth_approval_under_a_cap_of_three_is_refused_with_its_decision(
    scenario: ForumScenario,
) -> None:
    assessment = await scenario.assess()
    await scenario.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    proposals = [await scenario.propose(f"Proposal {number}") for number in range(4)]
    approve = [
        {"approve": {"proposal": proposal, "groupName": f"BPF {number}"}}
        for number, proposal in enumerate(proposals)
    ]

    refused = await scenario.decide(*approve, assessment=assessment)

    assert (refused["code"], refused["cap"], refused["approved"]) == ("CAP_EXCEEDED", 3, 3)
    data = await scenario.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) { bpfCapUsed groups { totalCount }
             selected: decisions(kind: SELECTION) { totalCount } } }""",
        year=scenario.year,
    )
    assert data["cycle"] == {
        "bpfCapUsed": 0,
        "groups": {"totalCount": 0},
        "selected": {"totalCount": 0},
    }


async def test_proposal_with_one_co_facilitator_is_refused(scenario: ForumScenario) -> None:
    written = {**WRITTEN, "coFacilitators": WRITTEN["coFacilitators"][:1]}

    refused = await scenario.member.send(
        "submitProposal",
        {"year": scenario.year, "title": "Alone", "written": written},
        refusals="... on CoFacilitatorsMissing { named needed magMembers magMembersNeeded }",
    )

    assert refused["code"] == "CO_FACILITATORS_MISSING"
    facts = {"named": 1, "needed": 2, "magMembers": 1, "magMembersNeeded": 1}
    assert facts.items() <= refused.items()


async def test_incomplete_proposal_is_refused_with_the_missing_parts(
    scenario: ForumScenario,
) -> None:
    written = {**WRITTEN, "sections": WRITTEN["sections"][:-1]}

    refused = await scenario.member.send(
        "submitProposal",
        {"year": scenario.year, "title": "Short", "written": written},
        refusals="... on ProposalIncomplete { missing }",
    )

    assert (refused["code"], refused["missing"]) == (
        "PROPOSAL_INCOMPLETE",
        ["anticipated-engagement"],
    )


async def test_a_comment_of_nine_kilobytes_is_too_long(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())

    refused = await scenario.commenter.send(
        "postComment",
        {"draft": draft, "body": "é" * 4_500},
        refusals="... on CommentTooLong { bytes bytesMax }",
    )

    assert refused["code"] == "COMMENT_TOO_LONG"
    assert (refused["bytes"], refused["bytesMax"]) == (9_000, 8_192)


async def test_missing_role_is_refused_with_the_needed_roles(scenario: ForumScenario) -> None:
    refused = await scenario.commenter.send(
        "openCycle", {"year": new_year()}, refusals="... on RoleRequired { needed at }"
    )

    assert refused["code"] == "ROLE_REQUIRED"
    assert refused["needed"] == ["SECRETARIAT"]
    assert refused["at"].endswith("Z")


async def test_command_without_sign_in_is_refused(server: Server) -> None:
    async with await server.client() as anonymous:
        refused = await anonymous.send("openCycle", {"year": new_year()})

    assert refused["code"] == "NOT_SIGNED_IN"


async def test_the_author_alone_withdraws_a_comment_and_once(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    comment = (await scenario.comment(draft))["comment"]["id"]
    async with await server.client(Role.COMMENTER, "Someone else") as other:
        refused = await other.send(
            "withdrawComment",
            {"comment": comment},
            refusals="... on NotTheAuthor { comment }",
        )
    assert (refused["code"], refused["comment"]) == ("NOT_THE_AUTHOR", comment)

    await scenario.commenter.do("withdrawComment", comment=comment)
    again = await scenario.commenter.send("withdrawComment", {"comment": comment})

    assert again["code"] == "COMMENT_WITHDRAWN"
    data = await scenario.commenter.ask(
        "query ($id: ID!) { comment(id: $id) { withdrawn body version } }", id=comment
    )
    assert data["comment"] == {"withdrawn": True, "body": None, "version": 2}


async def test_path_of_a_refused_field_is_in_camel_case(scenario: ForumScenario) -> None:
    written = {**WRITTEN, "sections": [{"key": "further-outreach", "text": " "}]}

    refused = await scenario.member.send(
        "submitProposal",
        {"year": scenario.year, "title": "Short", "written": written},
        refusals="... on BadValue { field message }",
    )

    assert refused["field"] == "written.sections.0.text"
    assert refused["message"] == "written.sections.0.text: it is empty."


async def test_an_id_that_is_none_is_refused_with_its_place(scenario: ForumScenario) -> None:
    refused = await scenario.secretariat.send(
        "recordDecision",
        {
            "year": scenario.year,
            "statement": "Agreed.",
            "outcomes": [
                {"setPolicy": {"key": "BPF_CAP", "value": 3}},
                {"merge": {"proposals": [str(uuid4()), "x" * 10_000], "title": "Both"}},
            ],
        },
        refusals="... on BadValue { field problem }",
    )

    assert refused["code"] == "BAD_VALUE"
    assert refused["field"] == "outcomes.1.merge.proposals.1"
    assert len(refused["problem"]) < 200


async def test_missing_subject_is_named_by_kind_and_id(scenario: ForumScenario) -> None:
    id = str(uuid4())

    refused = await scenario.commenter.send(
        "postComment", {"draft": id, "body": "?"}, refusals="... on NotFound { kind subject }"
    )

    assert (refused["code"], refused["kind"], refused["subject"]) == ("NOT_FOUND", "draft", id)


async def test_outcome_with_two_choices_is_refused(scenario: ForumScenario) -> None:
    both = {"decline": {"proposal": str(uuid4())}, "defer": {"proposal": str(uuid4())}}
    given = {"commandId": str(uuid4()), "year": scenario.year, "statement": "Both."}
    query = """mutation ($input: RecordDecisionInput!) {
        recordDecision(input: $input) { __typename } }"""

    for outcome in (both, {}, {"defer": None}):
        codes = await scenario.secretariat.codes(query, input={**given, "outcomes": [outcome]})

        assert codes == ["BAD_VARIABLE"]
