"""A node without its web server: a record, a door, and who knocks."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import asyncpg

from intersessional.infra.composition import Composition
from intersessional.infra.door import RecordDoor
from intersessional.infra.identity import IDENTITY, Identity, Revocations, open_identity
from intersessional.infra.record.codec import Codec
from intersessional.infra.record.connection import open_pool
from intersessional.infra.record.log import Log
from intersessional.infra.record.schema import RECORD, apply_schema
from intersessional.infra.record.sequencer import Sequencer, now
from intersessional.infra.record.tail import Tail
from intersessional.infra.settings import Mode, Settings
from intersessional.plugins.core import CORE
from tests.infra.identity.issuer import AUDIENCE, Issuer


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

    identity: Identity
    door: RecordDoor
    log: Log
    codec: Codec
    pool: asyncpg.Pool


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
    await apply_schema(dsn, parts=(RECORD, IDENTITY))
    composition = Composition((CORE,))
    async with (
        open_pool(dsn) as pool,
        Revocations(pool, clock=clock) as revocations,
        Tail(dsn, wakes={Revocations.CHANNEL: revocations.wake}),
        Sequencer(dsn) as sequencer,
    ):
        log, codec = Log(pool), Codec(composition.subjects)
        door = RecordDoor(
            log=log,
            sequencer=sequencer,
            codec=codec,
            answers=composition.answers,
            guards=composition.guards,
            clock=clock,
        )
        identity = await open_identity(
            chosen, pool, door, revocations, clock=clock, timer=timer or Timer()
        )
        yield Node(identity=identity, door=door, log=log, codec=codec, pool=pool)
