"""Comments of history are measured by what sources state of their window."""

from collections.abc import Iterable
from uuid import UUID, uuid4

import pytest

from intersessional.domain.kernel.act import Ground, Provenance
from intersessional.domain.kernel.caller import Caller
from intersessional.domain.kernel.refusals import Refused
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.refusals import (
    WindowClosed,
)
from intersessional.plugins.testing import Clock, instant
from tests.plugins.scenario import PluginScenario, comment
from tests.plugins.system import running

OPENS, CLOSES = "2027-10-03T22:00:00Z", "2027-11-19T23:00:00Z"

ILLUSTRATION = Provenance(Ground.ILLUSTRATION)


async def became(scenario: PluginScenario, draft: UUID, times: Iterable[str]) -> dict[str, str]:
    """What became of comments of these times, on the ground of the scenario."""
    someone = await scenario.person(uuid4())
    in_the_name_of = Caller(person=someone.person, operator=True)
    outcomes: dict[str, str] = {}
    for occurred in times:
        command = comment(draft, occurred=occurred, provenance=scenario.provenance)
        try:
            await scenario.system.submit(command, in_the_name_of)
        except Refused as refused:
            outcomes[occurred] = refused.code
        else:
            outcomes[occurred] = "taken"
    return outcomes


async def test_illustrated_comment_certainly_made_outside_the_window_is_refused(
    database_url: str,
) -> None:
    expected = {
        "2027-10-03T21:59:59Z": "WINDOW_NOT_OPEN",
        "2027-10-02": "WINDOW_NOT_OPEN",
        "2027-09": "WINDOW_NOT_OPEN",
        "2027-10-03": "taken",
        "2027-10": "taken",
        "2027": "taken",
        "2027-10-03T22:00:00Z": "taken",
        "2027-11-19": "taken",
        "2027-11-19T23:00:00Z": "WINDOW_CLOSED",
        "2027-11-20": "WINDOW_CLOSED",
        "2028": "WINDOW_CLOSED",
    }
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = await PluginScenario(system=system).at("2026", ILLUSTRATION).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft = await scenario.draft(group)

        assert await became(scenario, draft, expected) == expected


async def test_comment_of_history_is_measured_by_what_sources_state_alone(
    database_url: str,
) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = (await PluginScenario(system=system).begin()).at("2026")
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft = await scenario.draft(group)

        assert set((await became(scenario, draft, ["2027-09", "2027-10", "2028"])).values()) == {
            "taken"
        }

        await scenario.at("2027-11-02").opening(group)
        await scenario.at("2027-12-06").closing(group)
        expected = {
            "2027-11-01": "WINDOW_NOT_OPEN",
            "2027-11-02": "taken",
            "2027-11-25": "taken",
            "2027-12-06": "taken",
            "2027-12-07": "WINDOW_CLOSED",
        }
        assert await became(scenario, draft, expected) == expected


async def test_live_comment_on_a_draft_of_history_is_refused(database_url: str) -> None:
    async with running(database_url, Clock("2031-01-01T00:00:00Z"), plugin) as system:
        scenario = (await PluginScenario(system=system).begin()).at("2026")
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())

        with pytest.raises(WindowClosed) as refused:
            await system.submit(comment(draft), someone)

        assert vars(refused.value) == {
            "opened_at": instant(OPENS),
            "closed_at": instant(CLOSES),
        }
