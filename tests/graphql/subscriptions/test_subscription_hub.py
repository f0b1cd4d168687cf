"""A client that was ahead on another node waits until this node has caught up."""

import asyncio
from dataclasses import replace

import pytest

from intersessional.domain.kernel.caller import ANONYMOUS
from intersessional.graphql.execution.coerced_operation import coerce_operation
from intersessional.graphql.execution.documents import ParsedDocuments
from intersessional.graphql.request.answer_size import AnswerSizes
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.subscriber import Subscriber
from intersessional.graphql.subscriptions.subscription_hub import SubscriptionHub
from intersessional.graphql.subscriptions.subscription_plan import SubscriptionPlanner
from intersessional.infra.event_store.live_feed import LiveFeed
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.http.documents import operation_limits
from tests.graphql.server import serving
from tests.graphql.subscriptions.fake_execution import WAIT_MAX_S, RecordingSink
from tests.graphql.subscriptions.record_events import record_events

pytestmark = pytest.mark.asyncio(loop_scope="session")

TRAIL = "subscription ($after: Position) { auditTrail(after: $after) { position } }"
BEFORE, MEANWHILE = 5, 3


async def test_position_that_only_other_nodes_have_reached_is_awaited(database: str) -> None:
    async with serving(database) as node, Tail(database) as tail, asyncio.timeout(WAIT_MAX_S):
        backend, schema = node.backend, node.composed.schema
        prepared = ParsedDocuments(schema, operation_limits(backend.settings)).prepare(TRAIL)
        feed = LiveFeed(backend.log, backend.codec, tail)
        await record_events(database, BEFORE)
        async with SharedSubscriptions(subscriptions_max=1) as subscriptions:
            scenario = SubscriptionHub(
                schema=schema,
                planner=SubscriptionPlanner(schema, cost_max=100),
                subscriptions=subscriptions,
                feed=feed,
                context=replace(backend.context(), feed=feed),
                payload_sizes=AnswerSizes(),
            )

            async def watch(sink: RecordingSink, after: int) -> None:
                operation = coerce_operation(schema, prepared, None, {"after": after})
                await scenario.subscribe(
                    operation, ANONYMOUS, sink, subscriber=Subscriber(connection=after)
                )

            # This node has read nothing yet, and the log ends at position five.
            ahead, behind, beyond = RecordingSink(), RecordingSink(), RecordingSink()
            await watch(ahead, BEFORE)
            await watch(behind, 0)
            with pytest.raises(BadRequest, match=f"is {BEFORE}"):
                await watch(beyond, BEFORE + 1)
            assert (ahead.begun, behind.begun, beyond.begun) == (BEFORE, 0, None)

            async with feed:
                await record_events(database, MEANWHILE)
                await behind.until(lambda one: len(one.seen) == BEFORE + MEANWHILE)
                await ahead.until(lambda one: len(one.seen) == MEANWHILE)

            assert ahead.seen == [*range(BEFORE + 1, BEFORE + MEANWHILE + 1)]
            assert behind.seen == [*range(1, BEFORE + MEANWHILE + 1)]
            assert beyond.seen == []
