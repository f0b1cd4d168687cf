"""A group for each thing that is watched, for as long as somebody may come back to it."""

import asyncio

import pytest

from intersessional.graphql.request.context import BadRequest
from tests.graphql.subscriptions.groups import a_room, settle
from tests.graphql.subscriptions.script import Script, Watcher


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


async def test_a_group_that_failed_is_forgotten_though_nobody_comes_back() -> None:
    script = Script()
    async with a_room(script) as room:
        watcher = Watcher()
        await room.join(watcher, 0)

        script.fail(LookupError("lost"))
        await watcher.until(lambda watcher: bool(watcher.failures))
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
        with pytest.raises(BadRequest) as refused:
            await room.join(Watcher(), 0, key="c")
        assert (refused.value.extensions or {})["code"] == "TOO_BUSY"
        with pytest.raises(BadRequest):
            await room.join(Watcher(), 0, key=None)

        # What is watched already can be joined, and what nobody watches makes room.
        await room.join(Watcher(), 0, key="b")
        kept.leave()
        await room.join(Watcher(), 0, key="c")

        assert len(room.groups) == 2
