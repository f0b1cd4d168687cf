"""Revoked tokens and signed-out persons, shared by all nodes."""

import asyncio
import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import ClassVar, Self
from uuid import UUID

from intersessional.concurrency.background_service import BackgroundService
from intersessional.concurrency.outage import Outage
from intersessional.domain.command_handling.event_store import ClockDiffers
from intersessional.infra.auth.errors import TokenRevoked
from intersessional.infra.auth.principal import Principal
from intersessional.infra.postgres.connection_errors import OUTAGE_ERRORS
from intersessional.infra.postgres.pool import Pool

logger = logging.getLogger(__name__)

POLL_S = 5.0
"""The longest time until a node sees a revocation whose notification was lost."""

_FORGET_AFTER = timedelta(minutes=1)
"""How long after its expiry a revoked token is remembered: ``exp`` counts in whole seconds."""

# One writer at a time: a position that is committed late would be missed by readers.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('revocations', 0))"
_ADD = """
INSERT INTO revocations (position, token, person, issued_until, expires_at)
SELECT coalesce(max(position), 0) + 1, $1, $2, $3, $4 FROM revocations
"""
_NOTIFY = "NOTIFY revocations"
_READ = "SELECT * FROM revocations WHERE position > $1 ORDER BY position"


class Revocations(BackgroundService):
    """All revocations, in memory; reads new ones when ``wake`` is called, and every ``poll_s``."""

    CHANNEL: ClassVar[str] = "revocations"
    """The channel of PostgreSQL's NOTIFY on which a new revocation is announced."""

    def __init__(
        self, pool: Pool, *, clock: Callable[[], datetime], poll_s: float = POLL_S
    ) -> None:
        """Holds no revocation before it is entered.

        ``clock`` raises ClockDiffers while it is not to be trusted.
        """
        super().__init__()
        self._pool = pool
        self._clock = clock
        self._poll_s = poll_s
        self._position = 0
        self._tokens: dict[bytes, datetime | None] = {}
        self._issued_until: dict[UUID, datetime] = {}
        self._callbacks: set[Callable[[], None]] = set()
        self._wake_up = asyncio.Event()
        self.outage = Outage(logger, "the list of revocations")

    async def __aenter__(self) -> Self:
        await self._read()
        return await super().__aenter__()

    def check(self, principal: Principal) -> None:
        """Raise TokenRevoked when the token or all tokens of the person were revoked.

        A token without ``iat`` of a person who was ever signed out is refused.
        """
        until = self._issued_until.get(principal.caller.person) if principal.caller.person else None
        is_out = until is not None and (principal.issued_at is None or principal.issued_at <= until)
        if is_out or (principal.token is not None and self.is_revoked(principal.token)):
            raise TokenRevoked

    def is_revoked(self, digest: bytes) -> bool:
        """Whether the token with this digest was revoked by itself."""
        return digest in self._tokens

    async def revoke_token(self, digest: bytes, expires_at: datetime | None = None) -> None:
        """Revoke the token with this digest; it is forgotten when it has expired by itself."""
        await self._add(digest, None, None, expires_at)

    async def revoke_person(self, person: UUID) -> None:
        """Revoke every token that the person was issued until now. Raises ClockDiffers.

        By a clock that is behind, the latest tokens would stay; by one that is ahead, none that
        the person is issued next would be accepted.
        """
        await self._add(None, person, self._clock(), None)

    @contextmanager
    def notifying(self, callback: Callable[[], None]) -> Generator[None]:
        """Call ``callback`` after each new revocation, while this is entered."""
        self._callbacks.add(callback)
        try:
            yield
        finally:
            self._callbacks.discard(callback)

    def wake(self) -> None:
        """Read new revocations now."""
        self._wake_up.set()

    def read_again(self) -> None:
        """Read all revocations again, of another record; those that were read stay in force."""
        self._position = 0
        self.wake()

    async def run(self) -> None:
        """Read new revocations until cancelled."""
        while True:
            try:
                async with asyncio.timeout(self._poll_s):
                    await self._wake_up.wait()
            except TimeoutError:
                pass
            self._wake_up.clear()
            try:
                await self._read()
            except OUTAGE_ERRORS as error:
                self.outage.failed(error)
            else:
                self.outage.ended()

    async def _add(
        self,
        token: bytes | None,
        person: UUID | None,
        issued_until: datetime | None,
        expires_at: datetime | None,
    ) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            await connection.execute(_ADD, token, person, issued_until, expires_at)
            await connection.execute(_NOTIFY)
        await self._read()

    async def _read(self) -> None:
        rows = await self._pool.fetch(_READ, self._position)
        for row in rows:
            self._position = max(self._position, row["position"])
            if row["token"] is not None:
                self._tokens[row["token"]] = row["expires_at"]
            else:
                until = self._issued_until.get(row["person"], row["issued_until"])
                self._issued_until[row["person"]] = max(until, row["issued_until"])
        if rows:
            self._forget_expired()
            for callback in tuple(self._callbacks):
                callback()

    def _forget_expired(self) -> None:
        try:
            until = self._clock() - _FORGET_AFTER
        except ClockDiffers:
            return  # By a clock that is ahead, tokens would be forgotten that are good again later.
        expired = [
            token
            for token, expires_at in self._tokens.items()
            if expires_at is not None and expires_at < until
        ]
        for token in expired:
            del self._tokens[token]
