"""Each incarnation of the log is an epoch, which begins where it was first seen."""

import asyncio
from collections.abc import AsyncGenerator
from pathlib import Path

import asyncpg
import pytest
import pytest_asyncio

from intersessional.domain.command_handling.event_store import StaleEpoch
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.migrations import migrate
from intersessional.projections.kernel.epochs import Epochs, PositionInEpoch, RecordChanged
from tests.databases import fresh_database
from tests.infra.event_store.append_requests import a_new_stream
from tests.infra.event_store.other_server import lose_tail, replace_server
from tests.infra.event_store.store_location import StoreLocation

WAIT_MAX_S = 30


@pytest_asyncio.fixture
async def tail(location: StoreLocation) -> AsyncGenerator[Tail]:
    async with Tail(location.url, schema=location.schema) as tail:
        yield tail


async def begun(log: EventLog) -> list[int]:
    """The positions after which the epochs begin."""
    return [epoch.begins_after for epoch in await log.epochs()]


async def changed(tail: Tail) -> Epochs:
    """The epochs after the next change that the tail sees."""
    event = asyncio.Event()
    tail.on_change(event.set)
    async with asyncio.timeout(WAIT_MAX_S):
        await event.wait()
    return tail.epochs


async def test_log_has_one_epoch_from_its_first_event_on(
    log: EventLog, sequencer: Sequencer, tail: Tail
) -> None:
    for _ in range(3):
        await sequencer.append(a_new_stream())

    assert await begun(log) == [0]
    assert (await log.epochs()).present == tail.epochs.present


async def test_another_server_has_an_epoch_before_its_first_append(
    log: EventLog, sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    await sequencer.append(a_new_stream())
    await replace_server(owner)

    await asyncio.gather(*(sequencer.append(a_new_stream()) for _ in range(20)))

    assert await begun(log) == [0, 1]


async def test_stock_append_without_our_functions_begins_the_epoch_first(
    log: EventLog, sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    await sequencer.append(a_new_stream())
    await replace_server(owner)
    await owner.execute(
        "INSERT INTO stored_events (originator_id, originator_version, topic, state,"
        " notification_id, recorded_at, leaf_hash)"
        " SELECT gen_random_uuid(), 1, 'note', '', 2, now() + interval '1 day', ''"
    )

    await owner.execute(
        "UPDATE head SET position = 2, recorded_at ="
        " (SELECT max(recorded_at) FROM stored_events), frontier = ARRAY[''::bytea]"
    )

    assert await begun(log) == [0, 1]


async def test_nodes_of_another_server_see_one_new_epoch(
    location: StoreLocation, log: EventLog, sequencer: Sequencer, owner: asyncpg.Connection
) -> None:
    async with (
        Tail(location.url, schema=location.schema) as one,
        Tail(location.url, schema=location.schema) as two,
    ):
        await sequencer.append(a_new_stream())
        await replace_server(owner)
        epochs = await asyncio.gather(changed(one), changed(two))

    assert [epoch.begins_after for epoch in epochs[0]] == await begun(log) == [0, 1]
    assert epochs[0].present == epochs[1].present


async def test_copy_of_the_database_is_another_record(
    postgres: str, sequencer: Sequencer, location: StoreLocation, log: EventLog
) -> None:
    async with fresh_database(postgres) as url:
        original = await StoreLocation.make(url)
        async with Sequencer(url, schema=original.schema) as writer:
            await writer.append(a_new_stream())
        name = url.rpartition("/")[2].partition("?")[0]
        async with fresh_database(postgres, name) as copy:
            await migrate(copy, schema=original.schema, parts=(EVENT_STORE_SCRIPTS,))
            async with (
                Tail(copy, schema=original.schema) as tail,
                original.pool() as pool,
            ):
                first = await EventLog(pool).epochs()
                assert [epoch.begins_after for epoch in tail.epochs] == [0, 1]
                assert next(iter(tail.epochs)) == next(iter(first))


async def test_restarted_server_begins_an_epoch_that_has_all_events(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path) as url:
        location = await StoreLocation.make(url)
        async with Tail(url, schema=location.schema) as tail:
            async with Sequencer(url, schema=location.schema) as sequencer:
                await sequencer.append(a_new_stream())
            before = tail.epochs
    async with embedded_postgres(tmp_path) as url, Tail(url, schema=location.schema) as tail:
        after = tail.epochs

    assert [epoch.begins_after for epoch in after] == [0, 1]
    after.check(PositionInEpoch(1, before.present))
    with pytest.raises(RecordChanged) as changed:
        after.check(PositionInEpoch(2, before.present))
    assert changed.value.after == 1


async def test_log_that_its_owner_set_back_shares_nothing_with_what_was_read(
    location: StoreLocation,
    log: EventLog,
    sequencer: Sequencer,
    owner: asyncpg.Connection,
    tail: Tail,
) -> None:
    await sequencer.append(a_new_stream())
    peaks = [*(await log.head()).frontier]
    await sequencer.append(a_new_stream())
    async with asyncio.timeout(WAIT_MAX_S):
        await tail.wait(1)
    before = tail.epochs
    await lose_tail(owner, 1, peaks)

    after = await changed(tail)

    assert (after.shared_with(before), tail.position) == (0, 1)
    assert await begun(log) == [0, 0]


async def test_append_that_relies_on_another_epoch_is_refused(
    location: StoreLocation, sequencer: Sequencer, owner: asyncpg.Connection, log: EventLog
) -> None:
    await sequencer.append(a_new_stream())
    made_in = (await log.epochs()).present
    await replace_server(owner)
    request = a_new_stream()
    stale = type(request)(commands=request.commands, expects=request.expects, epoch=made_in)
    async with Sequencer(location.url, schema=location.schema) as other_node:
        with pytest.raises(StaleEpoch) as refused:
            await other_node.append(stale)

        assert refused.value.actual == (await log.epochs()).present != made_in
        assert (await log.head()).position == 1
