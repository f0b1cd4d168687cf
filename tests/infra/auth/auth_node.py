"""A node without its web server: an event log, a command bus and an authenticator."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from intersessional.domain.command_handling.command_bus import CommandBus
from intersessional.infra.auth import AUTH_SCRIPTS, Authenticator, Revocations, open_authenticator
from intersessional.infra.clock import now
from intersessional.infra.event_store.append.sequencer import Sequencer
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.event_store.postgres_event_store import PostgresEventStore
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.migrations import migrate
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from tests.databases import node_url
from tests.infra.auth.fake_issuer import AUDIENCE, FakeIssuer
from tests.infra.event_store.offices import NoAnswers


class FakeTimer:
    """A timer in seconds that a test moves."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class ShiftedClock:
    """A clock that runs ahead of the real one by ``ahead``."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


class StoppedClock:
    """A clock that shows the same instant until the test sets it."""

    def __init__(self) -> None:
        self.instant = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.instant


@dataclass(frozen=True, kw_only=True)
class AuthNode:
    """One process of several that may share a database."""

    authenticator: Authenticator
    command_bus: CommandBus
    event_store: PostgresEventStore
    log: EventLog
    codec: Codec
    pool: Pool


def settings(mode: Mode = Mode.PRODUCTION, issuer: FakeIssuer | None = None) -> Settings:
    """Settings that trust an issuer, or none."""
    node_settings: dict[str, object] = {"mode": mode}
    if issuer is not None:
        node_settings |= {
            "oidc_issuer": issuer.url,
            "oidc_audience": AUDIENCE,
            "oidc_jwks_url": issuer.keys_url,
        }
    return Settings().model_copy(update=node_settings)


@asynccontextmanager
async def open_node(
    dsn: str,
    node_settings: Settings,
    *,
    clock: Callable[[], datetime] = now,
    timer: Callable[[], float] | None = None,
) -> AsyncGenerator[AuthNode]:
    """A node on this database, as the backend puts one together."""
    await migrate(dsn, parts=(EVENT_STORE_SCRIPTS, AUTH_SCRIPTS))
    dsn = await node_url(dsn)
    composition = Composition((CORE,))
    async with (
        open_pool(dsn) as pool,
        Revocations(pool, clock=clock) as revocations,
        Tail(dsn, wakes={Revocations.CHANNEL: revocations.wake}),
        Sequencer(dsn) as sequencer,
    ):
        log, codec = EventLog(pool), Codec(composition.aggregates)
        event_store = PostgresEventStore(
            log=log, sequencer=sequencer, codec=codec, answers=NoAnswers()
        )
        command_bus = CommandBus(
            event_store,
            command_handlers=composition.command_handlers,
            guards=composition.guards,
            clock=clock,
        )
        authenticator = await open_authenticator(
            node_settings, pool, command_bus, revocations, clock=clock, timer=timer or FakeTimer()
        )
        yield AuthNode(
            authenticator=authenticator,
            command_bus=command_bus,
            event_store=event_store,
            log=log,
            codec=codec,
            pool=pool,
        )
