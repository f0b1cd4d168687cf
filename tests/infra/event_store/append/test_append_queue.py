"""Queued appends are taken in bounded batches, in order."""

import asyncio
from uuid import uuid4

import pytest

from intersessional.domain.command_handling.event_store import Closed, TooBusy
from intersessional.infra.event_store.append import append_queue
from intersessional.infra.event_store.append.append_queue import AppendQueue, QueuedAppend
from intersessional.infra.event_store.append.append_request import AppendRequest
from tests.infra.event_store.append_requests import a_command, a_new_stream, an_event


def pending(append: AppendRequest | None = None) -> QueuedAppend:
    return QueuedAppend(append or a_new_stream(), asyncio.get_running_loop(), timeout_s=0)


def of_bytes(size: int) -> QueuedAppend:
    """An append that has about this size."""
    return pending(a_new_stream(text="x" * size))


async def test_queued_appends_are_taken_together_in_order() -> None:
    queue = AppendQueue(10)
    appends = [pending() for _ in range(5)]
    for one in appends:
        queue.put(one)

    assert await queue.take() == appends


async def test_take_waits_for_an_append() -> None:
    queue = AppendQueue(10)
    taking = asyncio.create_task(queue.take())
    await asyncio.sleep(0)
    one = pending()

    queue.put(one)

    async with asyncio.timeout(30):
        assert await taking == [one]


async def test_batch_has_at_most_its_commands() -> None:
    queue = AppendQueue(1_000)
    for _ in range(append_queue.BATCH_COMMANDS_MAX + 3):
        queue.put(pending())

    assert len(await queue.take()) == append_queue.BATCH_COMMANDS_MAX
    assert len(await queue.take()) == 3


async def test_batch_has_at_most_its_bytes() -> None:
    queue = AppendQueue(10)
    half = append_queue.BATCH_BYTES_MAX // 2
    for _ in range(3):
        queue.put(of_bytes(half))

    assert [len(await queue.take()) for _ in range(3)] == [1, 1, 1]


async def test_append_greater_than_a_batch_is_taken_alone() -> None:
    queue = AppendQueue(10)
    commands = [a_command(an_event(uuid4())) for _ in range(300)]
    great = AppendRequest(commands=tuple(commands), expects={one.subject: 0 for one in commands})
    for one in (small := pending(), alone := pending(great), last := pending()):
        queue.put(one)

    assert [await queue.take() for _ in range(3)] == [[small], [alone], [last]]


async def test_full_queue_refuses_with_the_number_of_waiting_appends() -> None:
    queue = AppendQueue(2)
    queue.put(pending())
    queue.put(pending())

    with pytest.raises(TooBusy) as refused:
        queue.put(pending())
    await queue.take()
    queue.put(pending())

    assert refused.value.waiting == 2


async def test_queue_full_of_bytes_refuses_but_takes_a_first_append_of_any_size(
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


async def test_closed_queue_gives_the_rest_and_ends() -> None:
    queue = AppendQueue(10)
    one = pending()
    queue.put(one)

    queue.close()

    async with asyncio.timeout(30):
        assert await queue.take() == [one]
        assert await queue.take() == []


async def test_waiting_appends_can_be_failed() -> None:
    queue = AppendQueue(10)
    here, gone = pending(), pending()
    queue.put(here)
    queue.put(gone)
    gone.outcome.cancel()

    queue.fail(Closed())

    assert isinstance(here.outcome.exception(), Closed)
    assert gone.outcome.cancelled()
