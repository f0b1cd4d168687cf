"""Shared subscriptions of one fake execution."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

from intersessional.graphql.subscriptions.shared_subscriptions import SharedSubscriptions
from intersessional.graphql.subscriptions.sink import Sink
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from intersessional.graphql.subscriptions.subscriber import Subscriber
from tests.graphql.subscriptions.fake_execution import WAIT_MAX_S, FakeExecution, RecordingSink


class SharedScenario:
    """Shared subscriptions of one fake execution."""

    def __init__(self, subscriptions: SharedSubscriptions, execution: FakeExecution) -> None:
        self.subscriptions = subscriptions
        self.execution = execution

    async def join(
        self,
        sink: Sink,
        after: int,
        key: str | None = "key",
        subscriber: Subscriber | None = None,
    ) -> SinkMembership:
        """Let a sink join after a position."""
        async with asyncio.timeout(WAIT_MAX_S):
            return await self.subscriptions.join(
                key,
                lambda: self.execution.as_execution,
                sink,
                after,
                self.execution.as_feed,
                # Each of its own, and so within its share.
                subscriber=subscriber or Subscriber(connection=uuid4(), person=uuid4()),
            )

    async def received_all(self, sink: RecordingSink, after: int) -> None:
        """Wait until a sink has every payload after a position, and check them."""
        expected = self.execution.concerning(after, self.execution.head)
        await sink.until(lambda sink: len(sink.seen) >= len(expected))
        assert sink.seen == expected


@asynccontextmanager
async def shared_scenario(
    execution: FakeExecution,
    *,
    subscriptions_max: int = 100,
    linger_s: float = 60,
    **bounds: int,
) -> AsyncGenerator[SharedScenario]:
    async with SharedSubscriptions(
        subscriptions_max=subscriptions_max, linger_s=linger_s, **bounds
    ) as subscriptions:
        yield SharedScenario(subscriptions, execution)


async def run_ready_tasks() -> None:
    """Let every task run that is ready."""
    for _ in range(20):
        await asyncio.sleep(0)
