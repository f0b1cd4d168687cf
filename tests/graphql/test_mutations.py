"""A command is answered with its outcome, or with a refusal that says why and by which facts."""

import asyncio
from typing import Any
from uuid import uuid4

import pytest

from intersessional.domain.act import Role
from tests.graphql.client import Client
from tests.graphql.server import Server
from tests.graphql.story import WRITTEN, Story, new_year

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any


async def test_the_outcome_names_what_changed_as_it_stood_right_after(story: Story) -> None:
    id = str(uuid4())

    done = await story.secretariat.do(
        "setProposalDeadline",
        """__typename position commandId repeated
           ... on ProposalDeadlineSet { cycle { year position proposalsDueOn version } }""",
        commandId=id,
        year=story.year,
        dueOn="2018-04-12",
    )

    assert done == {
        "__typename": "ProposalDeadlineSet",
        "position": done["position"],
        "commandId": id,
        "repeated": False,
        "cycle": {
            "year": story.year,
            "position": done["position"],
            "proposalsDueOn": "2018-04-12",
            "version": 2,
        },
    }


async def test_the_next_query_sees_what_the_mutation_answered(story: Story) -> None:
    draft = await story.publish(await story.establish())
    query = """query ($id: ID!) { headPosition
        draft(id: $id) { comments(first: 100) { totalCount } } }"""

    for count in range(1, 21):
        done = await story.comment(draft, f"The {count}th.")
        seen = await story.secretariat.ask(query, id=draft)

        assert seen["draft"]["comments"]["totalCount"] == count
        assert seen["headPosition"] >= done["position"]


async def test_a_repeated_command_answers_its_first_outcome(story: Story) -> None:
    draft = await story.publish(await story.establish())
    id = str(uuid4())

    first = await story.comment(draft, "Once.", commandId=id)
    again = await story.commenter.do(
        "postComment",
        "position repeated ... on CommentPosted { comment { id } }",
        draft=draft,
        body="Once.",
        commandId=id,
    )

    assert again["repeated"] is True
    assert (again["position"], again["comment"]) == (first["position"], first["comment"])


async def test_sent_many_times_at_once_a_command_is_done_once(story: Story) -> None:
    draft = await story.publish(await story.establish())
    id = str(uuid4())

    answers = await asyncio.gather(
        *(
            story.commenter.do("postComment", commandId=id, draft=draft, body="Once.")
            for _ in range(20)
        )
    )

    assert len({answer["position"] for answer in answers}) == 1
    assert [answer["repeated"] for answer in answers].count(False) == 1
    data = await story.commenter.ask(
        "query ($id: ID!) { draft(id: $id) { comments { totalCount } } }", id=draft
    )
    assert data["draft"]["comments"]["totalCount"] == 1


async def test_a_command_id_is_good_for_one_command(story: Story) -> None:
    id = str(uuid4())
    await story.secretariat.do("assessResources", commandId=id, year=story.year, capacity=3)

    other = await story.secretariat.send(
        "assessResources",
        {"commandId": id, "year": story.year, "capacity": 4},
        refusals="... on CommandReused { commandId }",
    )

    assert (other["code"], other["commandId"]) == ("COMMAND_REUSED", id)


async def test_several_mutations_in_one_request_are_done_one_after_the_other(
    story: Story,
) -> None:
    data = await story.secretariat.ask(
        """mutation ($one: AssessResourcesInput!, $two: AssessResourcesInput!) {
             one: assessResources(input: $one) { ... on Done { position } }
             refused: assessResources(input: $one) { ... on Done { position repeated } }
             two: assessResources(input: $two) { ... on ResourcesAssessed {
               position cycle { assessments { capacity } } } } }""",
        one={"commandId": str(uuid4()), "year": story.year, "capacity": 3},
        two={"commandId": str(uuid4()), "year": story.year, "capacity": 4},
    )

    assert data["refused"] == {"position": data["one"]["position"], "repeated": True}
    assert data["two"]["position"] > data["one"]["position"]
    assert data["two"]["cycle"]["assessments"] == [{"capacity": 3}, {"capacity": 4}]


async def test_a_fourth_approval_under_a_cap_of_three_is_refused_whole(story: Story) -> None:
    assessment = await story.assess()
    await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 3}})
    proposals = [await story.propose(f"Proposal {number}") for number in range(4)]
    approve = [
        {"approve": {"proposal": proposal, "groupName": f"BPF {number}"}}
        for number, proposal in enumerate(proposals)
    ]

    refused = await story.decide(*approve, assessment=assessment)

    assert (refused["code"], refused["cap"], refused["approved"]) == ("CAP_EXCEEDED", 3, 3)
    data = await story.commenter.ask(
        """query ($year: Int!) { cycle(year: $year) { bpfCapUsed groups { totalCount }
             selected: decisions(kind: SELECTION) { totalCount } } }""",
        year=story.year,
    )
    assert data["cycle"] == {
        "bpfCapUsed": 0,
        "groups": {"totalCount": 0},
        "selected": {"totalCount": 0},
    }


async def test_the_cap_may_be_superseded_in_the_same_decision(story: Story) -> None:
    assessment = await story.assess()
    await story.decide({"setPolicy": {"key": "BPF_CAP", "value": 0}})
    proposal = await story.propose()

    done = await story.decide(
        {"setPolicy": {"key": "BPF_CAP", "value": 1}},
        {"approve": {"proposal": proposal, "groupName": "BPF Cybersecurity"}},
        assessment=assessment,
    )

    assert done["__typename"] == "DecisionRecorded"


async def test_one_co_facilitator_is_too_few(story: Story) -> None:
    written = {**WRITTEN, "coFacilitators": WRITTEN["coFacilitators"][:1]}

    refused = await story.member.send(
        "submitProposal",
        {"year": story.year, "title": "Alone", "written": written},
        refusals="... on CoFacilitatorsMissing { named needed magMembers magMembersNeeded }",
    )

    assert refused["code"] == "CO_FACILITATORS_MISSING"
    facts = {"named": 1, "needed": 2, "magMembers": 1, "magMembersNeeded": 1}
    assert facts.items() <= refused.items()


async def test_an_incomplete_proposal_is_told_what_it_lacks(story: Story) -> None:
    written = {key: text for key, text in WRITTEN.items() if key != "outreachPlan"}

    refused = await story.member.send(
        "submitProposal",
        {"year": story.year, "title": "Short", "written": written},
        refusals="... on ProposalIncomplete { missing }",
    )

    assert (refused["code"], refused["missing"]) == ("PROPOSAL_INCOMPLETE", ["outreachPlan"])


async def test_a_comment_of_nine_kilobytes_is_too_long(story: Story) -> None:
    draft = await story.publish(await story.establish())

    refused = await story.commenter.send(
        "postComment",
        {"draft": draft, "body": "é" * 4_500},
        refusals="... on CommentTooLong { bytes bytesMax }",
    )

    assert refused["code"] == "COMMENT_TOO_LONG"
    assert (refused["bytes"], refused["bytesMax"]) == (9_000, 8_192)


async def test_a_role_that_may_not_is_told_which_may(story: Story) -> None:
    refused = await story.commenter.send(
        "openCycle", {"year": new_year()}, refusals="... on RoleRequired { needed at }"
    )

    assert refused["code"] == "ROLE_REQUIRED"
    assert refused["needed"] == ["SECRETARIAT"]
    assert refused["at"].endswith("Z")


async def test_who_is_not_signed_in_is_told_so(server: Server) -> None:
    async with await server.client() as nobody:
        refused = await nobody.send("openCycle", {"year": new_year()})

    assert refused["code"] == "NOT_SIGNED_IN"


async def test_the_author_alone_withdraws_a_comment_and_once(story: Story, server: Server) -> None:
    draft = await story.publish(await story.establish())
    comment = (await story.comment(draft))["comment"]["id"]
    async with await server.client(Role.COMMENTER, "Someone else") as other:
        refused = await other.send(
            "withdrawComment",
            {"comment": comment},
            refusals="... on NotTheAuthor { comment }",
        )
    assert (refused["code"], refused["comment"]) == ("NOT_THE_AUTHOR", comment)

    await story.commenter.do("withdrawComment", comment=comment)
    again = await story.commenter.send("withdrawComment", {"comment": comment})

    assert again["code"] == "COMMENT_WITHDRAWN"
    data = await story.commenter.ask(
        "query ($id: ID!) { comment(id: $id) { withdrawn body version } }", id=comment
    )
    assert data["comment"] == {"withdrawn": True, "body": None, "version": 2}


async def test_an_id_that_is_none_is_refused_with_its_place(story: Story) -> None:
    refused = await story.secretariat.send(
        "recordDecision",
        {
            "year": story.year,
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


async def test_what_is_not_there_is_told_by_kind_and_id(story: Story) -> None:
    id = str(uuid4())

    refused = await story.commenter.send(
        "postComment", {"draft": id, "body": "?"}, refusals="... on NotFound { kind subject }"
    )

    assert (refused["code"], refused["kind"], refused["subject"]) == ("NOT_FOUND", "draft", id)


async def test_one_thing_at_a_time_is_decided_in_each_outcome(story: Story) -> None:
    both = {"decline": {"proposal": str(uuid4())}, "defer": {"proposal": str(uuid4())}}
    given = {"commandId": str(uuid4()), "year": story.year, "statement": "Both."}
    query = """mutation ($input: RecordDecisionInput!) {
        recordDecision(input: $input) { __typename } }"""

    for outcome in (both, {}, {"defer": None}):
        codes = await story.secretariat.codes(query, input={**given, "outcomes": [outcome]})

        assert codes == ["BAD_VARIABLE"]


async def test_the_same_person_commands_in_another_session(server: Server) -> None:
    year = new_year()
    async with await server.client(Role.SECRETARIAT) as one:
        await one.do("openCycle", year=year)
    async with await server.client(Role.SECRETARIAT) as other:
        await other.do("assessResources", year=year, capacity=1)
        again = await other.send("openCycle", {"year": year})

    assert again["code"] == "ALREADY_RECORDED"


VERSIONED: dict[str, Json] = {
    "assessResources": {"year": "{year}", "capacity": 1},
    "setProposalDeadline": {"year": "{year}", "dueOn": "2018-04-12"},
    "recordVenueOption": {"year": "{year}", "rank": 1, "status": "PURSUED", "description": "A"},
    "setTentativeDates": {"year": "{year}", "within": "{year}-12", "place": "Asia"},
    "confirmAnnualMeeting": {
        "year": "{year}",
        "startsOn": "{year}-11-12",
        "endsOn": "{year}-11-14",
        "place": "Paris",
        "timeZone": "Europe/Paris",
    },
    "rescheduleAnnualMeeting": {
        "year": "{year}",
        "startsOn": "{year}-11-13",
        "endsOn": "{year}-11-15",
        "reason": "A strike.",
    },
    "publishSummary": {"meeting": "{meeting}", "summary": "As agreed."},
    "submitProposal": {"year": "{year}", "proposal": "{proposal}", "written": WRITTEN},
    "reviseProposal": {"proposal": "{proposal}", "written": WRITTEN},
    "withdrawProposal": {"proposal": "{proposal}"},
    "recordDecision": {"year": "{year}", "statement": "Agreed.", "onList": True},
    "appointFacilitator": {"group": "{group}", "participant": "{member}"},
    "releaseFacilitator": {"group": "{group}", "participant": "{member}"},
    "renameGroup": {"group": "{group}", "name": "Another name"},
    "scheduleGroupMeeting": {"group": "{group}", "held": "2018-05-01", "label": "First call"},
    "concludeGroup": {"group": "{group}"},
    "reviseDraft": {"draft": "{draft}", "blocks": [{"text": "Better."}]},
    "withdrawComment": {"comment": "{comment}"},
    "grantRole": {"participant": "{member}", "role": "MAG_MEMBER", "since": "2018-01-01"},
    "endRole": {"participant": "{member}", "role": "MAG_MEMBER", "until": "2018-01-01"},
}


async def test_a_stale_version_is_refused_by_every_command_on_something_that_stands(
    story: Story, server: Server
) -> None:
    group = await story.establish()
    draft = await story.publish(group)
    comment = (await story.comment(draft))["comment"]["id"]
    places = {
        "year": str(story.year),
        "meeting": await story.meet_once(),
        "proposal": await story.propose(),
        "group": group,
        "draft": draft,
        "comment": comment,
        "member": str(story.member.person),
    }
    await story.secretariat.do(
        "confirmAnnualMeeting", **filled(VERSIONED["confirmAnnualMeeting"], places)
    )
    senders = {
        "withdrawComment": story.commenter,
        "submitProposal": story.member,
        "reviseProposal": story.member,
        "withdrawProposal": story.member,
    }

    async with await server.client(Role.OPERATOR) as operator:
        senders |= {"grantRole": operator, "endRole": operator}
        for name, fields in VERSIONED.items():
            refused = await senders.get(name, story.secretariat).send(
                name,
                {**filled(fields, places), "expectedVersion": 999},
                refusals="... on StaleVersion { expected actual }",
            )

            assert refused.get("code") == "STALE_VERSION", (name, refused)
            assert refused["expected"] == 999
            assert 0 < refused["actual"] < 999


def filled(fields: dict[str, Json], places: dict[str, str]) -> dict[str, Json]:
    """The fields of a command, with the ids of this test's subjects."""
    return {name: _filled(value, places) for name, value in fields.items()}


def _filled(value: Json, places: dict[str, str]) -> Json:
    if value == "{year}":
        return int(places["year"])
    return value.format(**places) if isinstance(value, str) else value


async def test_the_version_that_was_read_is_good_for_one_change(story: Story) -> None:
    query = "query ($id: ID!) { group(id: $id) { version } }"
    group = await story.establish()
    version = (await story.secretariat.ask(query, id=group))["group"]["version"]

    async def rename(client: Client, name: str) -> Json:
        return await client.send(
            "renameGroup", {"group": group, "name": name, "expectedVersion": version}
        )

    answers = await asyncio.gather(
        rename(story.secretariat, "One"), rename(story.secretariat, "Other")
    )

    assert sorted(answer.get("code", "done") for answer in answers) == ["STALE_VERSION", "done"]


async def test_every_command_that_takes_a_version_is_tried(server: Server) -> None:
    async with await server.client() as nobody:
        data = await nobody.ask(
            """{ __schema { mutationType { fields { name args { type { ofType {
                 inputFields { name } } } } } } } }"""
        )
    fields = data["__schema"]["mutationType"]["fields"]

    takes = {
        field["name"]
        for field in fields
        if "expectedVersion"
        in [given["name"] for given in field["args"][0]["type"]["ofType"]["inputFields"]]
    }

    assert takes == VERSIONED.keys()
