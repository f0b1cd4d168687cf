"""Concurrent callers share one call, which starts after they have called."""

import asyncio

import pytest

from intersessional.graphql.query_cache.single_flight import SingleFlight


class Clock:
    """A clock whose readings wait until the test releases them."""

    def __init__(self) -> None:
        self.time = 0
        self.read = 0
        self.began = asyncio.Event()
        self.go = asyncio.Event()

    async def now(self) -> int:
        """The time when the reading began."""
        self.read += 1
        self.began.set()
        began = self.time
        await self.go.wait()
        if began < 0:
            raise ValueError("stopped")
        return began


async def test_callers_during_a_call_share_the_next_one() -> None:
    clock = Clock()
    flight = SingleFlight(clock.now)
    first = asyncio.create_task(flight.get())
    await clock.began.wait()

    clock.time = 1
    later = [asyncio.create_task(flight.get()) for _ in range(100)]
    await asyncio.sleep(0)
    clock.go.set()

    assert await first == 0
    assert await asyncio.gather(*later) == [1] * 100
    assert clock.read == 2


async def test_cancelled_caller_does_not_cancel_the_call() -> None:
    clock = Clock()
    flight = SingleFlight(clock.now)
    leaving, staying = (asyncio.create_task(flight.get()) for _ in range(2))
    await clock.began.wait()

    leaving.cancel()
    clock.go.set()

    assert await staying == 0
    assert clock.read == 1


async def test_call_that_hangs_does_not_delay_later_callers() -> None:
    executor = 0
    hangs = asyncio.Event()

    async def ask() -> int:
        nonlocal executor
        executor += 1
        if executor == 1:
            hangs.set()
            try:
                await asyncio.Event().wait()
            finally:
                # Like a connection that does not react to its cancellation.
                await asyncio.Event().wait()
        return executor

    flight = SingleFlight(ask, call_s=0.05)
    hanging = asyncio.create_task(flight.get())
    await hangs.wait()
    later = asyncio.create_task(flight.get())

    with pytest.raises(TimeoutError):
        await hanging
    assert await later == 2
    assert await flight.get() == 3


async def test_failed_call_fails_for_all_its_callers_and_is_repeated_for_the_next() -> None:
    clock = Clock()
    clock.go.set()
    clock.time = -1
    flight = SingleFlight(clock.now)

    failed = await asyncio.gather(*(flight.get() for _ in range(3)), return_exceptions=True)
    clock.time = 7

    assert [str(error) for error in failed] == ["stopped"] * 3
    assert await flight.get() == 7
