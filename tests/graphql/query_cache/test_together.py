"""Who asks at the same time shares one question, and nobody is answered from before they asked."""

import asyncio

import pytest

from intersessional.graphql.query_cache.single_flight import SingleFlight


class Clock:
    """Is read slowly: each reading takes until it is let go."""

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


async def test_whoever_comes_while_it_is_asked_gets_the_next_answer_together() -> None:
    clock = Clock()
    together = SingleFlight(clock.now)
    first = asyncio.create_task(together.get())
    await clock.began.wait()

    clock.time = 1
    later = [asyncio.create_task(together.get()) for _ in range(100)]
    await asyncio.sleep(0)
    clock.go.set()

    assert await first == 0
    assert await asyncio.gather(*later) == [1] * 100
    assert clock.read == 2


async def test_whoever_leaves_takes_the_answer_from_nobody() -> None:
    clock = Clock()
    together = SingleFlight(clock.now)
    leaving, staying = (asyncio.create_task(together.get()) for _ in range(2))
    await clock.began.wait()

    leaving.cancel()
    clock.go.set()

    assert await staying == 0
    assert clock.read == 1


async def test_a_question_that_never_ends_holds_up_nobody_who_comes_later() -> None:
    asked = 0
    hangs = asyncio.Event()

    async def ask() -> int:
        nonlocal asked
        asked += 1
        if asked == 1:
            hangs.set()
            try:
                await asyncio.Event().wait()
            finally:
                # As a connection does that cannot even be told to stop.
                await asyncio.Event().wait()
        return asked

    together = SingleFlight(ask, call_s=0.05)
    hanging = asyncio.create_task(together.get())
    await hangs.wait()
    later = asyncio.create_task(together.get())

    with pytest.raises(TimeoutError):
        await hanging
    assert await later == 2
    assert await together.get() == 3


async def test_what_fails_fails_for_all_who_asked_and_is_asked_again_for_the_next() -> None:
    clock = Clock()
    clock.go.set()
    clock.time = -1
    together = SingleFlight(clock.now)

    failed = await asyncio.gather(*(together.get() for _ in range(3)), return_exceptions=True)
    clock.time = 7

    assert [str(error) for error in failed] == ["stopped"] * 3
    assert await together.get() == 7
