"""Whoever joins a group has everything once and in order, and costs the others nothing."""

import asyncio
import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.graphql.subscriptions.membership import Membership
from tests.graphql.subscriptions.groups import a_room, settle
from tests.graphql.subscriptions.script import Script, Watcher

steps = st.lists(
    st.one_of(
        st.tuples(st.just("record"), st.integers(1, 40)),
        st.tuples(st.just("join"), st.integers(0, 150)),
        st.tuples(st.just("leave"), st.integers(0, 20)),
        st.tuples(st.just("pass"), st.integers(1, 30)),
    ),
    min_size=4,
    max_size=25,
)


@given(steps=steps, step=st.sampled_from([1, 2, 7, 50]), pauses=st.integers(0, 3))
@settings(max_examples=120)
def test_everyone_sees_what_concerns_them_once_and_in_order(
    steps: list[tuple[str, int]], step: int, pauses: int
) -> None:
    async def history() -> None:
        script = Script(step=step, head=60)
        joined: list[tuple[Watcher, int]] = []
        seats: list[asyncio.Task[Membership]] = []
        async with a_room(script) as room:
            for what, number in steps:
                if what == "record":
                    script.record(number)
                elif what == "join":
                    # Some are behind everything, some ahead of this node.
                    after = max(script.head + 10 - number, 0)
                    joined.append((Watcher(pauses=pauses), after))
                    seats.append(asyncio.create_task(room.join(joined[-1][0], after)))
                elif what == "leave" and seats:
                    place = number % len(seats)
                    (await seats.pop(place)).leave()
                    joined.pop(place)
                else:
                    for _ in range(number):
                        await asyncio.sleep(0)
                for (watcher, after), seat in zip(joined, seats, strict=True):
                    if seat.done():
                        sent = script.concerning(after, seat.result().position)
                        assert watcher.seen[: len(sent)] == sent
            await asyncio.gather(*seats)
            script.record(step + 10)
            for watcher, after in joined:
                await room.all_seen(watcher, after)
                assert watcher.failures == []

    asyncio.run(history())


BEGINS = range(100, 400)


SHUFFLED = random.Random(2018).sample(BEGINS, len(BEGINS))


@pytest.mark.parametrize("begins", [BEGINS, BEGINS[::-1], SHUFFLED], ids=["up", "down", "any"])
async def test_many_watchers_cost_one_execution_an_event_from_wherever_they_begin(
    begins: Sequence[int],
) -> None:
    script = Script(head=900)
    async with a_room(script) as room:
        watchers = {after: Watcher() for after in begins}

        await asyncio.gather(*(room.join(each, after) for after, each in watchers.items()))
        script.record(50)

        for after, watcher in watchers.items():
            await room.all_seen(watcher, after)
        assert len(room.groups) == 1
    # The positions from 101 to 950, each once.
    assert script.executed == 850


async def test_who_comes_back_within_what_is_kept_costs_nothing() -> None:
    script = Script(head=10)
    async with a_room(script) as room:
        first = Watcher()
        (await room.join(first, 10)).leave()
        script.record(500)
        await settle()
        again = [Watcher() for _ in range(200)]
        await asyncio.gather(*(room.join(each, 10 + n) for n, each in enumerate(again)))

        for number, watcher in enumerate(again):
            await room.all_seen(watcher, 10 + number)
    assert script.executed == 500


async def test_a_large_fan_out_gives_others_a_turn_in_its_midst() -> None:
    script = Script()
    async with a_room(script) as room:
        crowd = [Watcher() for _ in range(1_700)]
        for watcher in crowd:
            await room.join(watcher, 0)

        script.record(1)
        reached: list[int] = []
        while not crowd[-1].seen:
            await asyncio.sleep(0)
            reached.append(sum(1 for watcher in crowd if watcher.seen))

    assert [count for count in reached if 0 < count < len(crowd)] == [500, 1_000, 1_500]


async def test_a_fan_out_that_yields_keeps_the_order_for_who_joins_meanwhile() -> None:
    script = Script(head=0)
    async with a_room(script) as room:
        crowd = [Watcher() for _ in range(1_700)]
        for watcher in crowd:
            await room.join(watcher, 0)
        late: list[Watcher] = []
        for _ in range(12):
            script.record(1)
            # Somewhere in the midst of writing to the crowd.
            await asyncio.sleep(0)
            late.append(Watcher())
            await room.join(late[-1], 0)

        for watcher in (*crowd, *late):
            await room.all_seen(watcher, 0)


async def test_at_whatever_moment_someone_joins_nothing_falls_in_between() -> None:
    script = Script()
    async with a_room(script) as room:
        live = Watcher()
        await room.join(live, 0)
        joined: list[tuple[Watcher, int]] = []
        script.record(300)
        async with asyncio.TaskGroup() as joining:
            while len(live.seen) < 200:
                await asyncio.sleep(0)
                joined.append((Watcher(), len(live.seen)))
                joining.create_task(room.join(*joined[-1]))

        for watcher, after in joined:
            await room.all_seen(watcher, after)


async def test_who_is_ahead_of_the_node_waits_and_gets_just_what_comes() -> None:
    script = Script(head=5)
    async with a_room(script) as room:
        ahead, level = Watcher(), Watcher()
        await room.join(ahead, 8)
        await room.join(level, 5)
        script.record(6)

        await room.all_seen(level, 5)
        await room.all_seen(ahead, 8)


async def test_a_seat_tells_how_far_its_watcher_is_though_nothing_concerns_it() -> None:
    script = Script(step=100)
    async with a_room(script) as room:
        watcher = Watcher()
        seat = await room.join(watcher, 0)
        script.record(99)
        await settle()
        for _ in range(100):
            await asyncio.sleep(0)

        assert seat.position == 99
        assert watcher.seen == []


async def test_a_seat_goes_on_telling_so_after_something_was_sent() -> None:
    script = Script(step=100)
    async with a_room(script) as room:
        watcher = Watcher()
        seat = await room.join(watcher, 0)
        script.record(199)
        await room.all_seen(watcher, 0)
        for _ in range(300):
            await settle()

        assert watcher.seen == [100]
        assert seat.position == 199
