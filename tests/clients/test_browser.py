"""A page in a real browser queries, subscribes, and continues when its server restarts."""

import signal
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.clients.chromium import a_page, needs_chromium, pages
from tests.graphql.scenario import forum_scenario, new_id
from tests.graphql.server import serving
from tests.graphql.subscriptions.record_events import record_events
from tests.journeys.live_server import ready
from tests.ports import free_port

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="session")]

Json = Any

TRAIL = """subscription ($after: Position) {
    auditTrail(after: $after) { position topic } }"""
COMMENTS = """subscription ($draft: ID!, $after: Position) {
    commentEvents(draft: $draft, after: $after) { position node { body } } }"""
POST = """mutation ($input: PostCommentInput!) {
    postComment(input: $input) { __typename ... on CommentPosted { position } } }"""
HARD = "Línea 1\nLinie 2\u2028line 3\n\ndata: ٣"
"""A text that a stream of lines could break."""


async def test_page_of_an_allowed_origin_posts_and_receives_its_comment(
    database: str, tmp_path: Path
) -> None:
    async with (
        pages() as browsed,
        serving(database, INTERSESSIONAL_ORIGINS=browsed.origin()) as server,
        forum_scenario(server) as scenario,
    ):
        draft = await scenario.publish(await scenario.establish())
        before = (await scenario.commenter.ask("{ headPosition }"))["headPosition"]
        given = {"commandId": new_id(), "draft": draft, "body": HARD}
        page = a_page(
            browsed.origin(),
            tmp_path,
            url=server.url,
            token=scenario.commenter.token,
            operation={"query": POST, "variables": {"input": given}},
            watched=COMMENTS,
            variables={"draft": draft, "after": before},
        )
        async with page:
            await browsed.wait_for_messages(1, "fetch", "events", "socket")

        [answer] = browsed.messages("fetch")
        posted = answer["data"]["postComment"]
        assert posted == {"__typename": "CommentPosted", "position": before + 1}
        change = {"commentEvents": {"position": before + 1, "node": {"body": HARD}}}
        assert [event["data"] for event in browsed.messages("events")] == [change]
        epoch = server.backend.feed.epochs.present
        ids = [event["id"] for event in browsed.messages("events")]
        assert ids == [f"{epoch}:{before + 1}"]
        assert [payload["data"] for payload in browsed.messages("socket")] == [change]


async def test_page_of_another_origin_is_refused_on_every_transport(
    database: str, tmp_path: Path
) -> None:
    async with (
        pages() as browsed,
        serving(database, INTERSESSIONAL_ORIGINS=browsed.origin()) as server,
        a_page(
            browsed.origin("localhost"),
            tmp_path,
            url=server.url,
            operation={"query": "{ headPosition }"},
            watched=TRAIL,
            variables={"after": 0},
        ),
    ):
        await record_events(database, 1)

        for source in ("fetch", "events", "socket"):
            await browsed.wait_for_report(source, "closed")
            assert browsed.messages(source) == []


async def test_page_continues_after_its_last_position_when_its_server_restarts(
    database: str, tmp_path: Path
) -> None:
    async with pages() as browsed:
        url = f"http://127.0.0.1:{(port := free_port())}/graphql"
        serve = partial(
            ready,
            "serve",
            DATABASE_URL=database,
            INTERSESSIONAL_MODE="development",
            INTERSESSIONAL_ORIGINS=browsed.origin(),
            PORT=str(port),
        )
        async with (
            serve() as first,
            a_page(browsed.origin(), tmp_path, url=url, watched=TRAIL, variables={"after": 0}),
        ):
            await record_events(database, 2)
            await browsed.wait_for_messages(2, "events", "socket")
            await first.end(signal.SIGKILL)
            await record_events(database, 1)
            async with serve() as second:
                await record_events(database, 2)
                await browsed.wait_for_messages(5, "events", "socket")
                await second.end(signal.SIGTERM)
                await record_events(database, 1)
            async with serve():
                await record_events(database, 1)
                await browsed.wait_for_messages(7, "events", "socket")

    for source in ("events", "socket"):
        heard = [payload["data"]["auditTrail"]["position"] for payload in browsed.messages(source)]
        assert heard == list(range(1, 8))
        assert "lost" in browsed.reports(source)
    ids = [event["id"].partition(":")[2] for event in browsed.messages("events")]
    assert ids == [str(n) for n in range(1, 8)]
    assert "closed" not in browsed.reports("events")
