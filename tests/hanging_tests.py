"""Tests that never end, each in another way, and some after them: run by test_out_of_time alone."""

import asyncio
from collections.abc import Callable
from itertools import repeat

import pytest

from tests.timed_loop import _asyncio_loop_factory  # pyright: ignore[reportPrivateUsage]

__all__ = ["_asyncio_loop_factory"]

out_of_time = pytest.mark.timeout(0.5)


def _again(callback: Callable[[], None]) -> None:
    asyncio.get_running_loop().call_soon(_again, callback)
    callback()


def _for_ever() -> None:
    while True:
        pass


async def _turn_for_ever() -> None:
    for _ in repeat(None):
        await asyncio.sleep(0)


@pytest.fixture
async def never() -> None:
    await asyncio.Event().wait()


@out_of_time
async def test_its_fixture_waits(never: None) -> None:
    pass


@out_of_time
async def test_it_waits() -> None:
    await asyncio.Event().wait()


@out_of_time
async def test_a_task_of_its_group_waits() -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(asyncio.Event().wait())


@out_of_time
async def test_other_tasks_never_leave_off() -> None:
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(_turn_for_ever())
        tasks.create_task(_turn_for_ever())


@out_of_time
async def test_a_callback_asks_for_itself() -> None:
    _again(lambda: None)
    await asyncio.Event().wait()


@out_of_time
async def test_a_callback_never_returns() -> None:
    asyncio.get_running_loop().call_soon(_for_ever)
    await asyncio.Event().wait()


@out_of_time
async def test_it_never_gives_way() -> None:
    _for_ever()


@out_of_time
@pytest.mark.asyncio(loop_scope="session")
async def test_it_waits_in_the_session() -> None:
    await asyncio.Event().wait()


@out_of_time
@pytest.mark.asyncio(loop_scope="session")
async def test_it_never_gives_way_in_the_session() -> None:
    _for_ever()


@pytest.mark.asyncio(loop_scope="session")
async def test_the_loop_of_the_session_still_turns() -> None:
    await asyncio.sleep(0.01)


async def test_a_loop_is_made_anew() -> None:
    await asyncio.sleep(0.01)
