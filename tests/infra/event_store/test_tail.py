"""Readers that wait are woken, also when notifications or sessions are lost."""

import asyncio
from collections.abc import AsyncGenerator

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.command_handling.event_store import Closed
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.tail import Tail
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.store_location import StoreLocation

LISTENERS = (
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
    " AND query LIKE '%FROM log_state($1)%' AND pid <> pg_backend_pid()"
)


@pytest_asyncio.fixture
async def tail(location: StoreLocation) -> AsyncGenerator[Tail]:
    async with Tail(location.url, schema=location.schema) as tail:
        yield tail


async def grown(tail: Tail, after: int) -> int:
    """The last position, once it is beyond this one; fails after a time."""
    async with asyncio.timeout(30):
        return await tail.wait(after)


async def test_tail_answers_the_last_position(sequencer: Sequencer, tail: Tail) -> None:
    waiting = [asyncio.create_task(grown(tail, 0)) for _ in range(3)]
    await asyncio.sleep(0)

    await sequencer.append(a_new_stream())

    assert await asyncio.gather(*waiting) == [1, 1, 1]
    assert tail.position == 1


async def test_tail_counts_events_from_before_its_start(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    for _ in range(3):
        await sequencer.append(a_new_stream())

    async with Tail(location.url, schema=location.schema) as tail:
        assert await grown(tail, 0) == 3


async def test_tail_does_not_wait_behind_the_last_position(
    sequencer: Sequencer, tail: Tail
) -> None:
    for _ in range(2):
        await sequencer.append(a_new_stream())
    await grown(tail, 1)

    assert await tail.wait(0) == 2


async def test_tail_wakes_at_every_append(sequencer: Sequencer, tail: Tail) -> None:
    for position in range(1, 51):
        await sequencer.append(a_new_stream())

        assert await grown(tail, position - 1) == position


async def test_others_are_woken_once_for_each_connection(
    location: StoreLocation, sequencer: Sequencer
) -> None:
    woken: list[str] = []
    wakes = {"others": lambda: woken.append("others")}

    async with Tail(location.url, schema=location.schema, wakes=wakes) as tail:
        await sequencer.append(a_new_stream())
        await grown(tail, 0)

    assert woken == ["others"]


async def test_tail_polls_after_a_lost_notification(
    tail: Tail, sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    await sequencer.append(a_new_stream())
    await grown(tail, 0)
    silent = "SELECT replace(pg_get_functiondef('append_events'::regproc), 'NOTIFY', '-- ')"
    await owner.execute(await owner.fetchval(silent))

    await sequencer.append(a_new_stream())

    assert await grown(tail, 1) == 2


async def test_terminated_session_is_replaced(
    tail: Tail, sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    await sequencer.append(a_new_stream())
    await grown(tail, 0)
    ended = await owner.fetch(f"SELECT pg_terminate_backend(pid) FROM ({LISTENERS}) AS listening")
    assert len(ended) == 1

    await sequencer.append(a_new_stream())

    assert await grown(tail, 1) == 2


async def test_tail_raises_closed_for_waiters_at_its_end(location: StoreLocation) -> None:
    async with Tail(location.url, schema=location.schema) as tail:
        waiting = asyncio.create_task(grown(tail, 0))
        await asyncio.sleep(0)

    with pytest.raises(Closed):
        await waiting
    with pytest.raises(Closed):
        await tail.wait(0)


async def test_tail_is_closed_before_start(location: StoreLocation) -> None:
    with pytest.raises(Closed):
        await Tail(location.url, schema=location.schema).wait(0)


async def test_tail_without_tables_raises(shared_database: str) -> None:
    with pytest.raises(asyncpg.UndefinedFunctionError):
        async with asyncio.timeout(30), Tail(shared_database, schema="nothing_here"):
            await asyncio.Event().wait()
