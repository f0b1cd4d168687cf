"""Values that are made once."""

import asyncio

import pytest

from intersessional.concurrency.memo import Memo


async def test_value_is_made_once_for_all_who_ask_meanwhile_and_later() -> None:
    memo, made = Memo(), list[str]()

    async def make() -> str:
        made.append("made")
        await asyncio.sleep(0)
        return "value"

    assert await asyncio.gather(*(memo.get("key", make) for _ in range(3))) == ["value"] * 3
    assert await memo.get("key", make) == "value"
    assert made == ["made"]


async def test_caller_that_is_cancelled_does_not_cancel_the_value_of_the_others() -> None:
    memo, go = Memo(), asyncio.Event()

    async def make() -> str:
        await go.wait()
        return "value"

    first, second = (asyncio.create_task(memo.get("key", make)) for _ in range(2))
    await asyncio.sleep(0)
    first.cancel()
    await asyncio.wait((first,))
    go.set()

    assert first.cancelled()
    assert await second == "value"


async def test_making_ends_with_the_last_caller_and_begins_anew_for_the_next() -> None:
    memo, begun, ended = Memo(), asyncio.Event(), list[str]()

    async def make() -> str:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")
        raise AssertionError

    async def make_at_once() -> str:
        return "value"

    only = asyncio.create_task(memo.get("key", make))
    await begun.wait()
    only.cancel()
    await asyncio.wait((only,))

    assert await memo.get("key", make_at_once) == "value"
    assert ended == ["ended"]


async def test_failure_is_raised_to_all_and_is_not_held() -> None:
    memo, faults = Memo(), [RuntimeError("once")]

    async def make() -> str:
        await asyncio.sleep(0)
        if faults:
            raise faults.pop()
        return "value"

    with pytest.raises(RuntimeError, match="once"):
        await memo.get("key", make)
    assert await memo.get("key", make) == "value"
