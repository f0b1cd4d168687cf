"""Many writers on many nodes make one order, of which no reader misses or doubles anything."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import AsyncExitStack, suppress
from uuid import UUID, uuid4

import asyncpg
import pytest_asyncio

from intersessional.domain.kernel.refusals import StaleVersion
from intersessional.infra.event_store.append.recorded_command import RecordedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.pool import Pool
from tests.infra.event_store.append_requests import an_append, an_event, events_of
from tests.infra.event_store.store_location import StoreLocation

NODES = 3
TASKS_A_NODE = 8
APPENDS_A_TASK = 15
EVENTS = NODES * TASKS_A_NODE * sum(1 + number % 3 for number in range(APPENDS_A_TASK))


@pytest_asyncio.fixture
async def nodes(location: StoreLocation) -> AsyncGenerator[list[Sequencer]]:
    """The writers of several nodes on one database."""
    async with AsyncExitStack() as stack:
        yield [
            await stack.enter_async_context(Sequencer(location.url, schema=location.schema))
            for _ in range(NODES)
        ]


async def write(sequencer: Sequencer) -> list[RecordedCommand]:
    """Append to streams of one's own, one, two or three events at a time."""
    receipts: list[RecordedCommand] = []
    for number in range(APPENDS_A_TASK):
        receipts += await sequencer.append(an_append(*events_of(uuid4(), 1, 1 + number % 3)))
    return receipts


async def follow(last: int, read: Callable[[int], Awaitable[Sequence[int]]]) -> list[int]:
    """The positions that a reader gets by reading on after the last one, until the end."""
    seen: list[int] = []
    async with asyncio.timeout(60):
        while not seen or seen[-1] < last:
            seen += await read(seen[-1] if seen else 0)
    return seen


async def test_readers_miss_nothing_and_see_nothing_twice(
    nodes: list[Sequencer], location: StoreLocation, log: EventLog
) -> None:
    async def read(after: int) -> list[int]:
        await tail.wait(after)
        return [row.position for row in await log.read(after, 50)]

    async with Tail(location.url, schema=location.schema) as tail, asyncio.TaskGroup() as tasks:
        readers = [tasks.create_task(follow(EVENTS, read)) for _ in range(3)]
        writers = [tasks.create_task(write(sequencer)) for sequencer in nodes * TASKS_A_NODE]

    assert [await reader for reader in readers] == [list(range(1, EVENTS + 1))] * 3
    receipts = [receipt for writer in writers for receipt in await writer]
    answered = [n for one in receipts for n in range(one.first, one.last + 1)]
    assert sorted(answered) == list(range(1, EVENTS + 1))
    assert (await location.verified_head()).position == EVENTS


async def test_reader_would_miss_commits_out_of_order(
    owner: asyncpg.Connection, pool: Pool
) -> None:
    """The control: the same reader on a table whose positions are a sequence's."""
    await owner.execute(
        "CREATE TABLE naive (position bigserial); GRANT ALL ON naive, naive_position_seq TO PUBLIC"
    )

    async def read(after: int) -> list[int]:
        rows = await pool.fetch("SELECT * FROM naive WHERE position > $1 ORDER BY position", after)
        return [row["position"] for row in rows]

    async with owner.transaction():
        await owner.execute("INSERT INTO naive DEFAULT VALUES")
        await pool.execute("INSERT INTO naive DEFAULT VALUES")
        seen = await follow(2, read)

    assert await read(0) == [1, 2]
    assert seen == [2]


async def test_append_answered_before_another_began_has_a_lower_position(
    nodes: list[Sequencer],
) -> None:
    """Positions agree with the order in time, also between two nodes."""
    last = 0
    for number in range(60):
        [receipt] = await nodes[number % NODES].append(an_append(an_event(uuid4())))

        assert receipt.first > last
        last = receipt.last


async def test_one_of_many_writers_of_a_version_wins_and_no_version_is_lost(
    nodes: list[Sequencer], log: EventLog, location: StoreLocation
) -> None:
    contended = uuid4()

    async def write_five(sequencer: Sequencer) -> None:
        for _ in range(5):
            await write_next(sequencer, log, contended)

    async with asyncio.timeout(60), asyncio.TaskGroup() as tasks:
        for sequencer in nodes * 3:
            tasks.create_task(write_five(sequencer))

    versions = [row.version for row in await log.stream(contended)]
    assert versions == list(range(1, NODES * 3 * 5 + 1))
    assert (await location.verified_head()).position == len(versions)


async def write_next(sequencer: Sequencer, log: EventLog, stream: UUID) -> None:
    """Append the next version, however often someone else is faster."""
    while True:
        version = len(await log.stream(stream)) + 1
        with suppress(StaleVersion):
            await sequencer.append(an_append(an_event(stream, version)))
            return
