"""A name or a role told late takes its place in time."""

from uuid import uuid4

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

NAMES = """query ($id: ID!, $asOf: AsOfInput) { group(id: $id, asOf: $asOf) {
    name names(first: 10) { nodes { name since { at } } } } }"""
DECIDED = "... on DecisionRecorded { decision { id outcomes { subject { id } } } }"


async def test_name_that_is_told_late_is_not_the_name_now(
    scenario: ForumScenario, server: Server
) -> None:
    # Other tests share the member of the scenario, who never was the Chair.
    chair = str((await server.token(Role.MAG_MEMBER, f"Ann {uuid4()}")).person)
    await scenario.secretariat.do(
        "grantRole",
        participant=chair,
        role="MAG_CHAIR",
        since="2026-09-01",
        until="2026-11-20",
        reason="The Chair of that autumn.",
    )
    established = await scenario.secretariat.do(
        "recordDecision",
        DECIDED,
        year=scenario.year,
        statement="A group is established.",
        rationale="It was asked for.",
        onList=True,
        announcedBy=chair,
        outcomes=[{"establish": {"kind": "WORKING_GROUP", "name": "First name"}}],
        occurred="2026-10-01",
    )
    decision = established["decision"]["id"]
    [outcome] = established["decision"]["outcomes"]
    group = outcome["subject"]["id"]
    before = await scenario.secretariat.do(
        "renameGroup", group=group, name="Name now", decision=decision
    )
    await scenario.secretariat.do(
        "renameGroup", group=group, name="Name then", decision=decision, occurred="2026-11-01"
    )

    shown = (await scenario.commenter.ask(NAMES, id=group))["group"]
    known = await scenario.commenter.ask(NAMES, id=group, asOf={"position": before["position"]})
    then = await scenario.commenter.ask(NAMES, id=group, asOf={"occurred": "2026-11-02T00:00:00Z"})

    assert shown["name"] == known["group"]["name"] == "Name now"
    assert then["group"]["name"] == "Name then"
    since = {name["name"]: name["since"]["at"] for name in shown["names"]["nodes"]}
    assert since.keys() == {"First name", "Name now", "Name then"}
    assert since["Name then"] == "2026-11-01"


async def test_facilitator_is_a_mag_member_by_a_role_that_is_told_after_the_appointment(
    scenario: ForumScenario, server: Server
) -> None:
    query = "query ($id: ID!) { group(id: $id) { facilitators { magMember } } }"
    async with await server.client(Role.OPERATOR) as operator:
        ann = await operator.do(
            "registerParticipant",
            "... on ParticipantRegistered { participant { id } }",
            displayName="Ann",
            occurred="2000",
        )
    person, group = ann["participant"]["id"], await scenario.establish()
    await scenario.secretariat.do(
        "appointFacilitator", group=group, participant=person, decision=await scenario.mandate()
    )
    before = await scenario.commenter.ask(query, id=group)

    await scenario.secretariat.do("grantRole", participant=person, role="MAG_MEMBER", since="2017")

    after = await scenario.commenter.ask(query, id=group)
    assert before["group"]["facilitators"] == [{"magMember": False}]
    assert after["group"]["facilitators"] == [{"magMember": True}]
