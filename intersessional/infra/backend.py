"""The composition root: builds the parts of a node and connects them."""

from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Self

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.outage import Outage
from intersessional.concurrency.supervised import supervised
from intersessional.concurrency.tasks import Tasks
from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.domain.command_handling.event_store import EventStoreError, Unreachable
from intersessional.graphql.request.answer_size import AnswerSize, AnswerSizes
from intersessional.graphql.request.context import Context
from intersessional.infra.auth import AUTH_SCRIPTS, Authenticator, Revocations, open_authenticator
from intersessional.infra.clock import CheckedClock
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.clock_bound import lift_clock_bound
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.event_reader import EventLogReader
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.live_feed import LiveFeed
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.health.health_probe import HealthProbe
from intersessional.infra.importer import CheckedImporter
from intersessional.infra.postgres.database import database
from intersessional.infra.postgres.login import migrated_login
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.rate_limits.comment_limit import CommentLimit
from intersessional.infra.read_models.answer_reader import ViewAnswerReader
from intersessional.infra.read_models.document_reader import PostgresDocumentReader
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from intersessional.infra.read_models.projector.projector import Projector
from intersessional.infra.settings import Settings
from intersessional.plugins.composition import Composition, installed_plugins
from intersessional.plugins.plugin import Services

Clock = Callable[[], datetime]

SCRIPTS = (EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS, AUTH_SCRIPTS)
"""The migration scripts of all parts."""

_RETRY_MIN_S = 0.1
_RETRY_MAX_S = 5.0


@dataclass(frozen=True, kw_only=True)
class Backend:
    """A node without its web server."""

    settings: Settings
    composition: Composition
    pool: Pool
    log: EventLog
    codec: Codec
    command_bus: CommandBus
    reader: PostgresDocumentReader
    record: EventLogReader
    feed: LiveFeed
    projector: Projector
    authenticator: Authenticator
    health: HealthProbe
    sequencer: Sequencer
    outages: Mapping[str, Outage]
    """The outages of the database as each part of the node sees them."""
    clock: Clock
    """The clock of what is recorded: it raises ClockDiffers while it is not to be trusted."""
    steady_clock: Clock
    """The clock of tokens, which does not jump."""

    @classmethod
    @asynccontextmanager
    async def open(
        cls,
        settings: Settings,
        *,
        composition: Composition | None = None,
        clock: Clock | None = None,
        progress: Callable[[str], None] = lambda _: None,
        command_timeout_s: float | None = None,
        runs_tasks: bool = True,
    ) -> AsyncGenerator[Self]:
        """Start all parts, and the embedded PostgreSQL unless DATABASE_URL names another.

        A ``clock`` that is no CheckedClock is trusted whatever it shows. The background tasks of
        plugins, which may record something, are run if ``runs_tasks``.
        """
        composition = composition or installed_plugins()
        clock = clock or CheckedClock(tolerance_s=settings.clock_seconds_max)
        checked = clock if isinstance(clock, CheckedClock) else None
        # Whether a token has expired must be known also while nothing is recorded.
        steady = clock if checked is None else checked.steady
        async with AsyncExitStack() as stack:
            urls = await stack.enter_async_context(database(settings, progress))
            dsn = await migrated_login(urls, settings.mode, parts=SCRIPTS)
            pool = await stack.enter_async_context(
                open_pool(dsn, command_timeout_s=command_timeout_s)
            )
            if checked is None:
                await lift_clock_bound(pool, urls)
            log, codec = EventLog(pool), Codec(composition.aggregates, composition.questions)
            agreed = clock if checked is None else checked.agreed
            revocations = await stack.enter_async_context(Revocations(pool, clock=agreed))
            wakes = {Revocations.CHANNEL: revocations.wake}
            tail = await stack.enter_async_context(Tail(dsn, wakes=wakes, clock=checked))
            sequencer = await stack.enter_async_context(Sequencer(dsn, clock=clock))
            projector = await stack.enter_async_context(
                Projector(dsn, log=log, codec=codec, tail=tail, views=composition.views)
            )
            feed = await stack.enter_async_context(LiveFeed(log, codec, tail))
            reader = PostgresDocumentReader(
                pool,
                log=log,
                codec=codec,
                views=composition.views,
                progress=projector.progress,
            )
            answers = ViewAnswerReader(reader, composition.questions)
            event_store = PostgresEventStore(
                log=log,
                sequencer=sequencer,
                codec=codec,
                answers=answers,
                epoch=tail.epochs.present,
            )
            command_bus = CommandBus(
                event_store,
                command_handlers=composition.command_handlers,
                guards=composition.guards,
                reactions=composition.reactions,
                rules=composition.rules,
                limit=CommentLimit(settings.comments_per_minute_max),
                clock=clock,
            )
            health = HealthProbe(
                dsn,
                views=composition.views,
                appends=sequencer.outage,
                parts=(pool.outage, tail.outage, sequencer.outage, projector.outage),
                clock=checked,
            )
            stack.push_async_callback(health.close)
            backend = cls(
                settings=settings,
                composition=composition,
                pool=pool,
                log=log,
                codec=codec,
                command_bus=command_bus,
                reader=reader,
                record=EventLogReader(log, codec),
                feed=feed,
                projector=projector,
                health=health,
                sequencer=sequencer,
                outages={
                    "pool": pool.outage,
                    "tail": tail.outage,
                    "sequencer": sequencer.outage,
                    "projector": projector.outage,
                    "feed": feed.outage,
                    "revocations": revocations.outage,
                },
                clock=clock,
                steady_clock=steady,
                authenticator=await open_authenticator(
                    settings, pool, command_bus, revocations, clock=steady
                ),
            )
            feed.on_loss(projector.progress.lose)
            for forget in (
                sequencer.renew,
                projector.renew,
                revocations.read_again,
                backend.authenticator.pseudonyms.forget,
                partial(_renew, tail, pool, backend.authenticator),
                partial(_begin_epoch, tail, event_store),
            ):
                tail.on_change(forget)
            if runs_tasks:
                await stack.enter_async_context(backend._background(clock))
            yield backend

    def context(self) -> Context:
        """A new context for a request."""
        answers = AnswerSizes(answer_bytes_max=self.settings.answer_bytes_max)
        return Context(
            reader=self.reader,
            record=self.record,
            feed=self.feed,
            command_bus=self.command_bus,
            importer=CheckedImporter(self.command_bus, self.composition.command_handlers),
            answer=AnswerSize(answers),
        )

    @asynccontextmanager
    async def _background(self, clock: Clock) -> AsyncGenerator[None]:
        services = Services(
            command_bus=self.command_bus,
            reader=self.reader,
            record=self.record,
            feed=self.feed,
            clock=clock,
        )
        async with Tasks() as tasks:
            running = [
                tasks.create_task(
                    supervised(
                        f"a task of {plugin.name}",
                        partial(task, services),
                        temporary=(EventStoreError,),
                    )
                )
                for plugin in self.composition.plugins
                for task in plugin.tasks
            ]
            yield
            for task in running:
                task.cancel()


def _begin_epoch(tail: Tail, event_store: PostgresEventStore) -> None:
    event_store.begin_epoch(tail.epochs.present)


def _renew(tail: Tail, pool: Pool, authenticator: Authenticator) -> None:
    tail.spawn(_read_again(pool, authenticator), name="renewed pool and secrets")


async def _read_again(pool: Pool, authenticator: Authenticator) -> None:
    """Connect anew, and read what signs tokens: a restored database may have another secret."""
    await pool.renew()
    backoff = Backoff(_RETRY_MIN_S, _RETRY_MAX_S)
    while True:
        try:
            return await authenticator.read_secrets_again(pool)
        except Unreachable:
            await backoff.wait()
