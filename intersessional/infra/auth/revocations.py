"""Who was signed out before the time, known to every node at once."""

import asyncio
import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import datetime
from types import TracebackType
from typing import ClassVar, Self
from uuid import UUID

from intersessional.concurrency.tasks import Tasks
from intersessional.infra.auth.errors import TokenRevoked
from intersessional.infra.auth.principal import Principal
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS
from intersessional.infra.postgres.pool import Pool

logger = logging.getLogger(__name__)

POLL_S = 5.0
"""How long a node may not know, when a notification is lost."""

# One at a time, so that whoever reads on after a position misses none that commits later.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('revocations', 0))"
_ADD = """
INSERT INTO revocations (position, token, person, issued_until)
SELECT coalesce(max(position), 0) + 1, $1, $2, $3 FROM revocations
"""
_NOTIFY = "NOTIFY revocations"
_READ = "SELECT * FROM revocations WHERE position > $1 ORDER BY position"


class Revocations:
    """Knows them all; `wake` makes it look for new ones, and it looks by itself every so often."""

    CHANNEL: ClassVar[str] = "revocations"
    """Where every node hears that there is a new one."""

    def __init__(
        self, pool: Pool, *, clock: Callable[[], datetime], poll_s: float = POLL_S
    ) -> None:
        """None are known before this is entered."""
        self._pool = pool
        self._clock = clock
        self._poll_s = poll_s
        self._position = 0
        self._tokens: set[bytes] = set()
        self._issued_until: dict[UUID, datetime] = {}
        self._followers: set[Callable[[], None]] = set()
        self._woken = asyncio.Event()
        self._tasks = Tasks()
        self._reader: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await self._read()
        await self._tasks.__aenter__()
        self._reader = self._tasks.create_task(self._read_on(), name="revocations")
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._reader is not None:
            self._reader.cancel()
        await self._tasks.__aexit__(kind, error, trace)

    def check(self, signed_in: Principal) -> None:
        """Raise TokenRevoked for whoever was signed out.

        Of a person who ever was, a token that does not say when it was issued is not accepted.
        """
        until = self._issued_until.get(signed_in.caller.person) if signed_in.caller.person else None
        out = until is not None and (signed_in.issued_at is None or signed_in.issued_at <= until)
        if out or signed_in.token in self._tokens:
            raise TokenRevoked

    async def revoke_token(self, digest: bytes) -> None:
        """Sign out whoever holds one token."""
        await self._add(digest, None, None)

    async def revoke_person(self, person: UUID) -> None:
        """Sign a person out everywhere: every token that was issued until now."""
        await self._add(None, person, self._clock())

    @contextmanager
    def telling(self, follower: Callable[[], None]) -> Generator[None]:
        """Call the follower whenever someone was signed out, as long as this is entered."""
        self._followers.add(follower)
        try:
            yield
        finally:
            self._followers.discard(follower)

    def wake(self) -> None:
        """Look now: there may be new ones."""
        self._woken.set()

    async def _add(
        self, token: bytes | None, person: UUID | None, issued_until: datetime | None
    ) -> None:
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(_LOCK)
            await connection.execute(_ADD, token, person, issued_until)
            await connection.execute(_NOTIFY)
        await self._read()

    async def _read_on(self) -> None:
        while True:
            try:
                async with asyncio.timeout(self._poll_s):
                    await self._woken.wait()
            except TimeoutError:
                pass
            self._woken.clear()
            try:
                await self._read()
            except CONNECTION_ERRORS as error:
                logger.warning("revocations cannot be read at the moment: %r", error)

    async def _read(self) -> None:
        rows = await self._pool.fetch(_READ, self._position)
        for row in rows:
            self._position = max(self._position, row["position"])
            if row["token"] is not None:
                self._tokens.add(row["token"])
            else:
                until = self._issued_until.get(row["person"], row["issued_until"])
                self._issued_until[row["person"]] = max(until, row["issued_until"])
        if rows:
            for follower in tuple(self._followers):
                follower()
