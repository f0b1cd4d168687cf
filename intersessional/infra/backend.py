"""The composition root: everything the running system is made of, put together once."""

from collections.abc import AsyncGenerator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Self

import asyncpg

from intersessional.graphql.context import Context
from intersessional.graphql.schema import ComposedSchema
from intersessional.infra.composition import Composition, installed
from intersessional.infra.database import database
from intersessional.infra.development import announced
from intersessional.infra.door import RecordDoor
from intersessional.infra.feed import LiveFeed
from intersessional.infra.identity import IDENTITY, Identity, Revocations, open_identity
from intersessional.infra.record.codec import Codec
from intersessional.infra.record.connection import open_pool
from intersessional.infra.record.log import Log
from intersessional.infra.record.schema import RECORD, apply_schema
from intersessional.infra.record.sequencer import Sequencer, now
from intersessional.infra.record.tail import Tail
from intersessional.infra.settings import Mode, Settings
from intersessional.infra.supervised import supervised
from intersessional.infra.tasks import Tasks
from intersessional.infra.views.projector import Projector
from intersessional.infra.views.reader import ViewReader
from intersessional.infra.views.record import RecordReader
from intersessional.infra.views.schema import VIEWS
from intersessional.plugins.plugin import Services

Clock = Callable[[], datetime]


@dataclass(frozen=True, kw_only=True)
class Backend:
    """The running system without its web server."""

    settings: Settings
    composition: Composition
    pool: asyncpg.Pool
    log: Log
    codec: Codec
    door: RecordDoor
    reader: ViewReader
    record: RecordReader
    feed: LiveFeed
    projector: Projector
    identity: Identity
    schema: ComposedSchema
    clock: Clock

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        *,
        composition: Composition | None = None,
        clock: Clock = now,
        progress: Callable[[str], None] = lambda _: None,
    ) -> AsyncGenerator[Self]:
        """Start everything, the embedded PostgreSQL included where no other is set."""
        composition = composition or installed()
        async with AsyncExitStack() as stack:
            dsn = await stack.enter_async_context(database(settings, progress))
            await apply_schema(dsn, parts=(RECORD, VIEWS, IDENTITY))
            pool = await stack.enter_async_context(open_pool(dsn))
            log, codec = Log(pool), Codec(composition.subjects)
            revocations = await stack.enter_async_context(Revocations(pool, clock=clock))
            wakes = {Revocations.CHANNEL: revocations.wake}
            tail = await stack.enter_async_context(Tail(dsn, wakes=wakes))
            sequencer = await stack.enter_async_context(Sequencer(dsn, clock=clock))
            projector = await stack.enter_async_context(
                Projector(dsn, log=log, codec=codec, tail=tail, views=composition.views)
            )
            feed = await stack.enter_async_context(LiveFeed(log, codec, tail))
            door = RecordDoor(
                log=log,
                sequencer=sequencer,
                codec=codec,
                answers=composition.answers,
                guards=composition.guards,
                reactions=composition.reactions,
                clock=clock,
            )
            backend = cls(
                settings=settings,
                composition=composition,
                pool=pool,
                log=log,
                codec=codec,
                door=door,
                reader=ViewReader(
                    pool,
                    log=log,
                    codec=codec,
                    views=composition.views,
                    horizon=projector.horizon,
                ),
                record=RecordReader(log, codec),
                feed=feed,
                projector=projector,
                clock=clock,
                identity=await open_identity(settings, pool, door, revocations, clock=clock),
                schema=composition.schema(suggestions=settings.mode is Mode.DEVELOPMENT),
            )
            if settings.mode is Mode.DEVELOPMENT:
                await stack.enter_async_context(announced(dsn))
            async with backend._background(clock):
                yield backend

    def context(self) -> Context:
        """What every request starts from."""
        return Context(reader=self.reader, record=self.record, feed=self.feed, door=self.door)

    @asynccontextmanager
    async def _background(self, clock: Clock) -> AsyncGenerator[None]:
        services = Services(
            door=self.door, reader=self.reader, record=self.record, feed=self.feed, clock=clock
        )
        async with Tasks() as tasks:
            running = [
                tasks.create_task(supervised(f"a task of {plugin.name}", partial(task, services)))
                for plugin in self.composition.plugins
                for task in plugin.tasks
            ]
            yield
            for task in running:
                task.cancel()
