"""Members, modalities, sessions and outreach of a group, and its state that follows."""

import pytest

from intersessional.domain.kernel.act import Role
from tests.graphql.client import Client
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

MEMBERS = """query ($id: ID!, $person: ID!) { group(id: $id) {
    members { totalCount nodes { joined { at } left { at } } }
    byRegion: memberCounts(dimension: REGION) { value count } }
    participant(id: $person) { memberships { nodes { id group { id } } } } }"""


async def test_members_are_counted_and_find_their_own_memberships(
    server: Server, scenario: ForumScenario
) -> None:
    group = await scenario.establish()
    async with (
        await server.client(Role.COMMENTER, "Who joins and leaves") as joins,
        await server.client(Role.MAG_MEMBER, "Who joins in office") as member,
    ):
        await members_of(group, joins, member)


async def members_of(group: str, joins: Client, member: Client) -> None:
    """Two persons of whom no other test tells join a group, and one leaves it."""
    for client in (joins, member):
        await client.do("joinGroup", group=group)
    ask = member.ask

    found = await ask(MEMBERS, id=group, person=str(joins.person))
    assert found["group"]["members"]["totalCount"] == 2
    assert sum(one["count"] for one in found["group"]["byRegion"]) == 2
    [own] = found["participant"]["memberships"]["nodes"]
    assert own["group"] == {"id": group}

    await joins.do("leaveGroup", membership=own["id"])
    found = await ask(MEMBERS, id=group, person=str(member.person))
    assert found["group"]["members"]["totalCount"] == 1
    [in_office] = found["participant"]["memberships"]["nodes"]
    assert in_office["group"] == {"id": group}


WORK = """query ($id: ID!, $year: Int!) { group(id: $id) { state
    modalities(state: ADOPTED) { nodes { modality supporters support withoutObjection } }
    sessions { nodes { state sessionRecord began { at } } }
    outreach { nodes { audience forum participant { id } tookPlace { at } } } }
    cycle(year: $year) { outreach { totalCount } sessions(state: HELD) { totalCount }
      groupsWithoutSession(kind: "WORKING_GROUP") { nodes { id } } } }"""


async def test_work_of_a_group_is_told_by_modalities_sessions_and_outreach(
    scenario: ForumScenario,
) -> None:
    group = await scenario.establish()
    other = await scenario.establish("Another")
    modality, membership = await scenario.propose_modality(group), await scenario.join(group)
    await scenario.commenter.do("supportModality", modality=modality, membership=membership)
    done = await scenario.secretariat.do(
        "scheduleGroupMeeting",
        "... on GroupMeetingScheduled { meeting { id } }",
        group=group,
        held="2118-05-02",
        label="First call",
    )
    await scenario.secretariat.do("adoptModality", modality=modality, meeting=done["meeting"]["id"])
    session = await scenario.request_session(group)
    await scenario.secretariat.do(
        "recordSessionHeld", session=session, began="2018-11-13", record="Norms were discussed."
    )
    await scenario.member.do(
        "logOutreach",
        group=group,
        year=scenario.year,
        audience="Operators",
        forum="A regional meeting",
        tookPlace="2018-11-20",
    )

    found = await scenario.member.ask(WORK, id=group, year=scenario.year)

    assert found["group"]["modalities"]["nodes"] == [
        {
            "modality": "Calls every two weeks.",
            "supporters": 1,
            "support": None,
            "withoutObjection": False,
        }
    ]
    assert found["group"]["sessions"]["nodes"] == [
        {
            "state": "HELD",
            "sessionRecord": "Norms were discussed.",
            "began": {"at": "2018-11-13"},
        }
    ]
    [outreach] = found["group"]["outreach"]["nodes"]
    assert outreach["participant"] == {"id": str(scenario.member.person)}
    assert (outreach["audience"], outreach["tookPlace"]) == ("Operators", {"at": "2018-11-20"})
    assert found["cycle"]["outreach"] == {"totalCount": 1}
    assert found["cycle"]["sessions"] == {"totalCount": 1}
    assert found["cycle"]["groupsWithoutSession"]["nodes"] == [{"id": other}]


async def test_group_that_has_presented_owes_word_on_carrying_its_work_forward(
    scenario: ForumScenario,
) -> None:
    group = await scenario.establish()
    session = await scenario.request_session(group)

    async def owes() -> bool:
        query = "query ($id: ID!) { group(id: $id) { owesCarryForward } }"
        return bool((await scenario.member.ask(query, id=group))["group"]["owesCarryForward"])

    requested = await owes()
    await scenario.secretariat.do("recordSessionHeld", session=session, began="2018-11-13")
    presented = await owes()
    await scenario.secretariat.do("declareCarryForward", group=group, year=scenario.year, wish="NO")

    assert (requested, presented, await owes()) == (False, True, False)


async def test_session_is_outside_of_an_annual_meeting_that_was_moved(
    scenario: ForumScenario,
) -> None:
    year = scenario.year
    session = await scenario.request_session(await scenario.establish())

    async def outside() -> bool | None:
        query = (
            "query ($year: Int!) { cycle(year: $year) { sessions { nodes { outsideMeeting } } } }"
        )
        [one] = (await scenario.member.ask(query, year=year))["cycle"]["sessions"]["nodes"]
        found: bool | None = one["outsideMeeting"]
        return found

    days = {"year": year, "timeZone": "Europe/Paris", "place": "Paris"}
    await scenario.secretariat.do(
        "confirmAnnualMeeting", **days, startsOn=f"{year}-11-12", endsOn=f"{year}-11-14"
    )
    requested = await outside()
    await scenario.secretariat.do("scheduleSession", session=session, planned=f"{year}-11-13")
    scheduled = await outside()
    await scenario.secretariat.do(
        "rescheduleAnnualMeeting",
        **days,
        startsOn=f"{year}-12-03",
        endsOn=f"{year}-12-05",
        reason="The venue is not free.",
    )

    assert (requested, scheduled, await outside()) == (None, False, True)
