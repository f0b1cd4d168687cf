"""What comes in quick succession goes together; what comes alone goes at once."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.graphql.subscriptions.coalescing import BYTES_MAX, PAYLOADS_MAX, coalesce
from intersessional.graphql.subscriptions.payload import Payload, chunks

LONG_S = 60.0


class Line:
    """Payloads as they are let go."""

    def __init__(self) -> None:
        self.closed = False
        self._made: asyncio.Queue[Payload | Exception | None] = asyncio.Queue()

    def make(self, *positions: int, size: int = 10) -> None:
        """Payloads are made."""
        for position in positions:
            self._made.put_nowait(Payload(position, b"x" * size))

    def end(self, fault: Exception | None = None) -> None:
        """Nothing more is made, or it fails."""
        self._made.put_nowait(fault)

    async def payloads(self) -> AsyncGenerator[Payload]:
        """What was made."""
        try:
            while (made := await self._made.get()) is not None:
                if isinstance(made, Exception):
                    raise made
                yield made
        finally:
            self.closed = True

    def coalesce(
        self, *, more: Callable[[int], bool], hold_s: float = LONG_S
    ) -> AsyncGenerator[list[Payload]]:
        """What was made, together."""
        return coalesce(self.payloads(), hold_s=lambda: hold_s, more=more)


async def positions(line: AsyncGenerator[list[Payload]]) -> list[int]:
    """The positions of what comes next together."""
    async with asyncio.timeout(LONG_S / 2):
        return [one.position for one in await anext(line)]


async def test_what_comes_alone_is_never_held_back() -> None:
    line = Line()
    async with aclosing(line.coalesce(more=lambda _: False)) as together:
        for position in (1, 2, 3):
            line.make(position)
            assert await positions(together) == [position]


async def test_what_is_at_hand_goes_together() -> None:
    line = Line()
    line.make(1, 2, 3)
    async with aclosing(line.coalesce(more=lambda position: position < 3)) as together:
        assert await positions(together) == [1, 2, 3]


async def test_it_is_not_held_longer_than_it_may_be() -> None:
    line = Line()
    line.make(1)
    async with aclosing(line.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1]

        line.make(2)
        assert await positions(together) == [2]


async def test_it_is_let_go_when_what_was_at_hand_becomes_nothing() -> None:
    line, left = Line(), 3

    def more(_: int) -> bool:
        nonlocal left
        left -= 1
        return left > 0

    line.make(1)
    async with aclosing(line.coalesce(more=more)) as together:
        assert await positions(together) == [1]
    assert left == 0


async def test_so_many_and_so_much_go_together_and_no_more() -> None:
    line = Line()
    line.make(*range(PAYLOADS_MAX + 1))
    async with aclosing(line.coalesce(more=lambda _: True)) as together:
        assert len(await positions(together)) == PAYLOADS_MAX
    line = Line()
    line.make(1, 2, 3, size=BYTES_MAX // 2)
    async with aclosing(line.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1, 2]


async def test_a_fault_is_told_after_what_was_made_before_it() -> None:
    line = Line()
    line.make(1, 2)
    line.end(ValueError("broken"))
    async with aclosing(line.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1, 2]

        with pytest.raises(ValueError, match="broken"):
            await positions(together)
    assert line.closed


async def test_whoever_has_enough_closes_what_it_came_from() -> None:
    line = Line()
    line.make(1, 2)
    async with aclosing(line.coalesce(more=lambda _: False)) as together:
        assert await positions(together) == [1]

    assert line.closed


@given(st.lists(st.integers(0, 5)), st.lists(st.booleans(), min_size=1))
def test_all_of_it_comes_in_order(gaps: list[int], answers: list[bool]) -> None:
    asked = 0

    def more(_: int) -> bool:
        nonlocal asked
        asked += 1
        return answers[asked % len(answers)]

    async def seen() -> list[int]:
        line = Line()

        async def make() -> None:
            for position, gap in enumerate(gaps):
                line.make(position)
                for _ in range(gap):
                    await asyncio.sleep(0)
            line.end()

        making = asyncio.create_task(make())
        found = [
            one.position async for burst in line.coalesce(more=more, hold_s=0.001) for one in burst
        ]
        await making
        return found

    assert asyncio.run(seen()) == list(range(len(gaps)))


@given(st.lists(st.integers(0, 40)), st.integers(1, 100))
def test_chunks_are_all_of_it_in_order_and_none_is_larger_than_it_must_be(
    sizes: list[int], bytes_max: int
) -> None:
    payloads = [Payload(position, b"x" * size) for position, size in enumerate(sizes)]

    found = [list(chunk) for chunk in chunks(payloads, bytes_max)]

    assert [one for chunk in found for one in chunk] == payloads
    assert all(chunk for chunk in found)
    for chunk in found:
        assert len(chunk) == 1 or sum(len(one.body) for one in chunk) <= bytes_max
