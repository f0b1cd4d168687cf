"""Buffers of streams are bounded, each and all together."""

from intersessional.graphql.subscriptions.payload import Payload
from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.sse.sse_buffer import SseBuffer

LARGE = Payload(1, b"x" * 100_000)


async def test_stream_that_stands_still_ends_when_all_hold_too_much() -> None:
    budget = ByteBudget("streams of events", 450_000)
    still, other = SseBuffer(budget=budget), SseBuffer(budget=budget)

    for stream in (still, still, other, other, other):
        stream.send([LARGE])

    assert (still.too_slow, other.too_slow) == (True, False)
    assert still.is_empty
    assert budget.total > 300_000


async def test_stream_that_is_read_holds_nothing() -> None:
    budget = ByteBudget("streams of events", 450_000)
    buffer = SseBuffer(budget=budget)

    for _ in range(10):
        buffer.send([LARGE])
        await buffer.take()
    buffer.end()

    assert not buffer.too_slow
    assert budget.total == 0
