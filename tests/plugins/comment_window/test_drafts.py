"""A window opens with a published draft, and not without one."""

from typing import Any
from uuid import UUID, uuid4

import pytest

from intersessional.domain.kernel.ids import cycle_id
from intersessional.plugins.comment_window import plugin
from intersessional.plugins.comment_window.refusals import WindowLapsed, WindowNotOpen
from intersessional.plugins.comment_window.window_id import window_id
from intersessional.plugins.comment_window.window_state import WindowState
from intersessional.plugins.testing import Clock, RunningSystem, instant
from tests.plugins.scenario import PluginScenario, comment
from tests.plugins.system import data, running

NOW = "2027-03-01T12:00:00Z"
OPENS, CLOSES = "2027-10-03T22:00:00.000000Z", "2027-11-19T23:00:00.000000Z"
INSIDE = "2027-11-01T12:00:00Z"
AFTER = "2027-12-01T12:00:00Z"
WINDOW = "comment_window."

_WINDOW = """query ($id: ID!) { node(id: $id) { ... on CommentWindow {
    state opensAt opensOn daysBefore daysBeforeByRule opened { at } closed { at } } } }"""


async def shown(system: RunningSystem, group: UUID) -> dict[str, Any]:
    """The window of a group, as the API shows it."""
    node: dict[str, Any] = (await system.query(_WINDOW, id=str(window_id(group, cycle_id(2027)))))[
        "node"
    ]
    return node


async def test_window_without_a_draft_is_due_and_opens_with_the_draft(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(OPENS)
        await system.until(lambda topics: topics[-1] == "became_due", WINDOW)
        due = await shown(system, group)
        clock.set(INSIDE)

        draft = await scenario.draft(group)

        [*_, published, opened] = await system.events()
        assert published.topic == "draft.published.v1"
        assert (opened.topic, opened.occurred) == ("comment_window.opened.v1", published.occurred)
        assert (data(opened)["draft_id"], data(opened)["revision"]) == (draft, 1)
        assert data(opened)["opens_at"] == instant(OPENS)
        await system.submit(comment(draft), await scenario.person(uuid4()))
        assert due == {
            "state": "DUE",
            "opensAt": OPENS,
            "opensOn": "2027-10-04",
            "daysBefore": 42,
            "daysBeforeByRule": 42,
            "opened": None,
            "closed": None,
        }
        assert await shown(system, group) == due | {
            "state": "OPEN",
            "daysBefore": 14,
            "opened": {"at": "2027-11-01T12:00:00.000000Z"},
        }


async def test_window_lapses_when_its_days_pass_without_a_draft(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(AFTER)
        await system.until(lambda topics: topics[-1] == "lapsed", WINDOW)

        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
        with pytest.raises(WindowLapsed) as refused:
            await system.submit(comment(draft), someone)

        assert vars(refused.value) == {"opens_at": instant(OPENS), "closes_at": instant(CLOSES)}
        assert await system.topics(WINDOW) == ["scheduled", "became_due", "lapsed"]
        window = await shown(system, group)
        assert (window["state"], window["daysBefore"]) == ("LAPSED", None)
        assert (window["opened"], window["closed"]) == (None, None)


async def test_comment_made_while_the_window_was_due_is_refused_when_it_is_entered(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(INSIDE)
        draft = await scenario.draft(group)
        clock.set(AFTER)

        with pytest.raises(WindowNotOpen) as refused:
            await system.submit(comment(draft, occurred="2027-10-20"))

        assert refused.value.state is WindowState.DUE
        await system.submit(comment(draft, occurred="2027-11-03"))


async def test_second_draft_opens_nothing_again(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system, drafted=True).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(INSIDE)
        await system.until(lambda topics: topics[-1] == "opened", WINDOW)

        await scenario.draft(group)

        assert await system.topics(WINDOW) == ["scheduled", "opened"]
        [_, opened] = await system.events(WINDOW)
        assert opened.occurred.at == OPENS


async def test_draft_published_while_the_plugin_was_away_opens_the_window(
    database_url: str,
) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        clock.set(OPENS)
        await system.until(lambda topics: topics[-1] == "became_due", WINDOW)
    async with running(database_url, clock) as system:
        await PluginScenario(system=system).draft(group)
    clock.set(INSIDE)

    async with running(database_url, clock, plugin) as system:
        await system.until(lambda topics: topics[-1] == "opened", WINDOW)
