"""A clock jumps: nothing is recorded by it, no window closes, and the node says so."""

import asyncio
import logging
from datetime import datetime, timedelta
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.event_store import ClockDiffers
from intersessional.graphql.execution.public_errors import public_error
from intersessional.infra.clock import CheckedClock, now
from intersessional.infra.health import health_probe
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.testing import RunningSystem, running
from tests.plugins.scenario import PluginScenario, comment

WAIT_MAX_S = 30
JUMP = timedelta(days=40)
READINGS = 2
"""Only the timer of windows reads it while nothing is sent."""


@pytest.fixture(autouse=True)
def quick_probes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_probe, "SHARED_S", 0.0)


class Wall:
    """A clock that can be set, and counts how often it was read."""

    def __init__(self, ahead: timedelta = timedelta()) -> None:
        self.ahead = ahead
        self.readings = 0

    def __call__(self) -> datetime:
        self.readings += 1
        return now() + self.ahead

    async def read_often(self) -> None:
        """Wait until it was read some more times."""
        until = self.readings + READINGS
        async with asyncio.timeout(WAIT_MAX_S):
            while self.readings < until:  # noqa: ASYNC110  A clock rings no bell.
                await asyncio.sleep(0.02)


async def problems(system: RunningSystem) -> list[str]:
    return [one.code for one in (await system.backend.health.report()).problems]


async def test_windows_outlive_a_clock_that_jumps(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    wall = Wall()
    day = (now() + timedelta(days=10)).date()
    async with running(plugin, clock=CheckedClock(wall), database_url=database_url) as system:
        scenario = await PluginScenario(system=system, year=day.year).begin()
        [group] = await scenario.establish("One")
        draft = await scenario.draft(group)
        await scenario.confirm(str(day), str(day))
        await system.until(lambda topics: topics[-1:] == ["opened"], "comment_window.")
        commenter = await scenario.person(uuid4())
        await system.submit(comment(draft), commenter)
        head = await system.caught_up()

        for jump in (JUMP, -JUMP):
            caplog.clear()
            wall.ahead = jump
            await wall.read_often()
            with pytest.raises(ClockDiffers, match="3456000 s") as refused:
                await system.submit(comment(draft), commenter)
            assert public_error(refused.value).code == "UNAVAILABLE"
            assert await problems(system) == ["CLOCK_DIFFERS"]
            wall.ahead = timedelta()
            await wall.read_often()
            said = [one.levelno for one in caplog.records if "clock" in one.message]
            assert said == [logging.ERROR, logging.WARNING]
            assert await problems(system) == []

        await system.submit(comment(draft), commenter)
        assert await system.topics("comment_window.") == ["scheduled", "opened"]
        assert await system.caught_up() == head + 1


async def test_nothing_is_recorded_while_the_last_event_is_one_of_the_future(
    database_url: str,
) -> None:
    async with running(clock=Wall(JUMP), database_url=database_url) as wrong:
        await PluginScenario(system=wrong, year=2027).begin()
    async with running(clock=CheckedClock(), database_url=database_url) as system:
        head = await system.caught_up()

        with pytest.raises(ClockDiffers, match="was recorded"):
            await PluginScenario(system=system, year=2028).begin()
        assert await problems(system) == ["CLOCK_DIFFERS"]
        assert await system.caught_up() == head
