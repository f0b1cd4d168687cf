"""Who sends a query, and what they may do: by the rules that their commands meet."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from intersessional.domain.comment.commands import PostComment
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.participant.code_of_conduct import CODE_OF_CONDUCT
from intersessional.domain.participant.commands import AcceptCodeOfConduct, RegisterParticipant
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

MAY = """query ($group: ID!, $draft: ID!, $comment: ID!) { viewer { may {
    postComment(draft: $draft) { ...reason }
    withdrawComment(comment: $comment) { ...reason }
    publishDraft(group: $group) { ...reason }
    reviseDraft(draft: $draft) { ...reason }
    joinGroup(group: $group) { ...reason }
    proposeModality(group: $group) { ...reason }
    offerToVolunteer(group: $group) { ...reason }
  } } }
fragment reason on Permission { allowed refusal { code ... on RoleRequired { needed } } }"""
CONDUCT = "{ codeOfConduct { version url summary acceptances } }"


async def test_viewer_has_the_roles_that_they_hold(scenario: ForumScenario, server: Server) -> None:
    query = "{ viewer { roles conductAccepted } }"
    async with await server.client(Role.COMMENTER, "A newcomer") as newcomer:
        assert [await one.ask(query) for one in (scenario.chair, newcomer)] == [
            {"viewer": {"roles": ["MAG_CHAIR", "COMMENTER"], "conductAccepted": True}},
            {"viewer": {"roles": ["COMMENTER"], "conductAccepted": True}},
        ]


async def test_viewer_may_do_what_the_command_would_not_be_refused_for(
    scenario: ForumScenario, server: Server
) -> None:
    group = await scenario.establish()
    draft = await scenario.publish(group)
    comment = (await scenario.comment(draft))["comment"]["id"]
    head = await server.caught_up()
    subjects = {"group": group, "draft": draft, "comment": comment}

    commenter = await scenario.commenter.ask(MAY, **subjects)
    secretariat = await scenario.secretariat.ask(MAY, **subjects)

    may = {"allowed": True, "refusal": None}
    steward = {"code": "ROLE_REQUIRED", "needed": ["FACILITATOR", "SECRETARIAT"]}
    assert commenter["viewer"]["may"] == {
        "postComment": may,
        "withdrawComment": may,
        "publishDraft": {"allowed": False, "refusal": steward},
        "reviseDraft": {"allowed": False, "refusal": steward},
        "joinGroup": may,
        "proposeModality": may,
        "offerToVolunteer": may,
    }
    assert secretariat["viewer"]["may"]["publishDraft"] == may
    assert secretariat["viewer"]["may"]["reviseDraft"] == may
    assert secretariat["viewer"]["may"]["withdrawComment"]["allowed"] is False
    assert await server.caught_up() == head


async def test_person_who_has_just_signed_in_is_told_what_comes_first(
    scenario: ForumScenario, server: Server
) -> None:
    draft = await scenario.publish(await scenario.establish())
    person, bus = Caller(person=uuid4()), server.backend.command_bus
    comment = PostComment(command_id=uuid4(), draft=UUID(draft), body="Well said.")

    steps = [await bus.dry_run(comment, person)]
    await bus.submit(RegisterParticipant(command_id=uuid4()), person)
    steps.append(await bus.dry_run(comment, person))
    accept = AcceptCodeOfConduct(command_id=uuid4(), version=CODE_OF_CONDUCT)
    await bus.submit(accept, person)
    steps.append(await bus.dry_run(comment, person))

    assert [step and step.code for step in steps] == [
        "NOT_REGISTERED",
        "CODE_OF_CONDUCT_NOT_ACCEPTED",
        None,
    ]


async def test_code_of_conduct_counts_who_has_accepted_it(
    scenario: ForumScenario, server: Server
) -> None:
    before = (await scenario.commenter.ask(CONDUCT))["codeOfConduct"]
    await server.token(Role.COMMENTER, name=f"Someone new {uuid4()}")
    after = (await scenario.commenter.ask(CONDUCT))["codeOfConduct"]

    assert after == {**before, "acceptances": before["acceptances"] + 1}
    assert after["version"] == CODE_OF_CONDUCT
    assert after["url"].startswith("https://www.intgovforum.org/")


async def test_member_may_do_what_is_about_their_proposal_until_it_is_withdrawn(
    scenario: ForumScenario, server: Server
) -> None:
    query = """query ($proposal: ID!) { viewer { may {
        reviseProposal(proposal: $proposal) { allowed refusal { code } }
        signalInterest(proposal: $proposal) { allowed refusal { code } } } } }"""
    proposal = await scenario.propose()
    await server.caught_up()
    own = await scenario.member.ask(query, proposal=proposal)
    # Tests share the persons of a scenario, and some may have given the commenter another role.
    async with await server.client(Role.COMMENTER, f"Somebody {uuid4()}") as somebody:
        of_others = await somebody.ask(query, proposal=proposal)
    await scenario.member.do("withdrawProposal", proposal=proposal)
    late = await scenario.member.ask(query, proposal=proposal)

    may = {"allowed": True, "refusal": None}
    assert own["viewer"]["may"] == {"reviseProposal": may, "signalInterest": may}
    for refused, code in ((of_others, "ROLE_REQUIRED"), (late, "PROPOSAL_FROZEN")):
        codes = {one["refusal"]["code"] for one in refused["viewer"]["may"].values()}
        assert codes == {code}
