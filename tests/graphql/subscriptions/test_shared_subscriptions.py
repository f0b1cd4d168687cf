"""A subscription runs for its sinks, and lingers for clients that reconnect."""

import asyncio

import pytest

from intersessional.graphql.request.context import BadRequest
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario


async def test_subscription_without_a_key_is_not_shared() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        memberships = [await scenario.join(RecordingSink(), 0, key=None) for _ in range(3)]
        assert len(scenario.subscriptions) == 3
        execution.record(2)
        await run_ready_tasks()
        assert execution.executed == 6

        for membership in memberships:
            membership.leave()
        await run_ready_tasks()

        assert len(scenario.subscriptions) == 0


async def test_subscription_without_sinks_ends_after_its_linger_time() -> None:
    async with shared_scenario(FakeExecution(), linger_s=0) as scenario:
        membership = await scenario.join(RecordingSink(), 0)
        await run_ready_tasks()
        assert len(scenario.subscriptions) == 1

        membership.leave()
        await run_ready_tasks()

        assert len(scenario.subscriptions) == 0


async def test_failed_subscription_is_removed_at_once() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        sink = RecordingSink()
        await scenario.join(sink, 0)

        execution.fail(LookupError("lost"))
        await sink.until(lambda sink: bool(sink.failures))
        await run_ready_tasks()

        assert len(scenario.subscriptions) == 0


async def test_sink_that_joins_just_before_the_end_keeps_the_subscription() -> None:
    execution = FakeExecution(head=200)
    async with shared_scenario(execution, linger_s=0) as scenario:
        (await scenario.join(RecordingSink(), 0)).leave()
        again, late = RecordingSink(pauses=5), RecordingSink()

        await scenario.join(again, 0)
        await scenario.join(late, 0)

        await scenario.received_all(again, 0)
        await scenario.received_all(late, 0)
    # What was executed for the first one is still there.
    assert execution.executed == 200


async def test_sink_that_joins_slowly_keeps_the_subscription() -> None:
    execution = FakeExecution(head=200)
    async with shared_scenario(execution, linger_s=0) as scenario:
        slow = RecordingSink(pauses=50)
        joining = asyncio.create_task(scenario.join(slow, 0))
        await slow.until(lambda sink: bool(sink.seen))
        (await scenario.join(RecordingSink(), 200)).leave()
        await run_ready_tasks()

        await joining

        await scenario.received_all(slow, 0)
        assert execution.executed == 200


async def test_number_of_subscriptions_is_bounded() -> None:
    async with shared_scenario(FakeExecution(), subscriptions_max=2) as scenario:
        remaining = await scenario.join(RecordingSink(), 0, key="a")
        await scenario.join(RecordingSink(), 0, key="b")
        with pytest.raises(BadRequest) as refused:
            await scenario.join(RecordingSink(), 0, key="c")
        assert (refused.value.extensions or {})["code"] == "TOO_BUSY"
        with pytest.raises(BadRequest):
            await scenario.join(RecordingSink(), 0, key=None)

        # A running subscription can be joined; one without sinks is ended to make room.
        await scenario.join(RecordingSink(), 0, key="b")
        remaining.leave()
        await scenario.join(RecordingSink(), 0, key="c")

        assert len(scenario.subscriptions) == 2
