"""A node without its web server: a record, a door, and who knocks."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from intersessional.infra.auth import AUTH_SCRIPTS, Authenticator, Revocations, open_authenticator
from intersessional.infra.event_store.append.sequencer import Sequencer, now
from intersessional.infra.event_store.command_bus import EventStoreCommandBus
from intersessional.infra.event_store.event_log import EventLog
from intersessional.infra.event_store.format.codec import Codec
from intersessional.infra.event_store.tail import Tail
from intersessional.infra.postgres.migrations import EVENT_STORE_SCRIPTS, migrate
from intersessional.infra.postgres.pool import Pool, open_pool
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.composition import Composition
from intersessional.plugins.core import CORE
from tests.infra.auth.issuer import AUDIENCE, Issuer


class Timer:
    """Seconds that pass only when they are told to."""

    def __init__(self) -> None:
        self.seconds = 1_000.0

    def __call__(self) -> float:
        return self.seconds


class Clock:
    """A clock that runs, ahead of the real one by as much as it is told."""

    def __init__(self) -> None:
        self.ahead = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.ahead


@dataclass(frozen=True, kw_only=True)
class Node:
    """One process of several that may share a database."""

    identity: Authenticator
    command_bus: EventStoreCommandBus
    log: EventLog
    codec: Codec
    pool: Pool


def settings(mode: Mode = Mode.PRODUCTION, issuer: Issuer | None = None) -> Settings:
    """Settings that trust an issuer, or nobody."""
    chosen: dict[str, object] = {"mode": mode}
    if issuer is not None:
        chosen |= {
            "oidc_issuer": issuer.url,
            "oidc_audience": AUDIENCE,
            "oidc_jwks_url": issuer.keys_url,
        }
    return Settings().model_copy(update=chosen)


@asynccontextmanager
async def a_node(
    dsn: str,
    chosen: Settings,
    *,
    clock: Callable[[], datetime] = now,
    timer: Callable[[], float] | None = None,
) -> AsyncGenerator[Node]:
    """A node on this database, as the backend puts one together."""
    await migrate(dsn, parts=(EVENT_STORE_SCRIPTS, AUTH_SCRIPTS))
    composition = Composition((CORE,))
    async with (
        open_pool(dsn) as pool,
        Revocations(pool, clock=clock) as revocations,
        Tail(dsn, wakes={Revocations.CHANNEL: revocations.wake}),
        Sequencer(dsn) as sequencer,
    ):
        log, codec = EventLog(pool), Codec(composition.aggregates)
        command_bus = EventStoreCommandBus(
            log=log,
            sequencer=sequencer,
            codec=codec,
            command_handlers=composition.command_handlers,
            guards=composition.guards,
            clock=clock,
        )
        identity = await open_authenticator(
            chosen, pool, command_bus, revocations, clock=clock, timer=timer or Timer()
        )
        yield Node(identity=identity, command_bus=command_bus, log=log, codec=codec, pool=pool)
