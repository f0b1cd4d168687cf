"""A view counts as unchanged only where that is certain."""

import asyncio
from contextlib import suppress

import pytest

from intersessional.graphql.query_cache.view_changes import ViewChanges
from intersessional.graphql.request.dependencies import CORRECTIONS
from intersessional.projections.comments import COMMENTS
from intersessional.projections.proposals import PROPOSALS
from tests.databases import fresh_database
from tests.graphql.failing_views import POISON, poisoned
from tests.graphql.scenario import forum_scenario
from tests.graphql.server import WAIT_MAX_S, Server, serving

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def follow(changes: ViewChanges, node: Server) -> int:
    """Wait until every recorded event was read; returns the head."""
    head = await node.caught_up()
    following = asyncio.create_task(changes.follow(node.backend.feed))
    async with asyncio.timeout(WAIT_MAX_S):
        while not changes.unchanged((), head, head):  # noqa: ASYNC110  It rings no bell.
            await asyncio.sleep(0.01)
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following
    return head


async def test_change_is_unknown_until_the_events_were_read(node: Server) -> None:
    async with forum_scenario(node) as forum:
        start = await node.caught_up()
        changes = ViewChanges(node.backend.composition.views, start)
        assert changes.unchanged([PROPOSALS.name], start, start)
        assert not changes.unchanged([PROPOSALS.name], start - 1, start)

        await forum.propose()
        assert not changes.unchanged([COMMENTS.name], start, start + 1)

        head = await follow(changes, node)
        assert changes.unchanged([COMMENTS.name], start, head)
        assert not changes.unchanged([COMMENTS.name, PROPOSALS.name], start, head)
        assert changes.unchanged([COMMENTS.name, PROPOSALS.name, CORRECTIONS], head, head)
        assert changes.unchanged([CORRECTIONS], start, head)


async def test_correction_changes_what_read_corrections(node: Server) -> None:
    async with forum_scenario(node) as forum:
        decided = await forum.decide_on_list()
        start = await node.caught_up()
        changes = ViewChanges(node.backend.composition.views, start)
        await forum.secretariat.do(
            "correctFact",
            "position",
            stream=decided["decision"]["id"],
            version=1,
            changes=[{"field": "statement", "value": "Agreed on."}],
            reason="The source was misread.",
        )

        head = await follow(changes, node)
        assert not changes.unchanged([CORRECTIONS], start, head)
        assert changes.unchanged([COMMENTS.name], start, head)


async def test_view_whose_key_fails_counts_as_changed(postgres: str, template: str) -> None:
    async with (
        fresh_database(postgres, template) as dsn,
        serving(dsn, composition=poisoned("comments")) as node,
        forum_scenario(node) as forum,
    ):
        group = await forum.establish()
        start = await node.caught_up()
        changes = ViewChanges(node.backend.composition.views, start)

        await forum.secretariat.send(
            "publishDraft",
            {"group": group, "title": "Poison", "blocks": [{"text": "It.", "element": POISON}]},
        )
        head = await follow(changes, node)

        assert not changes.unchanged([COMMENTS.name], start, head)
        assert changes.unchanged([PROPOSALS.name], start, head)


async def test_nothing_is_known_of_positions_whose_events_were_lost() -> None:
    changes = ViewChanges([COMMENTS], 10)
    assert changes.unchanged([COMMENTS.name], 10, 10)

    changes.lose(7)

    assert not changes.unchanged([COMMENTS.name], 10, 10)
    assert not changes.unchanged([COMMENTS.name], 6, 7)
    assert changes.unchanged([COMMENTS.name], 7, 7)
