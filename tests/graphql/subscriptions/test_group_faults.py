"""Whatever breaks in a group, nobody else notices, and nothing is lost."""

import asyncio
from collections.abc import Sequence

import orjson
import pytest
from graphql import GraphQLError

from intersessional.graphql.execution.requests import RequestError
from intersessional.graphql.request.context import BadRequest
from intersessional.graphql.subscriptions.payload import Payload
from tests.graphql.subscriptions.groups import a_room, settle
from tests.graphql.subscriptions.script import Script, Watcher


class Bad(Watcher):
    """Cannot take what it is given, nor be told so."""

    def send(self, payloads: Sequence[Payload]) -> None:
        raise RuntimeError(f"{payloads[0].position} does not fit")

    def fail(self, body: bytes) -> None:
        super().fail(body)
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
        (RequestError(GraphQLError("No.", extensions={"code": "NO"})), "NO"),
        (BadRequest("BAD_ID", "There is nothing like it."), "BAD_ID"),
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
