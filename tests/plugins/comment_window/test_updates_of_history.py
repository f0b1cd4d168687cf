"""Windows of history follow from facts told later, with their ground and their time."""

import pytest

from intersessional.domain.kernel.act import Citation, Ground, Provenance
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.refusals import WindowNotScheduled
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Clock, instant
from tests.plugins.comment_window.windows import OPENS, window
from tests.plugins.scenario import IMPORTED, PluginScenario
from tests.plugins.system import data, running

ILLUSTRATION = Provenance(Ground.ILLUSTRATION)


async def test_imported_history_moves_what_is_due_and_opens_nothing(database_url: str) -> None:
    clock = Clock("2031-01-01T00:00:00Z")
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.at("2027-05").establish("One")
        await scenario.at("2027-06").confirm("2027-11-15", "2027-11-19")
        await scenario.at("2027-10").draft(one)

        await scenario.at("2027-07").move("2027-12-06", "2027-12-10")
        await scenario.at("2027-12-09").move("2027-12-06", "2027-12-12")

        found = await window(system, one)
        assert found.opens_at == instant("2027-10-25T00:00:00+02:00")
        assert found.closes_at == instant("2027-12-13T00:00:00+01:00")
        assert (found.state, found.opened, found.closed) == (WindowState.SCHEDULED, None, None)
        assert [
            (event.topic.split(".")[1], event.occurred.at)
            for event in await system.events("comment_window.")
        ] == [
            ("scheduled", "2027-06"),
            ("rescheduled", "2027-07"),
            ("rescheduled", "2027-12-09"),
        ]


async def test_opening_and_closing_of_history_come_from_a_source(database_url: str) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [one] = await scenario.at("2027-05").establish("One")
        with pytest.raises(WindowNotScheduled):
            await scenario.at("2027-10-06").opening(one)
        await scenario.at("2027-06").confirm("2027-11-15", "2027-11-19")

        await scenario.at("2027-10-06").opening(one)
        await scenario.at("2027-11-22").closing(one)

        found = await window(system, one)
        assert found.opens_at == instant(OPENS)
        assert (found.opened, found.closed) == (
            Occurred.parse("2027-10-06"),
            Occurred.parse("2027-11-22"),
        )
        for repeated in (scenario.at("2027-10-07").opening, scenario.at("2027-11-23").closing):
            with pytest.raises(AlreadyRecorded):
                await repeated(one)
        with pytest.raises(BadValue):
            await scenario.opening(one)


@pytest.mark.parametrize("meeting_first", [True, False])
async def test_a_window_was_scheduled_when_all_had_happened_that_it_follows_from(
    database_url: str, meeting_first: bool
) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        if meeting_first:
            await scenario.at("2027-04-04/2027-06-13").confirm("2027-11-15", "2027-11-19")
        await scenario.at("2027-05").establish("One")
        if not meeting_first:
            await scenario.at("2027-04-04/2027-06-13").confirm("2027-11-15", "2027-11-19")

        scheduled, *_ = await system.events("comment_window.")

        assert scheduled.occurred.at == "2027-05-01/2027-06-13"


@pytest.mark.parametrize(
    ("of_the_group", "of_the_meeting", "of_the_window"),
    [
        (IMPORTED, IMPORTED, Provenance(Ground.INFERRED, (Citation("minutes"),))),
        (
            Provenance(Ground.IMPORTED, (Citation("list"), Citation("minutes"))),
            Provenance(Ground.INFERRED, (Citation("site"), Citation("minutes"))),
            Provenance(Ground.INFERRED, (Citation("site"), Citation("minutes"), Citation("list"))),
        ),
        (IMPORTED, ILLUSTRATION, Provenance(Ground.ILLUSTRATION, (Citation("minutes"),))),
    ],
)
async def test_window_has_the_weakest_ground_of_its_basis(
    database_url: str,
    of_the_group: Provenance,
    of_the_meeting: Provenance,
    of_the_window: Provenance,
) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        await scenario.at("2027-05", of_the_group).establish("One")

        await scenario.at("2027-06", of_the_meeting).confirm("2027-11-15", "2027-11-19")

        events = await system.events("comment_window.")
        assert [data(event)["act"].provenance for event in events] == [of_the_window]
