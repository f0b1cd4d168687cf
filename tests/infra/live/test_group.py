"""Whoever joins a group has everything once and in order, and nobody can harm the others."""

import asyncio
import random
from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager

import orjson
import pytest
from graphql import GraphQLError
from hypothesis import given, settings
from hypothesis import strategies as st

from intersessional.graphql.context import Wrong
from intersessional.infra.live.groups import Groups
from intersessional.infra.live.payload import Payload
from intersessional.infra.live.seat import Seat
from intersessional.infra.web.requests import RequestRefused
from tests.infra.live.script import WAIT_MAX_S, Script, Watcher


class Room:
    """Some groups, and what is watched in them."""

    def __init__(self, groups: Groups, script: Script) -> None:
        self.groups = groups
        self.script = script

    async def join(self, watcher: Watcher, after: int, key: str | None = "key") -> Seat:
        """Let someone watch after a position."""
        async with asyncio.timeout(WAIT_MAX_S):
            return await self.groups.join(
                key, lambda: self.script.watched, watcher, after, lambda: self.script.head
            )

    async def all_seen(self, watcher: Watcher, after: int) -> None:
        """Wait until someone has what there is, and see that it is just that."""
        expected = self.script.concerning(after, self.script.head)
        await watcher.until(lambda watcher: len(watcher.seen) >= len(expected))
        assert watcher.seen == expected


@asynccontextmanager
async def a_room(
    script: Script, *, groups_max: int = 100, linger_s: float = 60
) -> AsyncGenerator[Room]:
    async with Groups(groups_max=groups_max, linger_s=linger_s) as groups:
        yield Room(groups, script)


async def settle() -> None:
    """Let everything go on that can."""
    for _ in range(20):
        await asyncio.sleep(0)


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
        seats: list[asyncio.Task[Seat]] = []
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


async def test_who_is_ahead_of_the_node_waits_and_gets_just_what_comes() -> None:
    script = Script(head=5)
    async with a_room(script) as room:
        ahead, level = Watcher(), Watcher()
        await room.join(ahead, 8)
        await room.join(level, 5)
        script.record(6)

        await room.all_seen(level, 5)
        await room.all_seen(ahead, 8)


class Bad(Watcher):
    """Cannot take what it is given, nor be told so."""

    def next(self, payload: Payload) -> None:
        raise RuntimeError(f"{payload.position} does not fit")

    def failed(self, body: bytes) -> None:
        super().failed(body)
        raise RuntimeError("and this neither")


async def test_a_watcher_that_breaks_is_let_go_and_nobody_else_notices() -> None:
    script = Script()
    async with a_room(script) as room:
        bad, good = Bad(), Watcher()
        await room.join(bad, 0)
        await room.join(good, 0)
        script.record(3)

        await room.all_seen(good, 0)
        assert [code(body) for body in bad.failures] == ["INTERNAL"]


def code(body: bytes) -> str:
    """The code of the one error that was told."""
    (error,) = orjson.loads(body)
    told: str = error["extensions"]["code"]
    return told


@pytest.mark.parametrize(
    ("fault", "told"),
    [
        (RuntimeError("secret"), "INTERNAL"),
        (RequestRefused(GraphQLError("No.", extensions={"code": "NO"})), "NO"),
        (Wrong("BAD_ID", "There is nothing like it."), "BAD_ID"),
    ],
)
async def test_a_failed_execution_is_told_to_its_watchers_and_the_next_one_begins_anew(
    fault: Exception, told: str
) -> None:
    script = Script()
    async with a_room(script) as room:
        watchers = [Watcher() for _ in range(3)]
        for watcher in watchers:
            await room.join(watcher, 0)
        script.record(2)
        await room.all_seen(watchers[0], 0)

        script.fail(fault)

        for watcher in watchers:
            await watcher.until(lambda watcher: bool(watcher.failures))
            assert [code(body) for body in watcher.failures] == [told]
            assert b"secret" not in watcher.failures[0]
        again = Watcher()
        await room.join(again, 1)
        script.record(1)
        await room.all_seen(again, 1)


async def test_who_was_joining_when_it_failed_goes_on_without_doubles() -> None:
    script = Script(head=0)
    async with a_room(script) as room:
        await room.join(Watcher(), 0)
        script.record(400)
        await settle()
        slow = Watcher(pauses=40)
        joining = asyncio.create_task(room.join(slow, 0))
        await slow.until(lambda watcher: len(watcher.seen) >= 64)

        script.fail(RuntimeError("once"))
        await joining

        assert slow.failures == []
        await room.all_seen(slow, 0)


async def test_what_cannot_be_executed_from_the_past_is_told_to_who_asks_and_then_tried_anew() -> (
    None
):
    script = Script(head=20)
    async with a_room(script) as room:
        live = Watcher()
        await room.join(live, 20)
        await settle()
        script.fault = RuntimeError("once")
        with pytest.raises(RuntimeError, match="once"):
            await room.join(Watcher(), 0)

        late = Watcher()
        await room.join(late, 0)

        await room.all_seen(late, 0)
        assert live.failures == []


async def test_who_gives_up_while_joining_disturbs_nobody_who_waits_for_the_same() -> None:
    script = Script(head=300)
    async with a_room(script) as room:
        watchers = [Watcher() for _ in range(6)]
        joining = [asyncio.create_task(room.join(each, 0)) for each in watchers]
        await asyncio.sleep(0)
        for task in joining[::2]:
            task.cancel()
        await asyncio.gather(*joining[1::2])

        for watcher in watchers[1::2]:
            await room.all_seen(watcher, 0)
    assert script.executed == 300


async def test_nothing_is_shared_without_a_key() -> None:
    script = Script()
    async with a_room(script) as room:
        seats = [await room.join(Watcher(), 0, key=None) for _ in range(3)]
        assert len(room.groups) == 3
        script.record(2)
        await settle()
        assert script.executed == 6

        for seat in seats:
            seat.leave()
        await settle()

        assert len(room.groups) == 0


async def test_a_group_ends_when_nobody_comes_back() -> None:
    async with a_room(Script(), linger_s=0) as room:
        seat = await room.join(Watcher(), 0)
        await settle()
        assert len(room.groups) == 1

        seat.leave()
        await settle()

        assert len(room.groups) == 0


async def test_who_comes_back_just_when_a_group_would_end_keeps_it() -> None:
    script = Script(head=200)
    async with a_room(script, linger_s=0) as room:
        (await room.join(Watcher(), 0)).leave()
        again, late = Watcher(pauses=5), Watcher()

        await room.join(again, 0)
        await room.join(late, 0)

        await room.all_seen(again, 0)
        await room.all_seen(late, 0)
    # What was executed for the first one is still there.
    assert script.executed == 200


async def test_who_joins_slowly_keeps_the_group() -> None:
    script = Script(head=200)
    async with a_room(script, linger_s=0) as room:
        slow = Watcher(pauses=50)
        joining = asyncio.create_task(room.join(slow, 0))
        await slow.until(lambda watcher: bool(watcher.seen))
        (await room.join(Watcher(), 200)).leave()
        await settle()

        await joining

        await room.all_seen(slow, 0)
        assert script.executed == 200


async def test_only_so_many_different_things_are_watched_at_once() -> None:
    async with a_room(Script(), groups_max=2) as room:
        kept = await room.join(Watcher(), 0, key="a")
        await room.join(Watcher(), 0, key="b")
        with pytest.raises(Wrong) as refused:
            await room.join(Watcher(), 0, key="c")
        assert (refused.value.extensions or {})["code"] == "TOO_BUSY"
        with pytest.raises(Wrong):
            await room.join(Watcher(), 0, key=None)

        # What is watched already can be joined, and what nobody watches makes room.
        await room.join(Watcher(), 0, key="b")
        kept.leave()
        await room.join(Watcher(), 0, key="c")

        assert len(room.groups) == 2


async def test_a_seat_tells_how_far_its_watcher_is_though_nothing_concerns_it() -> None:
    script = Script(step=100)
    async with a_room(script) as room:
        watcher = Watcher()
        seat = await room.join(watcher, 0)
        script.record(99)
        await settle()
        for _ in range(100):
            await asyncio.sleep(0)

        assert seat.passed == 99
        assert watcher.seen == []
