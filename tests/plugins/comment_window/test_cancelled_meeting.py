"""A cancelled annual meeting cancels the windows that have not opened."""

from uuid import uuid4

import pytest

from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.refusals import WindowNotScheduled
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Clock, instant
from tests.plugins.comment_window.windows import NOW, window
from tests.plugins.scenario import PluginScenario, comment
from tests.plugins.system import running


async def test_cancelled_meeting_cancels_what_has_not_opened_until_it_has_days_again(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")

        await scenario.cancel()

        assert (await window(system, one)).state is WindowState.CANCELLED
        someone = await scenario.person(uuid4())
        [draft] = {event.stream for event in await system.events("draft.")}
        clock.set("2027-10-20T12:00:00Z")
        with pytest.raises(WindowNotScheduled):
            await system.submit(comment(draft), someone)

        await scenario.confirm("2027-12-06", "2027-12-10")

        assert (await window(system, one)).opens_at == instant("2027-10-25T00:00:00+02:00")
        assert await system.topics("comment_window.") == ["scheduled", "cancelled", "rescheduled"]


async def test_cancelled_meeting_leaves_an_open_window_open(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [one] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set("2027-10-20T12:00:00Z")

        await scenario.cancel()

        assert (await window(system, one)).state is WindowState.OPEN
        clock.set("2027-12-01T12:00:00Z")
        await system.until(lambda topics: topics[-1] == "closed", "comment_window.")
