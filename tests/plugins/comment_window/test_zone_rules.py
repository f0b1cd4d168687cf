"""When the rules of a time zone change, telling the days again derives all windows anew."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import replace
from importlib.resources import files
from pathlib import Path
from uuid import UUID

import pytest

from intersessional.domain.kernel import time_zones
from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.causing_event import CausingEvent
from intersessional.plugins.comment_window.view import COMMENT_WINDOWS, CommentWindowDocument
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.testing import Clock, RunningSystem, instant
from intersessional.projections.kernel.as_of import AsOf
from tests.plugins.scenario import PluginScenario
from tests.plugins.system import data, running

NOW = "2027-03-01T12:00:00Z"
INSIDE = "2027-11-01T12:00:00Z"
AFTER = "2027-12-01T12:00:00Z"
DAYS = ("2027-11-15", "2027-11-19")
IN_PARIS = "2027-10-03T22:00:00Z", "2027-11-19T23:00:00Z"
AN_HOUR_EARLIER = "2027-10-03T21:00:00Z", "2027-11-19T22:00:00Z"
WINDOW = "comment_window."


@contextmanager
def paris_an_hour_ahead(directory: Path) -> Generator[None]:
    """Another version of the package ``tzdata``, in which Paris has the time of Helsinki."""
    paris = directory / "zoneinfo" / "Europe" / "Paris"
    paris.parent.mkdir(parents=True)
    paris.write_bytes((files("tzdata.zoneinfo.Europe") / "Helsinki").read_bytes())
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(time_zones, "_PACKAGE", directory)
            time_zones.zone.cache_clear()
            yield
    finally:
        # Also after a failure: or later tests would have these rules.
        time_zones.zone.cache_clear()


async def window(system: RunningSystem, group: UUID) -> CommentWindowDocument:
    """The window of a group."""
    as_of = AsOf(await system.caught_up())
    key = window_id(group, cycle_id(2027))
    return (await system.backend.reader.get(COMMENT_WINDOWS, [key], as_of))[key].document


async def instants(system: RunningSystem, group: UUID) -> tuple[object, object]:
    """The instants of the window of a group."""
    found = await window(system, group)
    return found.opens_at, found.closes_at


async def test_telling_the_same_days_again_makes_all_windows_of_the_cycle_agree(
    database_url: str, tmp_path: Path
) -> None:
    # Without the timer, which derives windows by the present rules when it starts.
    async with running(database_url, Clock(NOW), replace(plugin, tasks=())) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm(*DAYS)
        with paris_an_hour_ahead(tmp_path):
            [two] = await scenario.establish("Two")
            assert await instants(system, one) == tuple(map(instant, IN_PARIS))
            assert await instants(system, two) == tuple(map(instant, AN_HOUR_EARLIER))

            await scenario.move(*DAYS)

            *_, moved, rescheduled = await system.events()
            assert rescheduled.topic == "comment_window.rescheduled.v1"
            assert data(rescheduled)["cause"] == CausingEvent(moved.stream, moved.version)
            for group in (one, two):
                assert await instants(system, group) == tuple(map(instant, AN_HOUR_EARLIER))
                assert str((await window(system, group)).opens_on) == "2027-10-04"


async def test_window_that_is_open_closes_by_the_new_rules_and_one_that_closed_stays(
    database_url: str, tmp_path: Path
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm(*DAYS)
        clock.set(INSIDE)
        # The timer has derived windows at its start, and goes by the clock.
        await system.until(lambda topics: topics[-1] == "opened", WINDOW)
        with paris_an_hour_ahead(tmp_path):
            await scenario.move(*DAYS)

            opens_at, closes_at = instant(IN_PARIS[0]), instant(AN_HOUR_EARLIER[1])
            assert await instants(system, one) == (opens_at, closes_at)
            clock.set(AFTER)
            await system.until(lambda topics: topics[-1] == "closed", WINDOW)
        await scenario.move(*DAYS)

        assert await instants(system, one) == (opens_at, closes_at)
        assert await system.topics(WINDOW) == ["scheduled", "opened", "adjusted", "closed", "kept"]
        [*_, closed, _] = await system.events(WINDOW)
        assert closed.occurred.begins == closes_at
