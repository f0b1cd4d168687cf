"""The timer records each opening and closing once, on any number of nodes."""

from contextlib import AsyncExitStack
from uuid import UUID, uuid4

import pytest

from intersessional.domain.command_handling.command_context import CommandContext
from intersessional.domain.command_handling.command_handler import Guard
from intersessional.domain.kernel.act import LIVE, Actor, Ground, Provenance, Role
from intersessional.domain.kernel.ids import cycle_id
from intersessional.domain.kernel.refusals import NotFound, RoleRequired, StaleVersion
from intersessional.plugins.comment_window import plugin, timer
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.commands import AdvanceWindow, DeriveWindows
from intersessional.plugins.comment_window.refusals import NothingToAdvance, NothingToDerive
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.plugin import Plugin
from intersessional.plugins.testing import Clock, instant
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import data, running

NOW = "2027-03-01T12:00:00Z"
BEFORE, OPENS = "2027-10-03T21:59:59.999999Z", "2027-10-03T22:00:00Z"
CLOSES = "2027-11-19T23:00:00Z"
AFTER = "2027-12-01T12:00:00Z"
WINDOW = "comment_window."


async def test_a_window_opens_and_closes_by_itself(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")

        clock.set(OPENS)
        await system.until(lambda topics: topics[-1] == "opened", WINDOW)
        clock.set(AFTER)
        await system.until(lambda topics: topics[-1] == "closed", WINDOW)

        scheduled, opened, closed = await system.events(WINDOW)
        assert [opened.occurred.begins, closed.occurred.begins] == [instant(OPENS), instant(CLOSES)]
        assert [opened.recorded_at, closed.recorded_at] == [instant(OPENS), instant(AFTER)]
        nobody = Actor(Role.SYSTEM)
        assert [data(event)["act"].actor for event in (scheduled, opened, closed)] == [nobody] * 3
        assert data(opened)["act"].provenance == data(scheduled)["act"].provenance == LIVE


async def test_a_window_that_moved_does_not_open_when_it_would_have(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        await scenario.move("2027-11-22", "2027-11-26")

        clock.set(OPENS)
        await scenario.establish("Two")
        clock.set("2027-10-11T12:00:00Z")
        await system.until(lambda topics: topics.count("opened") == 2, WINDOW)

        opened = await system.events("comment_window.opened")
        assert {event.occurred.at for event in opened} == {"2027-10-10T22:00:00.000000Z"}


async def test_several_nodes_record_each_turn_once(database_url: str) -> None:
    clock = Clock(NOW)
    async with AsyncExitStack() as stack:
        nodes = [
            await stack.enter_async_context(running(database_url, clock, plugin)) for _ in range(3)
        ]
        scenario = await PluginScenario(system=nodes[0], drafted=True).begin()
        await scenario.establish("One", "Two", "Three")
        await scenario.confirm("2027-11-15", "2027-11-19")
        for node in nodes:
            await node.caught_up()

        clock.set(OPENS)
        await nodes[1].until(lambda topics: topics.count("opened") == 3, WINDOW)
        clock.set(CLOSES)
        await nodes[2].until(lambda topics: topics.count("closed") == 3, WINDOW)

        topics = await nodes[0].topics(WINDOW)
        assert topics == ["scheduled"] * 3 + ["opened"] * 3 + ["closed"] * 3


async def test_window_that_is_refused_stops_no_other_and_is_tried_again(
    database_url: str, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timer, "_RETRY_MIN_S", 0)
    clock, refused, tries = Clock(NOW), set[UUID](), 0

    async def refuse(command: AdvanceWindow, context: CommandContext) -> None:
        nonlocal tries
        if command.window in refused:
            tries += 1
            raise NotFound(kind="window", id=str(command.window))

    async def refuse_derivation(command: DeriveWindows, context: CommandContext) -> None:
        # A timer that starts late would otherwise open every window as it derives them.
        raise NotFound(kind="cycle", id=str(command.year))

    guards = (
        Guard(AdvanceWindow, refuse, (NotFound,)),
        Guard(DeriveWindows, refuse_derivation, (NotFound,)),
    )
    obstacle = Plugin(name="obstacle", guards=guards)
    async with running(database_url, clock, plugin, obstacle) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        groups = await scenario.establish("One", "Two", "Three")
        await scenario.confirm("2027-11-15", "2027-11-19")
        refused.add(window_id(groups[0], cycle_id(2027)))
        await system.caught_up()

        clock.set(OPENS)
        await system.until(lambda topics: topics.count("opened") == 2, WINDOW)
        clock.set(CLOSES)
        await system.until(lambda topics: topics.count("closed") == 2, WINDOW)
        tried = tries
        refused.clear()
        await system.until(lambda topics: topics.count("closed") == 3, WINDOW)

    assert tried > 1
    failed = [one for one in caplog.records if "advancing the window" in one.getMessage()]
    assert len(failed) == 1


async def test_opening_and_closing_while_no_node_ran_is_recorded_afterwards(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
    clock.set(AFTER)

    async with running(database_url, clock, plugin) as system:
        await system.until(lambda topics: "closed" in topics, WINDOW)

        _, opened, closed = await system.events(WINDOW)
        assert [opened.occurred.begins, closed.occurred.begins] == [instant(OPENS), instant(CLOSES)]
        assert [opened.recorded_at, closed.recorded_at] == [instant(AFTER)] * 2


async def test_restart_derives_no_window_that_exists(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        head = await system.caught_up()

    async with running(database_url, clock, plugin) as system:
        clock.set(OPENS)
        await system.until(lambda topics: "opened" in topics, WINDOW)

        assert await system.topics(after=head) == ["comment_window.opened"]


async def test_plugin_installed_later_derives_the_windows_it_missed(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        one, two = await scenario.establish("One", "Two")
        await scenario.confirm("2027-11-15", "2027-11-19")
        *_, confirmed = await system.events()
    clock.set("2027-04-01T12:00:00Z")

    async with AsyncExitStack() as stack:
        nodes = [
            await stack.enter_async_context(running(database_url, clock, plugin)) for _ in range(2)
        ]
        await nodes[0].until(lambda topics: len(topics) >= 2, WINDOW)
        clock.set(OPENS)
        await nodes[1].until(lambda topics: topics.count("opened") == 2, WINDOW)

        assert await nodes[0].topics(WINDOW) == ["scheduled"] * 2 + ["opened"] * 2
        scheduled = await nodes[0].events("comment_window.scheduled")
        assert {event.stream for event in scheduled} == {
            window_id(one, cycle_id(2027)),
            window_id(two, cycle_id(2027)),
        }
        for event in scheduled:
            assert data(event)["act"].provenance == Provenance(Ground.INFERRED)
            assert data(event)["cause"] == CausingEvent(confirmed.stream, confirmed.version)
            assert event.occurred == confirmed.occurred


async def test_a_plugin_that_was_away_while_the_meeting_moved_catches_up(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
    async with running(database_url, clock) as system:
        await PluginScenario(system=system).move("2027-12-06", "2027-12-10")

    async with running(database_url, clock, plugin) as system:
        await system.until(lambda topics: "rescheduled" in topics, WINDOW)

        *_, rescheduled = await system.events()
        assert data(rescheduled)["rule"].opens_at == instant("2027-10-25T00:00:00+02:00")


async def test_early_or_stale_turn_of_a_window_is_refused(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        window, someone = window_id(group, cycle_id(2027)), await scenario.person(uuid4())
        clock.set(BEFORE)

        with pytest.raises(NothingToAdvance) as early:
            await system.submit(AdvanceWindow(command_id=uuid4(), window=window))
        with pytest.raises(StaleVersion):
            await system.submit(
                AdvanceWindow(command_id=uuid4(), window=window, expected_version=7)
            )
        with pytest.raises(RoleRequired):
            await system.submit(AdvanceWindow(command_id=uuid4(), window=window), someone)
        with pytest.raises(NothingToDerive):
            await system.submit(DeriveWindows(command_id=uuid4(), year=2027))
        with pytest.raises(RoleRequired):
            await system.submit(DeriveWindows(command_id=uuid4(), year=2027), someone)

        assert early.value.opens_at == instant(OPENS)
