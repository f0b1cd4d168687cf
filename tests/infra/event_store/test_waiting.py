"""What waits is handed out in batches, and not more of it than fits."""

import asyncio
from uuid import uuid4

import pytest

from intersessional.domain.kernel.event_store import Closed, TooBusy
from intersessional.infra.event_store.append import append_queue
from intersessional.infra.event_store.append.append_queue import AppendQueue, QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from tests.infra.event_store.making import a_command, a_new_stream, an_event


def pending(append: AppendRequest | None = None) -> QueuedAppend:
    return QueuedAppend(append or a_new_stream(), asyncio.get_running_loop(), timeout_s=0)


def of_bytes(size: int) -> QueuedAppend:
    """An append that has about this size."""
    return pending(a_new_stream(text="x" * size))


async def test_what_waits_is_taken_together_and_in_order() -> None:
    queue = AppendQueue(10)
    asked = [pending() for _ in range(5)]
    for one in asked:
        queue.put(one)

    assert await queue.take() == asked


async def test_who_takes_waits_until_there_is_something() -> None:
    queue = AppendQueue(10)
    taking = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    one = pending()

    queue.put(one)

    async with asyncio.timeout(10):
        assert await taking == [one]


async def test_a_batch_holds_no_more_commands_than_it_may() -> None:
    queue = AppendQueue(1_000)
    for _ in range(append_queue.BATCH_COMMANDS_MAX + 3):
        queue.put(pending())

    assert len(await queue.take()) == append_queue.BATCH_COMMANDS_MAX
    assert len(await queue.take()) == 3


async def test_a_batch_holds_no_more_bytes_than_it_may() -> None:
    queue = AppendQueue(10)
    half = append_queue.BATCH_BYTES_MAX // 2
    for _ in range(3):
        queue.put(of_bytes(half))

    assert [len(await queue.take()) for _ in range(3)] == [1, 1, 1]


async def test_an_append_that_is_greater_than_a_batch_goes_alone() -> None:
    queue = AppendQueue(10)
    commands = [a_command(an_event(uuid4())) for _ in range(300)]
    great = AppendRequest(commands=tuple(commands), expects={one.subject: 0 for one in commands})
    for one in (small := pending(), alone := pending(great), last := pending()):
        queue.put(one)

    assert [await queue.take() for _ in range(3)] == [[small], [alone], [last]]


async def test_when_it_is_full_a_further_append_is_refused_and_told_how_many_wait() -> None:
    queue = AppendQueue(2)
    queue.put(pending())
    queue.put(pending())

    with pytest.raises(TooBusy) as refused:
        queue.put(pending())
    await queue.take()
    queue.put(pending())

    assert refused.value.waiting == 2


async def test_it_is_full_of_bytes_too_but_takes_the_first_whatever_its_size(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(append_queue, "QUEUE_BYTES_MAX", 1_000)
    queue = AppendQueue(10)
    queue.put(of_bytes(2_000))

    with pytest.raises(TooBusy):
        queue.put(of_bytes(10))
    await queue.take()
    queue.put(of_bytes(10))

    assert len(await queue.take()) == 1


async def test_once_closed_it_hands_out_the_rest_and_ends() -> None:
    queue = AppendQueue(10)
    one = pending()
    queue.put(one)

    queue.close()

    async with asyncio.timeout(10):
        assert await queue.take() == [one]
        assert await queue.take() == []


async def test_what_still_waits_can_be_told_that_it_failed() -> None:
    queue = AppendQueue(10)
    here, gone = pending(), pending()
    queue.put(here)
    queue.put(gone)
    gone.outcome.cancel()

    queue.fail(Closed())

    assert isinstance(here.outcome.exception(), Closed)
    assert gone.outcome.cancelled()
