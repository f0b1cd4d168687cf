"""A background service runs while it is entered, and leaves no task behind."""

import asyncio

import pytest

from intersessional.concurrency.background_service import BackgroundService, TaskOwner

WAIT_MAX_S = 30


class Ticker(BackgroundService):
    def __init__(self, failure: Exception | None = None) -> None:
        super().__init__()
        self.started = asyncio.Event()
        self.cancelled = False
        self._failure = failure

    async def run(self) -> None:
        self.started.set()
        if self._failure is not None:
            raise self._failure
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            self.cancelled = True
            raise


class DrainingService(BackgroundService):
    def __init__(self) -> None:
        super().__init__()
        self.drained = False
        self._end = asyncio.Event()

    async def run(self) -> None:
        await self._end.wait()
        self.drained = True

    def stop(self) -> None:
        self._end.set()


async def test_service_runs_while_it_is_entered_and_is_cancelled_at_exit() -> None:
    ticker = Ticker()
    assert not ticker.running

    async with asyncio.timeout(WAIT_MAX_S), ticker:
        await ticker.started.wait()
        assert ticker.running

    assert ticker.cancelled
    assert not ticker.running


async def test_service_that_overrides_stop_ends_its_work_before_exit() -> None:
    async with asyncio.timeout(WAIT_MAX_S), DrainingService() as service:
        pass

    assert service.drained


async def test_failure_of_run_ends_the_body_and_is_raised_at_exit() -> None:
    failure = LookupError("lost")

    with pytest.raises(ExceptionGroup) as raised:
        async with asyncio.timeout(WAIT_MAX_S), Ticker(failure):
            await asyncio.Event().wait()

    assert raised.value.exceptions == (failure,)


async def test_error_of_the_body_is_raised_as_it_is_and_cancels_run() -> None:
    ticker = Ticker()

    async def fail() -> None:
        async with asyncio.timeout(WAIT_MAX_S), ticker:
            await ticker.started.wait()
            raise LookupError("body")

    with pytest.raises(LookupError, match="body"):
        await fail()

    assert ticker.cancelled


async def test_spawned_tasks_are_awaited_at_exit() -> None:
    ended = asyncio.Event()

    async def work() -> None:
        await asyncio.sleep(0)
        ended.set()

    async with asyncio.timeout(WAIT_MAX_S), TaskOwner() as owner:
        owner.spawn(work(), name="work")

    assert ended.is_set()


async def test_spawn_outside_the_context_is_refused() -> None:
    async def work() -> None: ...

    coroutine = work()
    with pytest.raises(RuntimeError):
        TaskOwner().spawn(coroutine, name="work")
    coroutine.close()
