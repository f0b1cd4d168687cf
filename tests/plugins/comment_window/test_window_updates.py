"""Windows follow the annual meeting, the policy and the groups, in the same append."""

import asyncio
from dataclasses import replace
from uuid import uuid4

from intersessional.domain.decision.commands import OutcomeChoice, Renew
from intersessional.domain.draft.block import WrittenBlock
from intersessional.domain.draft.commands import ReviseDraft
from intersessional.domain.kernel.act import Actor, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.time_zones import TZDATA_VERSION
from intersessional.domain.policy.commands import SetPolicy
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Clock, instant
from intersessional.projections.kernel.as_of import AsOf
from tests.plugins.comment_window.windows import CLOSES, NOW, OPENS, window, windows
from tests.plugins.scenario import OTHER_WEEKS, PluginScenario, comment
from tests.plugins.system import data, running


async def test_every_group_gets_its_window_when_the_days_are_confirmed(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        one, two = await scenario.establish("One", "Two")
        assert await windows(system, one, two) == [None, None]

        position = await scenario.confirm("2027-11-15", "2027-11-19")

        confirmed, *scheduled = await system.events(after=position - 3)
        assert confirmed.topic == "annual_meeting.confirmed.v1"
        assert [event.stream for event in scheduled] == [
            window_id(one, cycle_id(2027)),
            window_id(two, cycle_id(2027)),
        ]
        for event in scheduled:
            assert data(event)["rule"].opens_at == instant(OPENS)
            assert data(event)["rule"].closes_at == instant(CLOSES)
            rule = data(event)["rule"]
            assert rule.annual_meeting == CausingEvent(confirmed.stream, confirmed.version)
            assert (rule.policy, rule.tzdata) == (None, TZDATA_VERSION)
            assert data(event)["cause"] == CausingEvent(confirmed.stream, confirmed.version)
            assert data(event)["act"] == replace(data(confirmed)["act"], actor=Actor(Role.SYSTEM))


async def test_a_group_that_comes_later_gets_its_window_with_it(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.confirm("2027-11-15", "2027-11-19")
        assert await system.topics("comment_window.") == []

        [one] = await scenario.establish("One")

        scheduled = await window(system, one)
        assert scheduled.opens_at == instant(OPENS)
        assert scheduled.cause == CausingEvent(one, 1)


async def test_policy_sets_the_number_of_weeks(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.confirm("2027-11-15", "2027-11-19")

        one, two = await scenario.establish("One", "Two", weeks=4)
        assert (await window(system, one)).opens_at == instant("2027-10-18T00:00:00+02:00")
        await scenario.weeks(8)

        moved = await windows(system, one, two)
        assert [found and found.opens_at for found in moved] == [
            instant("2027-09-20T00:00:00+02:00")
        ] * 2
        assert await system.topics("comment_window.") == ["scheduled"] * 2 + ["rescheduled"] * 2
        [*_, last] = await system.events("comment_window.")
        [*_, policy] = await system.events("policy.")
        assert data(last)["cause"] == CausingEvent(policy.stream, policy.version)
        assert data(last)["rule"].policy == CausingEvent(policy.stream, policy.version)


async def test_windows_follow_a_general_policy_where_the_cycle_has_none(
    database_url: str,
) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.confirm("2027-11-15", "2027-11-19")
        [one] = await scenario.establish("One")

        general = SetPolicy(key="COMMENT_WINDOW_WEEKS", value=4, general=True)
        decision = replace(
            scenario.decision(),
            overrides=(OTHER_WEEKS,),
            outcomes=(OutcomeChoice(set_policy=general),),
        )
        await system.submit(decision)

        assert (await window(system, one)).opens_at == instant("2027-10-18T00:00:00+02:00")
        await scenario.weeks(6)
        assert (await window(system, one)).opens_at == instant(OPENS)


async def test_a_meeting_that_moves_takes_its_windows_along(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        one, two = await scenario.establish("One", "Two")
        await scenario.confirm("2027-11-15", "2027-11-19")

        position = await scenario.move("2027-12-06", "2027-12-10")

        moved, *rescheduled = await system.events(after=position - 3)
        assert moved.topic == "annual_meeting.rescheduled.v1"
        assert [event.stream for event in rescheduled] == [
            window_id(one, cycle_id(2027)),
            window_id(two, cycle_id(2027)),
        ]
        for event in rescheduled:
            assert data(event)["rule"].opens_at == instant("2027-10-25T00:00:00+02:00")
            assert data(event)["rule"].closes_at == instant("2027-12-11T00:00:00+01:00")
            assert data(event)["cause"] == CausingEvent(moved.stream, moved.version)


async def test_a_window_follows_the_time_zone_of_the_meeting(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")

        await scenario.correct("America/Lima")

        found = await window(system, one)
        assert found.opens_at == instant("2027-10-04T00:00:00-05:00")
        assert found.closes_at == instant("2027-11-20T00:00:00-05:00")


async def test_open_window_is_prolonged_and_a_closed_one_stays(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set("2027-11-01T12:00:00Z")

        await scenario.move("2027-11-22", "2027-11-26")

        prolonged = await window(system, one)
        assert prolonged.opens_at == instant(OPENS)
        assert prolonged.closes_at == instant("2027-11-27T00:00:00+01:00")
        clock.set("2027-12-01T12:00:00Z")

        await scenario.move("2027-12-06", "2027-12-10")

        unchanged = await window(system, one)
        assert (unchanged.opens_at, unchanged.closes_at) == (
            prolonged.opens_at,
            prolonged.closes_at,
        )
        assert await system.topics("comment_window.") == [
            "scheduled",
            "opened",
            "extended",
            "closed",
            "kept",
        ]


async def test_closed_window_is_not_prolonged_afterwards(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set("2027-12-01T12:00:00Z")

        late_scenario = PluginScenario(system=system, occurred=Occurred.parse("2027-11-17"))
        await late_scenario.move("2027-12-06", "2027-12-10")

        assert (await window(system, one)).closes_at == instant(CLOSES)


async def test_closed_window_stays_closed_for_a_node_with_a_late_clock(database_url: str) -> None:
    clock, slow_clock = Clock(NOW), Clock(NOW)
    async with (
        running(database_url, clock, plugin) as system,
        running(database_url, slow_clock, plugin) as slow,
    ):
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        slow_clock.set("2027-11-19T22:59:59Z")
        clock.set("2027-11-19T23:00:00Z")
        await system.until(lambda topics: "closed" in topics, "comment_window.")

        await PluginScenario(system=slow).move("2027-12-06", "2027-12-10")

        assert (await window(system, one)).closes_at == instant(CLOSES)
        assert (await system.topics("comment_window."))[-1] == "kept"


async def test_concurrent_commands_miss_no_window(database_url: str) -> None:
    async with running(database_url, Clock(NOW), plugin) as system:
        scenario = await PluginScenario(system=system).begin()

        await asyncio.gather(
            *(system.submit(scenario.decision(f"Group {n}")) for n in range(4)),
            scenario.confirm("2027-11-15", "2027-11-19"),
            scenario.weeks(4),
            *(system.submit(scenario.decision(f"Group {n}")) for n in range(4, 8)),
        )

        groups = [event.stream for event in await system.events("group.established")]
        found = await windows(system, *groups)
        assert len(groups) == 8
        assert [one and one.opens_at for one in found] == [instant("2027-10-18T00:00:00+02:00")] * 8


async def test_group_that_is_renewed_has_a_window_of_its_own_in_each_cycle(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft = await scenario.draft(one)
        clock.set("2027-12-01T12:00:00Z")
        await system.until(lambda topics: topics[-1] == "closed", "comment_window.")
        following = await PluginScenario(system=system, year=2028, chair=uuid4()).begin()
        renewal = OutcomeChoice(renew=Renew(group=one))
        await system.submit(replace(following.decision(), outcomes=(renewal,)))
        clock.set("2028-10-10T12:00:00Z")

        await following.confirm("2028-11-13", "2028-11-17")

        key = window_id(one, cycle_id(2028))
        as_of = AsOf(await system.caught_up())
        [found] = (await system.backend.reader.get(COMMENT_WINDOWS, [key], as_of)).values()
        assert found.document.state is WindowState.DUE
        assert (await window(system, one)).state is WindowState.CLOSED
        revision = ReviseDraft(command_id=uuid4(), draft=draft, blocks=(WrittenBlock(text="A."),))
        await system.submit(revision)
        await system.submit(comment(draft), await scenario.person(uuid4()))
        answer = await system.query(
            """query ($id: ID!) { group(id: $id) { now: commentWindow { state }
                then: commentWindow(year: 2027) { state } never: commentWindow(year: 2026) { id }
                drafts { nodes { commentWindow { state } } } } }""",
            id=str(one),
        )
        assert answer["group"] == {
            "now": {"state": "OPEN"},
            "then": {"state": "CLOSED"},
            "never": None,
            "drafts": {"nodes": [{"commentWindow": {"state": "OPEN"}}]},
        }
