"""The contenders of ``bench.append``: each records events of the same size, and returns the rate.

Every run begins with empty tables and with nothing left to be written to disk from the one before.
What is recorded is made before the clock starts, but where the library makes it while it saves.
"""

import asyncio
import gc
import threading
import time
from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import UUID, uuid4

import asyncpg
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from eventsourcing.persistence import StoredEvent
from psycopg.conninfo import conninfo_to_dict

from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.migrations import migrate

T = TypeVar("T")

TEXT = "x" * 330
STATE = b'{"data":{"text":"%b"},"act":"%b"}' % (TEXT.encode(), b"y" * 90)
TOPIC = "comment.posted.v1"
SCHEMA = "bench"
"""The schema of our events, from which COPY takes them."""


class Comment(Aggregate):
    """An aggregate of the library with one event."""

    def __init__(self, text: str) -> None:
        self.text = text


async def saved(dsn: str, threads: int, events: int) -> float:
    """``Application.save`` of the library, with its PostgreSQL recorder."""
    async with _library(dsn, threads) as app:
        comments = [Comment(TEXT) for _ in range(events)]
        return await asyncio.to_thread(_in_threads, threads, comments, app.save)


async def inserted_by_the_library(dsn: str, threads: int, events: int) -> float:
    """``insert_events`` of its recorder: without making the events, as ours are measured."""
    async with _library(dsn, threads) as app:
        stored = [StoredEvent(uuid4(), 1, TOPIC, STATE) for _ in range(events)]
        return await asyncio.to_thread(
            _in_threads, threads, stored, lambda event: app.recorder.insert_events([event])
        )


async def inserted(dsn: str, clients: int, events: int) -> float:
    """One INSERT an event over eight connections: nothing checked or hashed, gaps for readers."""
    await _afresh(dsn, SCHEMA)
    settings = {"search_path": SCHEMA}
    async with asyncpg.create_pool(dsn, min_size=8, max_size=8, server_settings=settings) as pool:
        await pool.execute(
            "CREATE TABLE stored_events (originator_id uuid, originator_version bigint, topic text,"
            " state bytea, notification_id bigserial UNIQUE,"
            " PRIMARY KEY (originator_id, originator_version))"
        )

        async def insert(stream: UUID) -> None:
            await pool.execute(
                "INSERT INTO stored_events VALUES ($1, 1, $2, $3)", stream, TOPIC, STATE
            )

        return await _at_once(clients, [uuid4() for _ in range(events)], insert)


async def appended(dsn: str, clients: int, events: int) -> float:
    """Ours: versions and commands checked, hashed, contiguous, in one order."""
    await _afresh(dsn, SCHEMA)
    await migrate(dsn, schema=SCHEMA, parts=(EVENT_STORE_SCRIPTS,))
    async with Sequencer(dsn, schema=SCHEMA) as sequencer:
        appends = [append_of_one() for _ in range(events)]
        return await _at_once(clients, appends, sequencer.append)


async def copied(dsn: str, tables: Sequence[str]) -> float:
    """COPY of the rows that the run before recorded, into tables with the same indexes."""
    connection = await asyncpg.connect(dsn)
    rows = {table: await connection.fetch(f"TABLE {SCHEMA}.{table}") for table in tables}
    await _afresh(dsn, "bench_copy")
    for table in tables:
        await connection.execute(
            f"CREATE TABLE bench_copy.{table} (LIKE {SCHEMA}.{table} INCLUDING ALL)"
        )
    _ready()
    async with connection.transaction():
        started = time.perf_counter()
        for table in tables:
            records = [tuple(row.values()) for row in rows[table]]
            await connection.copy_records_to_table(table, schema_name="bench_copy", records=records)
    seconds = time.perf_counter() - started
    await connection.close()
    return len(rows[tables[0]]) / seconds


def append_of_one() -> AppendRequest:
    """A command that begins a stream with one event."""
    stream = uuid4()
    event = NewEvent(stream=stream, version=1, topic=TOPIC, state=STATE)
    command = EncodedCommand(command_id=uuid4(), body=STATE, subject=stream, events=(event,))
    return AppendRequest(commands=(command,), expects={stream: 0})


async def _at_once(
    clients: int, things: Sequence[T], record: Callable[[T], Awaitable[object]]
) -> float:
    """The rate per second when every client records one after the other."""
    left = iter(things)

    async def client() -> None:
        for thing in left:
            await record(thing)

    _ready()
    started = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(clients):
            tasks.create_task(client())
    return len(things) / (time.perf_counter() - started)


def _in_threads(count: int, things: Sequence[T], record: Callable[[T], object]) -> float:
    """The rate per second when every thread records its share."""

    def client(share: Sequence[T]) -> None:
        for thing in share:
            record(thing)

    threads = [
        threading.Thread(target=client, args=(things[number::count],)) for number in range(count)
    ]
    _ready()
    started = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(things) / (time.perf_counter() - started)


@asynccontextmanager
async def _library(dsn: str, threads: int) -> AsyncGenerator[Application[UUID]]:
    await _afresh(dsn, SCHEMA)
    server = conninfo_to_dict(dsn)
    app = Application[UUID](
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(server.get("dbname", "postgres")),
            "POSTGRES_HOST": str(server.get("host", "")),
            "POSTGRES_PORT": str(server.get("port", 5432)),
            "POSTGRES_USER": str(server.get("user", "postgres")),
            "POSTGRES_PASSWORD": str(server.get("password", "")),
            "POSTGRES_SCHEMA": SCHEMA,
            "POSTGRES_POOL_SIZE": str(threads),
        }
    )
    try:
        yield app
    finally:
        app.close()


async def _afresh(dsn: str, schema: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
    await connection.execute("CHECKPOINT")
    await connection.close()


def _ready() -> None:
    """Keep the garbage collector from what was only made to be recorded."""
    gc.unfreeze()
    gc.collect()
    gc.freeze()
