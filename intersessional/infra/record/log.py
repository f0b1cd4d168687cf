"""Reading the log."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

import asyncpg

from intersessional.infra.record.entries import Head, Opening, Receipt, Row


class Log:
    """The recorded events, by position, by stream and by what they were known at."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def head(self) -> Head:
        """Where the log stands."""
        raise NotImplementedError

    async def read(
        self,
        after: int,
        limit: int,
        until: int | None = None,
        topics: Sequence[str] | None = None,
    ) -> list[Row]:
        """The events after a position and up to another, in order of position."""
        raise NotImplementedError

    async def at(self, positions: Sequence[int]) -> list[Row]:
        """The events at these positions, in order of position."""
        raise NotImplementedError

    async def stream(self, stream: UUID, after_version: int = 0) -> list[Row]:
        """The events of one stream, in order of version."""
        raise NotImplementedError

    async def streams(self, ids: Collection[UUID]) -> dict[UUID, list[Row]]:
        """The events of many streams in one statement; a stream that does not exist is empty."""
        raise NotImplementedError

    async def openings(self, commitments: Collection[bytes]) -> dict[bytes, Opening]:
        """The openings of these commitments; one that is missing was erased."""
        raise NotImplementedError

    async def known(self, command_id: UUID, body: bytes) -> Receipt | None:
        """The first outcome of a command; raises CommandReused when its body was another."""
        raise NotImplementedError

    async def position_known_at(self, instant: datetime) -> int:
        """The last position recorded by this instant; 0 when there was none."""
        raise NotImplementedError
