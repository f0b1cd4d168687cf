"""Persons: what the record knows people by."""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from intersessional.infra.postgres.pool import Pool

KEPT_MAX = 10_000


@dataclass(frozen=True, kw_only=True)
class Person:
    """A pseudonym, and when whoever bears it was first seen."""

    id: UUID
    first_seen: datetime


class Persons:
    """Gives everyone who signs in a pseudonym at first sight, and the same ever after."""

    def __init__(
        self, pool: Pool, *, clock: Callable[[], datetime], kept_max: int = KEPT_MAX
    ) -> None:
        """``kept_max`` pseudonyms are known without asking the database."""
        self._pool = pool
        self._clock = clock
        self._kept: OrderedDict[tuple[str, str], Person] = OrderedDict()
        self._kept_max = kept_max

    async def known_as(self, issuer: str, subject: str) -> Person:
        """The person behind an issuer's subject."""
        person = self._kept.get((issuer, subject))
        if person is None:
            person = await self._find(issuer, subject) or await self._add(issuer, subject)
            self._kept[issuer, subject] = person
            if len(self._kept) > self._kept_max:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end((issuer, subject))
        return person

    async def is_known(self, person: UUID) -> bool:
        """Whether someone who signed in bears this pseudonym."""
        look = "SELECT EXISTS (SELECT FROM persons WHERE person = $1)"
        return bool(await self._pool.fetchval(look, person))

    async def _add(self, issuer: str, subject: str) -> Person:
        await self._pool.execute(
            "INSERT INTO persons (issuer, subject, person, first_seen) VALUES ($1, $2, $3, $4)"
            " ON CONFLICT (issuer, subject) DO NOTHING",
            issuer,
            subject,
            uuid4(),
            self._clock(),
        )
        # Another may have seen the same subject first: its pseudonym is the one.
        person = await self._find(issuer, subject)
        if person is None:
            raise LookupError("a person that was just added is not there")
        return person

    async def _find(self, issuer: str, subject: str) -> Person | None:
        row = await self._pool.fetchrow(
            "SELECT person, first_seen FROM persons WHERE issuer = $1 AND subject = $2",
            issuer,
            subject,
        )
        return None if row is None else Person(id=row["person"], first_seen=row["first_seen"])
