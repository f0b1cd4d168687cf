"""An event log and its read models for a test."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import uuid4

import asyncpg

from intersessional.domain.command_handling.question import AnyQuestion
from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.infra.event_store.append.append_request import AppendRequest, EncodedCommand
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.format.new_event import NewEvent
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.migrations import migrate
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from intersessional.infra.read_models.projector.projector import Projector
from intersessional.infra.read_models.replay.replay import Replay, replay_views
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView
from tests.databases import node_url
from tests.infra.read_models.item_views import Item

T = TypeVar("T")

SCHEMA = "views_test"
WAIT_MAX_S = 30.0
"""The timeout of everything that a test waits for."""


class ReadModelHarness:
    """The parts of a node except for the projector.

    ``server`` is a superuser's connection, which a node does not have.
    """

    def __init__(
        self,
        dsn: str,
        owner_dsn: str,
        schema: str,
        pool: Pool,
        sequencer: Sequencer,
        tail: Tail,
        server: asyncpg.Connection,
        codec: Codec,
    ) -> None:
        self.dsn = dsn
        self.owner_dsn = owner_dsn
        self.schema = schema
        self.pool = pool
        self.server = server
        self.log = EventLog(pool)
        self.codec = codec
        self._sequencer = sequencer
        self._tail = tail

    async def record(self, *events: DomainEvent) -> int:
        """Append events in one batch; returns the position of the last."""
        return await self.record_as_stored(*map(self.codec.new_event, events))

    async def record_as_stored(self, *new: NewEvent) -> int:
        """Append events as bytes that need not be valid events."""
        expects = {event.stream: event.version - 1 for event in reversed(new)}
        command = EncodedCommand(command_id=uuid4(), body=b"{}", subject=new[0].stream, events=new)
        receipts = await self._sequencer.append(AppendRequest(commands=(command,), expects=expects))
        return receipts[-1].last

    async def wait_until_served(self, reader: PostgresDocumentReader, view: AnyView) -> None:
        """Wait until this version of a view is served."""

        async def is_served() -> bool:
            return any(
                checkpoint.served
                and (checkpoint.view, checkpoint.version) == (view.name, view.version)
                for checkpoint in await reader.checkpoints()
            )

        await eventually(is_served)

    async def row_count(self, table: str) -> int:
        """The number of rows in a table of the read models."""
        return int(await self.pool.fetchval(f"SELECT count(*) FROM {table}"))

    @asynccontextmanager
    async def block_document_writes(self) -> AsyncGenerator[None]:
        """Block every write of documents meanwhile; reads go on."""
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("LOCK TABLE documents IN SHARE MODE")
            yield

    async def blocked_leader_pid(self) -> int:
        """The PostgreSQL process id of the session that waits to store a folded batch."""

        async def waiting() -> int | None:
            pid: int | None = await self.server.fetchval(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock' AND query LIKE 'SELECT advance_views%'"
            )
            return pid

        return await eventually(waiting)

    async def leader_pid(self) -> int:
        """The PostgreSQL process id of a session that leads a view."""

        async def leading() -> int | None:
            pid: int | None = await self.server.fetchval(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            return pid

        return await eventually(leading)

    async def end_session(self, pid: int) -> None:
        """Terminate a PostgreSQL session."""
        assert await self.server.fetchval("SELECT pg_terminate_backend($1)", pid)

    async def events(self, after: int = 0) -> list[RecordedEvent]:
        """Every event of the log after a position."""
        return [self.codec.recorded(row) for row in await self.log.read(after, 1_000_000)]

    async def replay(
        self, *views: AnyView, chunk_events: int = 3, cache_bytes_max: int = 1_500
    ) -> Replay:
        """Fold the log again and compare, in small chunks and with a small cache."""
        return await replay_views(
            self.pool,
            log=self.log,
            codec=self.codec,
            views=views,
            chunk_events=chunk_events,
            cache_bytes_max=cache_bytes_max,
        )

    @asynccontextmanager
    async def run_projector(
        self,
        *views: AnyView,
        batch_max: int = 1_000,
        codec: Codec | None = None,
        wait_max_s: float = WAIT_MAX_S,
    ) -> AsyncGenerator[PostgresDocumentReader]:
        """Run a projector, as one more node, and yield its reader. Fails after ``wait_max_s``."""
        async with (
            asyncio.timeout(wait_max_s),
            Projector(
                self.dsn,
                log=self.log,
                codec=codec or self.codec,
                tail=self._tail,
                views=views,
                schema=self.schema,
                batch_max=batch_max,
            ) as projector,
        ):
            yield self.reader(views, projector)

    def reader(self, views: Sequence[AnyView], projector: Projector) -> PostgresDocumentReader:
        """A reader beside a projector."""
        return PostgresDocumentReader(
            self.pool, log=self.log, codec=self.codec, views=views, progress=projector.progress
        )


async def migrate_harness(dsn: str, schema: str = SCHEMA) -> None:
    """Make the tables of a harness."""
    await migrate(dsn, schema=schema, parts=(EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS))


@asynccontextmanager
async def open_harness(
    dsn: str,
    schema: str = SCHEMA,
    subjects: Iterable[type[Aggregate]] = (Item,),
    questions: Sequence[AnyQuestion] = (),
) -> AsyncGenerator[ReadModelHarness]:
    """An event log and its read models, in a schema whose tables are made."""
    server = await asyncpg.connect(dsn, server_settings={"search_path": schema})
    node_dsn = await node_url(dsn, schema)
    try:
        async with (
            open_pool(node_dsn, schema=schema, size_max=4) as pool,
            Sequencer(node_dsn, schema=schema) as sequencer,
            Tail(node_dsn, schema=schema) as tail,
        ):
            codec = Codec(subjects, questions)
            yield ReadModelHarness(node_dsn, dsn, schema, pool, sequencer, tail, server, codec)
    finally:
        await server.close()


async def eventually(condition: Callable[[], Awaitable[T | None]]) -> T:
    """Poll until a condition gives a true value, and return it. Raises TimeoutError."""
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            if value := await condition():
                return value
            await asyncio.sleep(0.01)
