"""Durable appends, side by side in one run: the stock library, plain INSERTs, ours, COPY.

    python -m bench.append [rounds]

Every round runs each contender once, in turn, on the same server: DATABASE_URL, or one embedded in
a new directory. All record events of the same size; what they record is made before the clock starts.
"""

import asyncio
import gc
import os
import platform
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import uvloop
from eventsourcing.application import Application
from eventsourcing.domain import Aggregate
from psycopg.conninfo import conninfo_to_dict

from intersessional.infra.embedded import embedded_postgres
from intersessional.infra.record.entries import Append, NewEvent, Submission
from intersessional.infra.record.schema import apply_schema
from intersessional.infra.record.sequencer import Sequencer

TEXT = "x" * 330
STATE = b'{"data":{"text":"%b"},"act":"%b"}' % (TEXT.encode(), b"y" * 90)
TOPIC = "comment.posted.v1"

Contender = Callable[[], Awaitable[float]]
"""One round: how many events a second were durable."""


def append_of_one() -> Append:
    """A command that begins a stream with one event."""
    stream = uuid4()
    event = NewEvent(stream=stream, version=1, topic=TOPIC, state=STATE)
    submission = Submission(command_id=uuid4(), body=STATE, subject=stream, events=(event,))
    return Append(submissions=(submission,), expects={stream: 0})


async def at_once(clients: int, record: Callable[[], Awaitable[bool]]) -> float:
    """Seconds until every client has recorded, one after the other, until nothing is left."""

    async def client() -> None:
        while await record():
            pass

    ready()
    started = time.perf_counter()
    async with asyncio.TaskGroup() as tasks:
        for _ in range(clients):
            tasks.create_task(client())
    return time.perf_counter() - started


def ready() -> None:
    """Keep the garbage collector from what was only made to be recorded."""
    gc.collect()
    gc.freeze()


@asynccontextmanager
async def stock(dsn: str, threads: int, events: int) -> AsyncIterator[Contender]:
    """``Application.save`` with the library's PostgreSQL recorder."""
    server = conninfo_to_dict(dsn)
    app = Application[UUID](
        {
            "PERSISTENCE_MODULE": "eventsourcing.postgres",
            "POSTGRES_DBNAME": str(server.get("dbname", "postgres")),
            "POSTGRES_HOST": str(server.get("host", "")),
            "POSTGRES_PORT": str(server.get("port", 5432)),
            "POSTGRES_USER": str(server.get("user", "postgres")),
            "POSTGRES_PASSWORD": str(server.get("password", "")),
            "POSTGRES_SCHEMA": "bench_stock",
            "POSTGRES_POOL_SIZE": str(threads),
        }
    )

    class Comment(Aggregate):
        def __init__(self, text: str) -> None:
            self.text = text

    def save(comments: list[Comment]) -> None:
        for comment in comments:
            app.save(comment)

    def run() -> float:
        shares = [[Comment(TEXT) for _ in range(events // threads)] for _ in range(threads)]
        workers = [threading.Thread(target=save, args=(share,)) for share in shares]
        ready()
        started = time.perf_counter()
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return events / (time.perf_counter() - started)

    try:
        yield lambda: asyncio.to_thread(run)
    finally:
        app.close()


@asynccontextmanager
async def plain(dsn: str, clients: int, events: int) -> AsyncIterator[Contender]:
    """One INSERT an event over a pool: no versions checked, nothing hashed, gaps for readers."""
    settings = {"search_path": "bench_plain"}
    async with asyncpg.create_pool(dsn, min_size=8, max_size=8, server_settings=settings) as pool:
        await pool.execute(
            "CREATE TABLE stored_events (originator_id uuid, originator_version bigint, topic text,"
            " state bytea, notification_id bigserial UNIQUE,"
            " PRIMARY KEY (originator_id, originator_version))"
        )

        async def run() -> float:
            streams = iter([uuid4() for _ in range(events)])

            async def record() -> bool:
                stream = next(streams, None)
                if stream is None:
                    return False
                await pool.execute(
                    "INSERT INTO stored_events VALUES ($1, 1, $2, $3)", stream, TOPIC, STATE
                )
                return True

            return events / await at_once(clients, record)

        yield run


@asynccontextmanager
async def ours(dsn: str, clients: int, events: int) -> AsyncIterator[Contender]:
    """Versions and commands checked, hashed, contiguous, one order."""
    await apply_schema(dsn, schema="bench_ours")
    async with Sequencer(dsn, schema="bench_ours") as sequencer:

        async def run() -> float:
            appends = iter([append_of_one() for _ in range(events)])

            async def record() -> bool:
                append = next(appends, None)
                if append is None:
                    return False
                await sequencer.append(append)
                return True

            return events / await at_once(clients, record)

        yield run


@asynccontextmanager
async def copied(dsn: str, events: int, tables: dict[str, str]) -> AsyncIterator[Contender]:
    """COPY of the newest rows that ``ours`` wrote, into tables with the same indexes."""
    suffix = f"_{len(tables)}"
    async with asyncpg.create_pool(dsn, min_size=1, max_size=1) as pool:
        for table in tables:
            await pool.execute(
                f"CREATE TABLE bench_copy.{table}{suffix} (LIKE bench_ours.{table} INCLUDING ALL)"
            )

        async def run() -> float:
            rows = {
                table: await pool.fetch(
                    f"SELECT * FROM bench_ours.{table} ORDER BY {order} DESC LIMIT {events}"
                )
                for table, order in tables.items()
            }
            async with pool.acquire() as connection, connection.transaction():
                started = time.perf_counter()
                for table in tables:
                    await connection.copy_records_to_table(
                        table + suffix, schema_name="bench_copy", records=reversed(rows[table])
                    )
            return events / (time.perf_counter() - started)

        yield run


async def compare(dsn: str, rounds: int) -> None:
    """Run every contender in turn; print the medians, and their ratios to what DESIGN.md asks."""
    schemas = ("bench_stock", "bench_plain", "bench_ours", "bench_copy")
    async with asyncpg.create_pool(dsn, min_size=1, max_size=1) as pool:
        for schema in schemas:
            await pool.execute(f"DROP SCHEMA IF EXISTS {schema} CASCADE; CREATE SCHEMA {schema}")
        version = await pool.fetchval("SHOW server_version")
    print(f"PostgreSQL {version}, Python {platform.python_version()}, {os.cpu_count()} cores")
    events, commands = {"stored_events": "notification_id"}, {"commands": "first"}
    async with AsyncExitStack() as stack:
        contenders: dict[str, Contender] = {
            name: await stack.enter_async_context(contender)
            for name, contender in (
                ("stock library, 8 threads", stock(dsn, 8, 800)),
                ("plain INSERT, 64 at once", plain(dsn, 64, 4_000)),
                ("ours, 1 at once", ours(dsn, 1, 400)),
                ("ours, 64 at once", ours(dsn, 64, 20_000)),
                ("ours, 256 at once", ours(dsn, 256, 20_000)),
                ("COPY of the events", copied(dsn, 20_000, events)),
                ("COPY of events and commands", copied(dsn, 20_000, events | commands)),
            )
        }
        rates: dict[str, list[float]] = {name: [] for name in contenders}
        for number in range(rounds + 1):
            for name, contender in contenders.items():
                gc.unfreeze()
                rate = await contender()
                # The first round warms every cache and plan, and does not count.
                if number > 0:
                    rates[name].append(rate)
    report({name: statistics.median(found) for name, found in rates.items()})


def report(rates: dict[str, float]) -> None:
    """Print what was measured."""
    for name, rate in rates.items():
        print(f"{name:30s} {rate:10,.0f} events/s")
    mine = rates["ours, 64 at once"]
    print(f"{mine / rates['stock library, 8 threads']:.1f} times the stock library (reach 25)")
    for name in ("COPY of the events", "COPY of events and commands"):
        print(f"{mine / rates[name]:.2f} of {name} (reach 0.20)")


async def main(rounds: int) -> None:
    """Compare on the server of DATABASE_URL, or on one of our own."""
    if dsn := os.environ.get("DATABASE_URL"):
        await compare(dsn, rounds)
        return
    with tempfile.TemporaryDirectory() as directory:
        async with embedded_postgres(Path(directory)) as dsn:
            await compare(dsn, rounds)


if __name__ == "__main__":
    uvloop.run(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
