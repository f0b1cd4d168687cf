"""Removal of a plugin: the core works without it, and its events can still be read."""

from typing import Any
from uuid import uuid4

from intersessional.plugins.comment_window import plugin
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from intersessional.plugins.testing import Clock, RunningSystem
from tests.plugins.scenario import PluginScenario, comment
from tests.plugins.system import running

NOW = "2027-03-01T12:00:00Z"
AFTER = "2027-12-01T12:00:00Z"

_TRAIL = """{ auditTrail(first: 100) { nodes {
    position topic name summary stream data } } }"""
_GROUPS = "{ cycle(year: 2027) { groups { nodes { name drafts { nodes { title } } } } } }"
_WINDOWS = "{ cycle(year: 2027) { groups { nodes { commentWindow { state closesOn } } } } }"


async def trail(system: RunningSystem) -> list[dict[str, Any]]:
    """The audit trail's events of comment windows."""
    nodes: list[dict[str, Any]] = (await system.query(_TRAIL))["auditTrail"]["nodes"]
    return [node for node in nodes if node["topic"].startswith("comment_window.")]


def test_the_core_has_an_api_of_its_own() -> None:
    alone, together = Composition((CORE,)).schema(), Composition((CORE, plugin)).schema()

    assert "Window" not in str(alone)
    assert "commentWindow" in str(together)


async def test_without_the_plugin_comments_are_taken_whenever(database_url: str) -> None:
    async with running(database_url, Clock(NOW)) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())

        await system.submit(comment(draft), someone)

        assert await system.topics("comment.") == ["posted"]


async def test_events_of_a_removed_plugin_are_read_as_unknown(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        await scenario.draft(group)
        known = await trail(system)
        groups = await system.query(_GROUPS)

    async with running(database_url, clock) as system:
        [unknown] = await trail(system)

        assert [node["name"] for node in known] == ["CommentWindow.Scheduled"]
        assert unknown["name"] == unknown["topic"] == "comment_window.scheduled.v1"
        assert (
            unknown["summary"] == "An event of a plugin or of a version that is not installed here."
        )
        for still in ("position", "stream", "data"):
            assert unknown[still] == known[0][still], still
        assert await system.query(_GROUPS) == groups
        window = await system.query(
            "query ($id: ID!) { node(id: $id) { id } }", id=known[0]["stream"]
        )
        assert window == {"node": None}


async def test_plugin_installed_again_continues_at_the_head(database_url: str) -> None:
    clock = Clock(NOW)
    async with running(database_url, clock, plugin) as system:
        scenario = await PluginScenario(system=system).begin()
        [group] = await scenario.establish("One")
        await scenario.confirm("2027-11-15", "2027-11-19")
        draft, someone = await scenario.draft(group), await scenario.person(uuid4())
    async with running(database_url, clock) as system:
        await system.submit(comment(draft), someone)
    clock.set(AFTER)

    async with running(database_url, clock, plugin) as system:
        await system.until(lambda topics: "closed" in topics, "comment_window.")

        answer = await system.query(_WINDOWS)
        [window] = answer["cycle"]["groups"]["nodes"]
        assert window["commentWindow"] == {"state": "CLOSED", "closesOn": "2027-11-19"}
        assert await system.topics("comment.") == ["posted"]
