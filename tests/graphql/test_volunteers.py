"""Volunteers of a group, their names, and calls whose state depends on the instant."""

import pytest

from tests.graphql.scenario import ForumScenario

pytestmark = pytest.mark.asyncio(loop_scope="session")

GROUP = """query ($id: ID!, $at: DateTime!) { group(id: $id) {
    formedInPart formedInPartAt: formedInPart(at: $at)
    volunteers { totalCount nodes { name region withdrawn participant { id } } }
    volunteerCalls(state: OPEN, at: $at) { nodes { id state(at: $at) volunteers { totalCount } } }
    calls { totalCount } } }"""
AT = "2118-01-01T00:00:00Z"


async def test_group_for_one_occasion_is_formed_of_those_who_volunteer(
    scenario: ForumScenario,
) -> None:
    group = await scenario.establish("On the call", kind="AD_HOC")
    call = await scenario.launch_call("volunteers", group=group, closes="2118-02-01")
    own = await scenario.volunteer(group, call=call)
    for fields in ({"name": "Ann Other"}, {"participant": str(scenario.member.person)}):
        await scenario.secretariat.do("offerToVolunteer", group=group, **fields)

    found = (await scenario.member.ask(GROUP, id=group, at=AT))["group"]

    assert found["calls"]["totalCount"] == 0
    assert (found["formedInPart"], found["formedInPartAt"]) == (True, True)
    [listed] = found["volunteerCalls"]["nodes"]
    assert listed == {"id": call, "state": "OPEN", "volunteers": {"totalCount": 1}}
    sender, named, member = found["volunteers"]["nodes"]
    assert sender["participant"] == {"id": str(scenario.commenter.person)}
    assert (named["name"], named["participant"]) == ("Ann Other", None)
    assert member["participant"] == {"id": str(scenario.member.person)}

    await scenario.commenter.do("withdrawVolunteerOffer", offer=own)
    found = (await scenario.member.ask(GROUP, id=group, at="2118-02-02T00:00:00Z"))["group"]
    assert found["volunteers"]["totalCount"] == 2
    assert found["volunteerCalls"]["nodes"] == []
    assert (found["formedInPart"], found["formedInPartAt"]) == (True, False)

    await scenario.secretariat.do("closeCall", call=call)
    found = (await scenario.member.ask(GROUP, id=group, at="2118-01-01T00:00:00Z"))["group"]
    assert (found["formedInPart"], found["formedInPartAt"]) == (False, False)


async def test_only_a_group_for_one_occasion_that_calls_for_more_is_formed_in_part(
    scenario: ForumScenario,
) -> None:
    complete = await scenario.establish("Nobody is called for", kind="AD_HOC")
    working = await scenario.establish("A working group")
    await scenario.launch_call("volunteers", group=working)

    for group in (complete, working):
        found = (await scenario.member.ask(GROUP, id=group, at=AT))["group"]
        assert (found["formedInPart"], found["formedInPartAt"]) == (False, False)


async def test_state_of_calls_needs_an_instant(scenario: ForumScenario) -> None:
    await scenario.launch_call(closes="2118-02-01")
    query = """query ($year: Int!, $state: CallState, $at: DateTime) { cycle(year: $year) {
        calls(state: $state, at: $at, first: 1) { totalCount pageInfo { hasNextPage endCursor }
          nodes { state } } } }"""
    ask = scenario.member.ask

    assert await scenario.member.codes(query, year=scenario.year, state="OPEN") == [
        "INSTANT_REQUIRED"
    ]
    calls = (await ask(query, year=scenario.year))["cycle"]["calls"]
    assert calls["nodes"] == [{"state": None}]
    await scenario.launch_call("workshops", closes="2118-03-01")
    calls = (await ask(query, year=scenario.year, state="OPEN", at=AT))["cycle"]["calls"]
    assert (calls["totalCount"], calls["pageInfo"]["hasNextPage"]) == (2, True)
