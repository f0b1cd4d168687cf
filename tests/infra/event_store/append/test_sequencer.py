"""The sequencer refuses appends that it cannot take, and answers every one."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg
import pytest

from intersessional.domain.command_handling.event_store import Closed, TooBusy
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.log_head import LogHead
from tests.infra.event_store.append_requests import a_new_stream, an_append, an_event
from tests.infra.event_store.store_location import StoreLocation


@asynccontextmanager
async def held_up(owner: asyncpg.Connection) -> AsyncGenerator[None]:
    """Hold the lock of the log."""
    async with owner.transaction():
        await owner.execute("LOCK TABLE stored_events IN EXCLUSIVE MODE")
        yield


async def wait_until_held_up(owner: asyncpg.Connection) -> None:
    """Wait until a batch waits for the lock."""
    waits = "SELECT true FROM pg_locks WHERE relation = 'stored_events'::regclass AND NOT granted"
    async with asyncio.timeout(30):
        while not await owner.fetchval(waits):
            pass


async def test_append_to_a_full_queue_is_refused_at_once(
    location: StoreLocation, owner: asyncpg.Connection, log: EventLog
) -> None:
    async with (
        Sequencer(location.url, schema=location.schema, appends_max=2) as sequencer,
        asyncio.TaskGroup() as tasks,
    ):
        async with held_up(owner):
            appends = [tasks.create_task(sequencer.append(a_new_stream()))]
            await wait_until_held_up(owner)
            appends += [tasks.create_task(sequencer.append(a_new_stream())) for _ in range(2)]
            await asyncio.sleep(0)

            with pytest.raises(TooBusy):
                await sequencer.append(a_new_stream())

        async with asyncio.timeout(30):
            assert [(await one)[0].first for one in appends] == [1, 2, 3]
    assert (await log.head()).position == 3


async def test_sequencer_is_closed_before_start_and_after_exit(location: StoreLocation) -> None:
    sequencer = Sequencer(location.url, schema=location.schema)
    with pytest.raises(Closed):
        await sequencer.append(a_new_stream())

    async with sequencer:
        await sequencer.append(a_new_stream())

    with pytest.raises(Closed):
        await sequencer.append(a_new_stream())


async def test_sequencer_records_waiting_appends_at_exit(
    location: StoreLocation, log: EventLog
) -> None:
    async with Sequencer(location.url, schema=location.schema) as sequencer:
        appends = [asyncio.create_task(sequencer.append(a_new_stream())) for _ in range(600)]
        await asyncio.sleep(0)

    assert [(await one)[0].first for one in appends] == list(range(1, 601))
    assert (await log.head()).position == 600


async def test_sequencer_exit_with_an_error_fails_waiting_appends(
    location: StoreLocation, owner: asyncpg.Connection
) -> None:
    appends: list[asyncio.Task[tuple[RecordedCommand, ...]]] = []

    async def leave_with_an_error() -> None:
        async with Sequencer(location.url, schema=location.schema) as sequencer:
            appends.append(asyncio.create_task(sequencer.append(a_new_stream())))
            await wait_until_held_up(owner)
            appends.append(asyncio.create_task(sequencer.append(a_new_stream())))
            await asyncio.sleep(0)
            raise ZeroDivisionError

    async with held_up(owner):
        with pytest.raises(ZeroDivisionError):
            await leave_with_an_error()

    async with asyncio.timeout(30):
        answers = await asyncio.gather(*appends, return_exceptions=True)
    assert [type(answer) for answer in answers] == [Closed, Closed]


async def test_cancelled_append_does_not_harm_others(
    sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    async with held_up(owner):
        gone = asyncio.create_task(sequencer.append(a_new_stream()))
        await wait_until_held_up(owner)
        staying = asyncio.create_task(sequencer.append(a_new_stream()))
        await asyncio.sleep(0)
        gone.cancel()

    async with asyncio.timeout(30):
        assert (await staying)[0].first == 2
    assert gone.cancelled()


async def test_terminated_session_is_replaced(
    sequencer: Sequencer, owner: asyncpg.Connection, log: EventLog
) -> None:
    stream = uuid4()
    await sequencer.append(an_append(an_event(stream)))

    async with held_up(owner):
        appending = asyncio.create_task(sequencer.append(an_append(an_event(stream, 2))))
        await wait_until_held_up(owner)
        await owner.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_locks"
            " WHERE relation = 'stored_events'::regclass AND NOT granted"
        )

    async with asyncio.timeout(30):
        [receipt] = await appending
    assert (receipt.first, receipt.repeated) == (2, False)
    assert [row.version for row in await log.stream(stream)] == [1, 2]


async def test_sequencer_reads_the_head_again_after_a_lost_connection(
    location: StoreLocation, sequencer: Sequencer, owner: asyncpg.Connection, log: EventLog
) -> None:
    heads: list[LogHead] = []
    for _ in range(3):
        await sequencer.append(a_new_stream())
        heads.append(await log.head())
    await owner.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
        " WHERE datname = current_database() AND query LIKE '%append_events%'"
        " AND pid <> pg_backend_pid()"
    )
    # Like a standby that has not received the third event.
    await owner.execute(
        "ALTER TABLE stored_events DISABLE TRIGGER ALL; ALTER TABLE head DISABLE TRIGGER ALL;"
        "DELETE FROM stored_events WHERE notification_id = 3"
    )
    await owner.execute(
        "UPDATE head SET position = 2, recorded_at = $1, frontier = $2",
        heads[1].recorded_at,
        heads[1].frontier,
    )
    async with Sequencer(location.url, schema=location.schema) as other:
        await other.append(a_new_stream())

    [receipt] = await sequencer.append(a_new_stream())

    assert receipt.first == 4
    assert (await location.verified_head()).position == 4
