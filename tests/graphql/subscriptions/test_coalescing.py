"""Payloads that follow each other quickly are batched; a single one is not delayed."""

import asyncio
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intersessional.graphql.subscriptions import coalescing
from intersessional.graphql.subscriptions.coalescing import BYTES_MAX, PAYLOADS_MAX, coalesce
from intersessional.graphql.subscriptions.payload import Payload, first_chunk

LONG_S = 60.0


class PayloadQueue:
    """A source of payloads that the test controls."""

    def __init__(self) -> None:
        self.closed = False
        self._made: asyncio.Queue[Payload | Exception | None] = asyncio.Queue()

    def make(self, *positions: int, size: int = 10) -> None:
        """Payloads are made."""
        for position in positions:
            self._made.put_nowait(Payload(position, b"x" * size))

    def end(self, fault: Exception | None = None) -> None:
        """End the source, or make it fail."""
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
        """The payloads in batches."""
        return coalesce(self.payloads(), hold_s=lambda: hold_s, more=more)


async def positions(queue: AsyncGenerator[list[Payload]]) -> list[int]:
    """The positions of the next batch."""
    async with asyncio.timeout(LONG_S / 2):
        return [one.position for one in await anext(queue)]


async def test_single_payload_is_never_delayed() -> None:
    queue = PayloadQueue()
    async with aclosing(queue.coalesce(more=lambda _: False)) as together:
        for position in (1, 2, 3):
            queue.make(position)
            assert await positions(together) == [position]


async def test_ready_payloads_go_into_one_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    # On a busy machine they may take longer to be read than a batch is held.
    monkeypatch.setattr(coalescing, "HOLD_MAX_S", LONG_S)
    queue = PayloadQueue()
    queue.make(1, 2, 3)
    async with aclosing(queue.coalesce(more=lambda position: position < 3)) as together:
        assert await positions(together) == [1, 2, 3]


async def test_batch_is_not_held_longer_than_allowed() -> None:
    queue = PayloadQueue()
    queue.make(1)
    async with aclosing(queue.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1]

        queue.make(2)
        assert await positions(together) == [2]


async def test_batch_is_yielded_when_no_further_event_becomes_a_payload() -> None:
    queue, left = PayloadQueue(), 3

    def more(_: int) -> bool:
        nonlocal left
        left -= 1
        return left > 0

    queue.make(1)
    async with aclosing(queue.coalesce(more=more)) as together:
        assert await positions(together) == [1]
    assert left == 0


async def test_batch_is_bounded_in_payloads_and_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(coalescing, "HOLD_MAX_S", LONG_S)
    queue = PayloadQueue()
    queue.make(*range(PAYLOADS_MAX + 1))
    async with aclosing(queue.coalesce(more=lambda _: True)) as together:
        assert len(await positions(together)) == PAYLOADS_MAX
    queue = PayloadQueue()
    queue.make(1, 2, 3, size=BYTES_MAX // 2)
    async with aclosing(queue.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1, 2]


async def test_error_is_raised_after_the_payloads_before_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(coalescing, "HOLD_MAX_S", LONG_S)
    queue = PayloadQueue()
    queue.make(1, 2)
    queue.end(ValueError("broken"))
    async with aclosing(queue.coalesce(more=lambda _: True)) as together:
        assert await positions(together) == [1, 2]

        with pytest.raises(ValueError, match="broken"):
            await positions(together)
    assert queue.closed


async def test_closing_the_batches_closes_the_payloads() -> None:
    queue = PayloadQueue()
    queue.make(1, 2)
    async with aclosing(queue.coalesce(more=lambda _: False)) as together:
        assert await positions(together) == [1]

    assert queue.closed


@given(st.lists(st.integers(0, 5)), st.lists(st.booleans(), min_size=1))
def test_batches_hold_all_payloads_in_order(gaps: list[int], answers: list[bool]) -> None:
    requested = 0

    def more(_: int) -> bool:
        nonlocal requested
        requested += 1
        return answers[requested % len(answers)]

    async def seen() -> list[int]:
        queue = PayloadQueue()

        async def make() -> None:
            for position, gap in enumerate(gaps):
                queue.make(position)
                for _ in range(gap):
                    await asyncio.sleep(0)
            queue.end()

        making = asyncio.create_task(make())
        found = [
            one.position async for burst in queue.coalesce(more=more, hold_s=0.001) for one in burst
        ]
        await making
        return found

    assert asyncio.run(seen()) == list(range(len(gaps)))


@given(st.lists(st.integers(0, 40)), st.integers(1, 100))
def test_first_chunk_is_as_large_as_allowed(sizes: list[int], bytes_max: int) -> None:
    payloads = [Payload(position, b"x" * size) for position, size in enumerate(sizes)]

    chunk = first_chunk(payloads, bytes_max)

    assert list(chunk) == payloads[: len(chunk)]
    assert bool(chunk) == bool(payloads)
    assert len(chunk) <= 1 or sum(sizes[: len(chunk)]) <= bytes_max
    assert chunk == payloads or sum(sizes[: len(chunk) + 1]) > bytes_max
