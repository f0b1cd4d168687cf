"""A stream continues where it was lost."""

from typing import Any

import pytest

from tests.graphql.events import events
from tests.graphql.scenario import ForumScenario
from tests.graphql.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

Json = Any

COMMENTS = """
    subscription ($draft: ID!, $after: Position) {
        commentEvents(draft: $draft, after: $after) { position node { body } } }
"""


def bodies(results: list[Json]) -> list[str]:
    return [result["commentEvents"]["node"]["body"] for result in results]


@pytest.mark.parametrize("get", [True, False], ids=["a link", "a post"])
async def test_missed_events_come_before_new_ones(
    server: Server, scenario: ForumScenario, get: bool
) -> None:
    draft = await scenario.publish(await scenario.establish())
    first = await scenario.comment(draft, "1")
    await scenario.comment(draft, "2")

    async with events(
        scenario.commenter, COMMENTS, get=get, draft=draft, after=first["position"]
    ) as stream:
        before = await stream.next()
        await scenario.comment(draft, "3")
        after = await stream.next()

        assert bodies([before, after]) == ["2", "3"]
        epoch = server.backend.feed.epochs.present
        assert stream.last_id == f"{epoch}:{after['commentEvents']['position']}"
        assert stream.response.headers["content-type"].startswith("text/event-stream")


async def test_browser_that_lost_its_stream_continues_by_itself(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    seen: list[str] = []
    last_id: str | None = None

    for number in range(4):
        # The same request each time: only the browser's own header has the position.
        async with events(
            scenario.commenter, COMMENTS, get=True, last_id=last_id, draft=draft, after=0
        ) as stream:
            await scenario.comment(draft, f"{number} live")
            seen += bodies([await stream.next()])
            last_id = stream.last_id
        await scenario.comment(draft, f"{number} away")
        async with events(
            scenario.commenter, COMMENTS, get=True, last_id=last_id, draft=draft, after=0
        ) as stream:
            seen += bodies([await stream.next()])
            last_id = stream.last_id

    assert seen == [f"{number} {where}" for number in range(4) for where in ("live", "away")]


async def test_stream_lost_before_its_first_event_misses_nothing(scenario: ForumScenario) -> None:
    draft = await scenario.publish(await scenario.establish())
    async with events(scenario.commenter, COMMENTS, draft=draft) as stream:
        assert await stream.block() is None
        last_id = stream.last_id
    await scenario.comment(draft, "meanwhile")

    async with events(scenario.commenter, COMMENTS, draft=draft, last_id=last_id) as stream:
        assert bodies([await stream.next()]) == ["meanwhile"]
