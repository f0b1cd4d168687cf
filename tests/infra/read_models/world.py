"""A record of one's own, and the views over it."""

import asyncio
from collections.abc import AsyncGenerator, Awaitable, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import TypeVar
from uuid import uuid4

import asyncpg

from intersessional.domain.kernel.aggregate import Aggregate, DomainEvent
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.entries import AppendRequest, NewEvent, Submission
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.migrations import EVENT_STORE_SCRIPTS, migrate
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from intersessional.infra.read_models.projector.projector import Projector
from intersessional.infra.read_models.replay.replay import Replay, replay
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import AnyView
from tests.infra.read_models.things import Thing

T = TypeVar("T")

WAIT_MAX_S = 30.0
"""Nothing that a test waits for takes longer."""


class World:
    """What a node has, but for the projector.

    ``server`` is a connection of whoever may do everything on the server, and no node has.
    """

    def __init__(
        self,
        dsn: str,
        schema: str,
        pool: Pool,
        sequencer: Sequencer,
        tail: Tail,
        server: asyncpg.Connection,
        codec: Codec,
    ) -> None:
        self.dsn = dsn
        self.schema = schema
        self.pool = pool
        self.server = server
        self.log = EventLog(pool)
        self.codec = codec
        self._sequencer = sequencer
        self._tail = tail

    async def record(self, *events: DomainEvent) -> int:
        """Record events in one append; answers the position of the last."""
        return await self.record_as_stored(*map(self.codec.new_event, events))

    async def record_as_stored(self, *new: NewEvent) -> int:
        """Record events that may be no events of ours."""
        expects = {event.stream: event.version - 1 for event in reversed(new)}
        submission = Submission(command_id=uuid4(), body=b"{}", subject=new[0].stream, events=new)
        receipts = await self._sequencer.append(
            AppendRequest(submissions=(submission,), expects=expects)
        )
        return receipts[-1].last

    async def served(self, reader: PostgresDocumentReader, view: AnyView) -> None:
        """Wait until this version of a view is served."""

        async def is_served() -> bool:
            return any(
                head.served and (head.view, head.version) == (view.name, view.version)
                for head in await reader.heads()
            )

        await eventually(is_served)

    async def rows(self, table: str) -> int:
        """How many rows a table of the views holds."""
        return int(await self.pool.fetchval(f"SELECT count(*) FROM {table}"))

    @asynccontextmanager
    async def held_documents(self) -> AsyncGenerator[None]:
        """Nothing that was folded can be recorded meanwhile; everything can be read."""
        async with self.pool.acquire() as connection, connection.transaction():
            await connection.execute("LOCK TABLE documents IN SHARE MODE")
            yield

    async def waiting_leader(self) -> int:
        """The server's process id of the session that has folded a batch and waits to record it."""

        async def waiting() -> int | None:
            pid: int | None = await self.server.fetchval(
                "SELECT pid FROM pg_stat_activity WHERE datname = current_database()"
                " AND wait_event_type = 'Lock' AND query LIKE 'SELECT advance_views%'"
            )
            return pid

        return await eventually(waiting)

    async def leader(self) -> int:
        """The server's process id of a session that leads a view."""

        async def leading() -> int | None:
            pid: int | None = await self.server.fetchval(
                "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
                " (SELECT oid FROM pg_database WHERE datname = current_database())"
            )
            return pid

        return await eventually(leading)

    async def end_session(self, pid: int) -> None:
        """Let the server end a session, as it does with those that misbehave."""
        assert await self.server.fetchval("SELECT pg_terminate_backend($1)", pid)

    async def events(self) -> list[RecordedEvent]:
        """Everything recorded so far."""
        return [self.codec.recorded(row) for row in await self.log.read(0, 1_000_000)]

    async def replay(self, *views: AnyView, chunk: int = 3, kept_bytes_max: int = 1_500) -> Replay:
        """Fold everything again and compare; by a few events and with few documents at hand."""
        return await replay(
            self.pool,
            log=self.log,
            codec=self.codec,
            views=views,
            chunk=chunk,
            kept_bytes_max=kept_bytes_max,
        )

    @asynccontextmanager
    async def projecting(
        self, *views: AnyView, batch_max: int = 1_000
    ) -> AsyncGenerator[PostgresDocumentReader]:
        """A projector and its reader, as one more node would have. What waits for it in vain
        fails.
        """
        async with (
            asyncio.timeout(WAIT_MAX_S),
            Projector(
                self.dsn,
                log=self.log,
                codec=self.codec,
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
            self.pool, log=self.log, codec=self.codec, views=views, horizon=projector.horizon
        )


@asynccontextmanager
async def a_world(
    dsn: str, schema: str = "views_test", subjects: Iterable[type[Aggregate]] = (Thing,)
) -> AsyncGenerator[World]:
    """A record with no events and views of nothing, in a schema of its own."""
    await migrate(dsn, schema=schema, parts=(EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS))
    server = await asyncpg.connect(dsn, server_settings={"search_path": schema})
    try:
        async with (
            open_pool(dsn, schema=schema, size_max=4) as pool,
            Sequencer(dsn, schema=schema) as sequencer,
            Tail(dsn, schema=schema) as tail,
        ):
            yield World(dsn, schema, pool, sequencer, tail, server, Codec(subjects))
    finally:
        await server.close()


async def eventually(look: Callable[[], Awaitable[T | None]]) -> T:
    """Look until there is something to see. Raises TimeoutError when nothing comes."""
    async with asyncio.timeout(WAIT_MAX_S):
        while True:
            if seen := await look():
                return seen
            await asyncio.sleep(0.01)
