"""A record of one's own, and the views over it."""

from collections.abc import AsyncGenerator, Sequence
from contextlib import asynccontextmanager
from uuid import uuid4

import asyncpg

from intersessional.domain.subject import Happening
from intersessional.infra.record.codec import Codec
from intersessional.infra.record.connection import open_pool
from intersessional.infra.record.entries import Append, Submission
from intersessional.infra.record.log import Log
from intersessional.infra.record.schema import RECORD, apply_schema
from intersessional.infra.record.sequencer import Sequencer
from intersessional.infra.record.tail import Tail
from intersessional.infra.views.projector import Projector
from intersessional.infra.views.reader import ViewReader
from intersessional.infra.views.schema import VIEWS
from intersessional.projections.recorded import Recorded
from intersessional.projections.view import AnyView
from tests.infra.views.things import Thing


class World:
    """What a node has, but for the projector."""

    def __init__(
        self, dsn: str, schema: str, pool: asyncpg.Pool, sequencer: Sequencer, tail: Tail
    ) -> None:
        self.dsn = dsn
        self.schema = schema
        self.pool = pool
        self.log = Log(pool)
        self.codec = Codec([Thing])
        self._sequencer = sequencer
        self._tail = tail

    async def record(self, *events: Happening) -> int:
        """Record events in one append; answers the position of the last."""
        new = [self.codec.new_event(event) for event in events]
        expects = {event.stream: event.version - 1 for event in reversed(new)}
        submission = Submission(
            command_id=uuid4(), body=b"{}", subject=new[0].stream, events=tuple(new)
        )
        receipts = await self._sequencer.append(
            Append(submissions=(submission,), expects=expects)
        )
        return receipts[-1].last

    async def events(self) -> list[Recorded]:
        """Everything recorded so far."""
        return [self.codec.recorded(row) for row in await self.log.read(0, 1_000_000)]

    @asynccontextmanager
    async def projecting(
        self, *views: AnyView, batch_max: int = 1_000
    ) -> AsyncGenerator[ViewReader]:
        """A projector and its reader, as one more node would have."""
        async with Projector(
            self.dsn,
            log=self.log,
            codec=self.codec,
            tail=self._tail,
            views=views,
            schema=self.schema,
            batch_max=batch_max,
        ) as projector:
            yield self.reader(views, projector)

    def reader(self, views: Sequence[AnyView], projector: Projector) -> ViewReader:
        """A reader beside a projector."""
        return ViewReader(
            self.pool, log=self.log, codec=self.codec, views=views, horizon=projector.horizon
        )


@asynccontextmanager
async def a_world(dsn: str, schema: str = "views_test") -> AsyncGenerator[World]:
    """A record with no events and views of nothing, in a schema of its own."""
    await apply_schema(dsn, schema=schema, parts=(RECORD, VIEWS))
    async with (
        open_pool(dsn, schema=schema, size_max=4) as pool,
        Sequencer(dsn, schema=schema) as sequencer,
        Tail(dsn, schema=schema) as tail,
    ):
        yield World(dsn, schema, pool, sequencer, tail)
