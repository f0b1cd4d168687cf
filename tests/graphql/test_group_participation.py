"""Members, modalities, sessions and outreach of a group, and its state that follows."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEMBERS = """query ($id: ID!, $person: ID!) { group(id: $id) {
    members { totalCount nodes { joined { at } left { at } } }
    byRegion: memberCounts(dimension: REGION) { value count } }
    participant(id: $person) { memberships { nodes { id group { id } } } } }"""


async def test_members_are_counted_and_find_their_own_memberships(scenario: ForumScenario) -> None:
    group = await scenario.establish()
    for client in (scenario.commenter, scenario.member):
        await client.do("joinGroup", group=group)
    ask = scenario.member.ask

    found = await ask(MEMBERS, id=group, person=str(scenario.commenter.person))
    assert found["group"]["members"]["totalCount"] == 2
    assert sum(one["count"] for one in found["group"]["byRegion"]) == 2
    [own] = found["participant"]["memberships"]["nodes"]
    assert own["group"] == {"id": group}

    await scenario.commenter.do("leaveGroup", membership=own["id"])
    found = await ask(MEMBERS, id=group, person=str(scenario.member.person))
    assert found["group"]["members"]["totalCount"] == 1
    [in_office] = found["participant"]["memberships"]["nodes"]
    assert in_office["group"] == {"id": group}
