"""A sink that joins gets every payload once and in order, at no cost for the others."""

import asyncio
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.graphql.subscriptions.shared_subscription import CHUNK_BYTES
from intersessional.graphql.subscriptions.sink_membership import SinkMembership
from tests.graphql.subscriptions.fake_execution import FakeExecution, RecordingSink
from tests.graphql.subscriptions.scenarios import run_ready_tasks, shared_scenario

steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(1, 40)),
        st.tuples(st.just("close"), st.just(1)),
        st.tuples(st.just("join"), st.integers(0, 150)),
        st.tuples(st.just("leave"), st.integers(0, 20)),
        st.tuples(st.just("pass"), st.integers(1, 30)),
    ),
    min_size=4,
    max_size=25,
)


@given(steps=steps, step=st.sampled_from([1, 2, 7, 50]), pauses=st.integers(0, 3))
@settings(max_examples=120)
def test_every_sink_gets_its_payloads_once_and_in_order(
    steps: list[tuple[str, int]], step: int, pauses: int
) -> None:
    async def history() -> None:
        execution = FakeExecution(step=step, head=60)
        joined: list[tuple[RecordingSink, int]] = []
        memberships: list[asyncio.Task[SinkMembership]] = []
        async with shared_scenario(execution) as scenario:
            for action, number in steps:
                if action in ("record", "close"):
                    execution.record(number, closes_texts=action == "close")
                elif action == "join":
                    # Some are behind everything, some ahead of this node.
                    after = max(execution.head + 10 - number, 0)
                    joined.append((RecordingSink(pauses=pauses), after))
                    joined[-1][0].closed_before = execution.texts_closed_at
                    memberships.append(asyncio.create_task(scenario.join(joined[-1][0], after)))
                elif action == "leave" and memberships:
                    place = number % len(memberships)
                    (await memberships.pop(place)).leave()
                    joined.pop(place)
                else:
                    for _ in range(number):
                        await asyncio.sleep(0)
                for (sink, after), membership in zip(joined, memberships, strict=True):
                    if membership.done():
                        sent = execution.concerning(after, membership.result().position)
                        assert sink.seen[: len(sent)] == sent
            await asyncio.gather(*memberships)
            execution.record(step + 10)
            for sink, after in joined:
                await scenario.received_all(sink, after)
                assert sink.failures == []
                # What was made before a text was closed is not sent to who joins after that.
                assert all(closed >= sink.closed_before for closed in sink.texts_closed_at)

    asyncio.run(history())


BEGINS = range(100, 400)


SHUFFLED = random.Random(2018).sample(BEGINS, len(BEGINS))


@pytest.mark.parametrize("begins", [BEGINS, BEGINS[::-1], SHUFFLED], ids=["up", "down", "any"])
async def test_many_sinks_cost_one_execution_an_event_wherever_they_begin(
    begins: Sequence[int],
) -> None:
    execution = FakeExecution(head=900)
    async with shared_scenario(execution) as scenario:
        sinks = {after: RecordingSink() for after in begins}

        await asyncio.gather(*(scenario.join(each, after) for after, each in sinks.items()))
        execution.record(50)

        for after, sink in sinks.items():
            await scenario.received_all(sink, after)
        assert len(scenario.subscriptions) == 1
    # The positions from 101 to 950, each once.
    assert execution.executed == 850


async def test_sink_that_returns_within_the_replay_buffer_costs_no_execution() -> None:
    execution = FakeExecution(head=10)
    async with shared_scenario(execution) as scenario:
        first = RecordingSink()
        (await scenario.join(first, 10)).leave()
        execution.record(500)
        await run_ready_tasks()
        again = [RecordingSink() for _ in range(200)]
        await asyncio.gather(*(scenario.join(each, 10 + n) for n, each in enumerate(again)))

        for number, sink in enumerate(again):
            await scenario.received_all(sink, 10 + number)
    assert execution.executed == 500


async def test_large_fan_out_gives_other_tasks_a_turn() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        crowd = [RecordingSink() for _ in range(1_700)]
        for sink in crowd:
            await scenario.join(sink, 0)

        execution.record(1)
        reached: list[int] = []
        while not crowd[-1].seen:
            await asyncio.sleep(0)
            reached.append(sum(1 for sink in crowd if sink.seen))

    assert [count for count in reached if 0 < count < len(crowd)] == [500, 1_000, 1_500]


async def test_sink_that_joins_during_a_fan_out_keeps_the_order() -> None:
    execution = FakeExecution(head=0)
    async with shared_scenario(execution) as scenario:
        crowd = [RecordingSink() for _ in range(1_700)]
        for sink in crowd:
            await scenario.join(sink, 0)
        late: list[RecordingSink] = []
        for _ in range(12):
            execution.record(1)
            # Somewhere in the midst of writing to the crowd.
            await asyncio.sleep(0)
            late.append(RecordingSink())
            await scenario.join(late[-1], 0)

        for sink in (*crowd, *late):
            await scenario.received_all(sink, 0)


async def test_sink_that_joins_at_any_moment_misses_nothing() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        live = RecordingSink()
        await scenario.join(live, 0)
        joined: list[tuple[RecordingSink, int]] = []
        execution.record(300)
        async with asyncio.TaskGroup() as joining:
            while len(live.seen) < 200:
                await asyncio.sleep(0)
                joined.append((RecordingSink(), len(live.seen)))
                joining.create_task(scenario.join(*joined[-1]))

        for sink, after in joined:
            await scenario.received_all(sink, after)


async def test_sink_ahead_of_the_node_gets_only_later_payloads() -> None:
    execution = FakeExecution(head=5)
    async with shared_scenario(execution) as scenario:
        ahead, level = RecordingSink(), RecordingSink()
        await scenario.join(ahead, 8)
        await scenario.join(level, 5)
        execution.record(6)

        await scenario.received_all(level, 5)
        await scenario.received_all(ahead, 8)


async def test_membership_position_advances_without_payloads() -> None:
    execution = FakeExecution(step=100)
    async with shared_scenario(execution) as scenario:
        sink = RecordingSink()
        membership = await scenario.join(sink, 0)
        execution.record(99)
        await run_ready_tasks()
        for _ in range(100):
            await asyncio.sleep(0)

        assert membership.position == 99
        assert sink.seen == []


async def test_membership_position_advances_after_a_payload() -> None:
    execution = FakeExecution(step=100)
    async with shared_scenario(execution) as scenario:
        sink = RecordingSink()
        membership = await scenario.join(sink, 0)
        execution.record(199)
        await scenario.received_all(sink, 0)
        for _ in range(300):
            await run_ready_tasks()

        assert sink.seen == [100]
        assert membership.position == 199


async def test_sink_that_joins_after_a_text_was_closed_gets_nothing_that_was_made_before() -> None:
    # The event that closes the text, the fifth, makes no payload.
    execution = FakeExecution(step=2)
    async with shared_scenario(execution) as scenario:
        early, late = RecordingSink(), RecordingSink()
        await scenario.join(early, 0)
        execution.record(4)
        await early.until(lambda sink: sink.seen == [2, 4])

        execution.record(1, closes_texts=True)
        await scenario.join(late, 0)

        assert (early.texts_closed_at, late.seen) == ([0, 0], [2, 4])
        assert late.texts_closed_at == [5, 5]


async def test_payload_on_its_way_when_a_text_is_closed_is_executed_again() -> None:
    execution = FakeExecution()
    async with shared_scenario(execution) as scenario:
        early, late = RecordingSink(), RecordingSink()
        await scenario.join(early, 0)
        execution.record(1)
        while not execution.executed:  # noqa: ASYNC110  An execution rings no bell.
            await asyncio.sleep(0)

        execution.record(1, closes_texts=True)
        await scenario.join(late, 0)

        await scenario.received_all(late, 0)
        await scenario.received_all(early, 0)
        assert late.texts_closed_at == [2, 2]


async def test_slow_sink_gets_nothing_that_was_made_before_a_text_was_closed() -> None:
    execution = FakeExecution(size=CHUNK_BYTES // 2)
    async with shared_scenario(execution) as scenario:
        early, slow = RecordingSink(), RecordingSink(pauses=1_000)
        await scenario.join(early, 0)
        execution.record(8)
        await scenario.received_all(early, 0)
        joining = asyncio.create_task(scenario.join(slow, 0))
        await slow.until(lambda sink: sink.seen == [1, 2])

        execution.record(1, closes_texts=True)
        await joining

        await scenario.received_all(slow, 0)
        assert slow.texts_closed_at == [0, 0, *[9] * 7]
