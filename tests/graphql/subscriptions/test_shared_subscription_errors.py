"""An error in a shared subscription disturbs no other sink, and loses no payload."""

import asyncio
from collections.abc import Sequence

import orjson
import pytest
from graphql import GraphQLError

from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.payload import Payload
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario


class Bad(RecordingSink):
    """A sink that raises when payloads or errors are sent to it."""

    def send(self, payloads: Sequence[Payload]) -> None:
        raise RuntimeError(f"{payloads[0].position} does not fit")

    def fail(self, body: bytes) -> None:
        super().fail(body)
        raise RuntimeError("and this neither")


async def test_broken_sink_is_removed_and_the_others_go_on() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        bad, good = Bad(), RecordingSink()
        await scenario.join(bad, 0)
        await scenario.join(good, 0)
        execution.record(3)

        await scenario.received_all(good, 0)
        assert [code(body) for body in bad.failures] == ["INTERNAL"]


def code(body: bytes) -> str:
    """The code of the one error that was sent."""
    (error,) = orjson.loads(body)
    received: str = error["extensions"]["code"]
    return received


@pytest.mark.parametrize(
    ("fault", "received"),
    [
        (RuntimeError("secret"), "INTERNAL"),
        (RequestError(GraphQLError("No.", extensions={"code": "NO"})), "NO"),
        (BadRequest("BAD_ID", "There is nothing like it."), "BAD_ID"),
    ],
)
async def test_failed_execution_is_sent_to_its_sinks_and_the_next_one_starts_anew(
    fault: Exception, received: str
) -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        sinks = [RecordingSink() for _ in range(3)]
        for sink in sinks:
            await scenario.join(sink, 0)
        execution.record(2)
        await scenario.received_all(sinks[0], 0)

        execution.fail(fault)

        for sink in sinks:
            await sink.until(lambda sink: bool(sink.failures))
            assert [code(body) for body in sink.failures] == [received]
            assert b"secret" not in sink.failures[0]
        again = RecordingSink()
        await scenario.join(again, 1)
        execution.record(1)
        await scenario.received_all(again, 1)


async def test_sink_that_was_joining_a_failed_subscription_gets_no_duplicates() -> None:
    execution = FakeExecution(head=0)
    async with shared_scenario(execution) as scenario:
        live = RecordingSink()
        await scenario.join(live, 0)
        execution.record(400)
        await scenario.received_all(live, 0)
        slow = RecordingSink(pauses=40)
        joining = asyncio.create_task(scenario.join(slow, 0))
        await slow.until(lambda sink: len(sink.seen) >= 64)

        execution.fail(RuntimeError("once"))
        await joining

        assert slow.failures == []
        await scenario.received_all(slow, 0)


async def test_failed_catch_up_page_is_raised_and_then_executed_anew() -> None:
    execution = FakeExecution(head=20)
    async with shared_scenario(execution) as scenario:
        live = RecordingSink()
        await scenario.join(live, 20)
        await run_ready_tasks()
        execution.fault = RuntimeError("once")
        with pytest.raises(RuntimeError, match="once"):
            await scenario.join(RecordingSink(), 0)

        late = RecordingSink()
        await scenario.join(late, 0)

        await scenario.received_all(late, 0)
        assert live.failures == []


async def test_cancelled_join_does_not_disturb_another_one() -> None:
    execution = FakeExecution(head=300)
    async with shared_scenario(execution) as scenario:
        sinks = [RecordingSink() for _ in range(6)]
        joining = [asyncio.create_task(scenario.join(each, 0)) for each in sinks]
        await asyncio.sleep(0)
        for task in joining[::2]:
            task.cancel()
        await asyncio.gather(*joining[1::2])

        for sink in sinks[1::2]:
            await scenario.received_all(sink, 0)
    assert execution.executed == 300
