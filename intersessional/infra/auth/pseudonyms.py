"""Pseudonyms of persons: the only names of persons in events."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from cachetools import LRUCache

from intersessional.infra.postgres.pool import Pool

CACHE_MAX = 10_000


@dataclass(frozen=True, kw_only=True)
class Pseudonym:
    """The pseudonym of a person, and when the person was first seen."""

    id: UUID
    first_seen: datetime


class Pseudonyms:
    """Gives each subject of an issuer a pseudonym, and always the same one."""

    def __init__(
        self, pool: Pool, *, clock: Callable[[], datetime], cache_max: int = CACHE_MAX
    ) -> None:
        """``cache_max`` pseudonyms are held in memory."""
        self._pool = pool
        self._clock = clock
        self._cache: LRUCache[tuple[str, str], Pseudonym] = LRUCache(cache_max)

    async def get_or_create(self, issuer: str, subject: str) -> Pseudonym:
        """The pseudonym of an issuer's subject (``iss`` and ``sub`` of RFC 7519)."""
        cache = self._cache
        pseudonym = cache.get((issuer, subject))
        if pseudonym is None:
            pseudonym = await self._find(issuer, subject) or await self._add(issuer, subject)
            cache[issuer, subject] = pseudonym
        return pseudonym

    def forget(self) -> None:
        """Drop what is held in memory: the persons of another epoch of the log may be others."""
        self._cache = LRUCache(self._cache.maxsize)

    async def exists(self, person: UUID) -> bool:
        """Whether a person who signed in has this pseudonym."""
        query = "SELECT EXISTS (SELECT FROM persons WHERE person = $1)"
        return bool(await self._pool.fetchval(query, person))

    async def _add(self, issuer: str, subject: str) -> Pseudonym:
        await self._pool.execute(
            "INSERT INTO persons (issuer, subject, person, first_seen) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (issuer, subject) DO NOTHING",
            issuer,
            subject,
            uuid4(),
            self._clock(),
        )
        # Another node may have added the same subject first: its pseudonym is the valid one.
        pseudonym = await self._find(issuer, subject)
        if pseudonym is None:
            raise LookupError("a person that was just added is not there")
        return pseudonym

    async def _find(self, issuer: str, subject: str) -> Pseudonym | None:
        row = await self._pool.fetchrow(
            "SELECT person, first_seen FROM persons WHERE issuer = $1 AND subject = $2",
            issuer,
            subject,
        )
        return None if row is None else Pseudonym(id=row["person"], first_seen=row["first_seen"])
