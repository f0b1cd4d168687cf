"""A clock jumps: nothing is recorded by it, no window closes, and the node says so."""

import asyncio
import logging
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.event_store import ClockDiffers
from intersessional.graphql.execution.public_errors import public_error
from intersessional.infra.clock import CheckedClock, now
from intersessional.infra.health import health_probe
from intersessional.infra.importer import import_history
from intersessional.infra.importer.command_builder import CommandBuilder
from intersessional.infra.importer.history import parse_history
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.testing import RunningSystem, running
from tests.infra.cli.program import run
from tests.plugins.scenario import PluginScenario, comment

WAIT_MAX_S = 30
JUMP = timedelta(days=40)
ENTRIES = 60
LONG = "history: long\nentries:\n" + "".join(
    f"""\
  - key: source-{n}
    command: ListSource
    occurred: 2018
    sources: [source-{n}]
    fields: {{key: source-{n}, title: A source}}
"""
    for n in range(ENTRIES)
)
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
        self.jumps_at: int | None = None
        """The reading at which it jumps by itself."""

    def __call__(self) -> datetime:
        self.readings += 1
        if self.readings == self.jumps_at:
            self.ahead = JUMP
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


async def test_clock_that_jumps_in_the_middle_of_an_import_records_none_of_it(
    database_url: str,
) -> None:
    wall = Wall()
    async with running(clock=CheckedClock(wall), database_url=database_url) as system:
        handlers = system.backend.composition.command_handlers
        head = await system.caught_up()
        command_bus, history = system.backend.command_bus, parse_history("long.yaml", LONG)
        envelopes = [one.envelope for one in CommandBuilder(handlers).build(history)]

        wall.jumps_at = wall.readings + 20
        with pytest.raises(ClockDiffers):
            await import_history(command_bus, [history], handlers)
        with pytest.raises(ClockDiffers):
            await command_bus.preview_all(envelopes)
        assert await system.caught_up() == head

        wall.jumps_at, wall.ahead = None, timedelta()
        assert len(await command_bus.preview_all(envelopes)) == ENTRIES
        assert (await import_history(command_bus, [history], handlers)).recorded == ENTRIES


async def test_nothing_is_recorded_while_the_last_event_is_one_of_the_future(
    database_url: str, tmp_path: Path
) -> None:
    async with running(clock=Wall(JUMP), database_url=database_url) as wrong:
        await PluginScenario(system=wrong, year=2027).begin()
    file = tmp_path / "long.yaml"
    file.write_text(LONG)
    imported = await run("import", str(file), DATABASE_URL=database_url)
    assert (imported.code, imported.out) == (1, "")
    assert "was recorded" in imported.err
    assert "Traceback" not in imported.err
    async with running(clock=CheckedClock(), database_url=database_url) as system:
        head = await system.caught_up()

        with pytest.raises(ClockDiffers, match="was recorded"):
            await PluginScenario(system=system, year=2028).begin()
        assert await problems(system) == ["CLOCK_DIFFERS"]
        assert await system.caught_up() == head
