"""Whoever comes from a node that is ahead waits until this one has caught up."""

import asyncio
from dataclasses import replace

import pytest

from intersessional.domain.kernel.caller import NOBODY
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.subscription_hub import SubscriptionHub
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.infra.event_store.live_feed import LiveFeed
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.http.documents import operation_limits
from tests.graphql.server import serving
from tests.graphql.subscriptions.notes import note
from tests.graphql.subscriptions.script import WAIT_MAX_S, Watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"
BEFORE, MEANWHILE = 5, 3


async def test_a_position_that_only_others_have_reached_is_waited_for(database: str) -> None:
    async with serving(database) as node, Tail(database) as tail, asyncio.timeout(WAIT_MAX_S):
        backend = node.backend
        prepared = ParsedDocuments(backend.schema, operation_limits(backend.settings)).prepare(
            TRAIL
        )
        feed = LiveFeed(backend.log, backend.codec, tail)
        await note(database, BEFORE)
        async with SharedSubscriptions(subscriptions_max=1) as groups:
            room = SubscriptionHub(
                schema=backend.schema,
                planner=SubscriptionPlanner(backend.schema),
                subscriptions=groups,
                feed=feed,
                context=replace(backend.context(), feed=feed),
            )

            async def watch(watcher: Watcher, after: int) -> None:
                operation = prepared.operation(None)
                await room.subscribe(prepared, operation, {"after": after}, NOBODY, watcher)

            # This node has read nothing yet, and the record stands at five.
            ahead, behind, beyond = Watcher(), Watcher(), Watcher()
            await watch(ahead, BEFORE)
            await watch(behind, 0)
            with pytest.raises(BadRequest, match=f"stands at {BEFORE}"):
                await watch(beyond, BEFORE + 1)
            assert (ahead.begun, behind.begun, beyond.begun) == (BEFORE, 0, None)

            async with feed:
                await note(database, MEANWHILE)
                await behind.until(lambda one: len(one.seen) == BEFORE + MEANWHILE)
                await ahead.until(lambda one: len(one.seen) == MEANWHILE)

            assert ahead.seen == [*range(BEFORE + 1, BEFORE + MEANWHILE + 1)]
            assert behind.seen == [*range(1, BEFORE + MEANWHILE + 1)]
            assert beyond.seen == []
