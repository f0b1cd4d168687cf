"""Rows of a table beside the log, read in step with it."""

from collections.abc import AsyncGenerator
from typing import Any

import asyncpg

from intersessional.infra.postgres.connection import Connection

ROWS_A_FETCH = 500


class RowsByPosition:
    """The rows of a table in order of position. The memory that it takes does not grow."""

    def __init__(self, connection: Connection, statement: str) -> None:
        """``statement`` selects a position first, and is ordered by it."""
        self._connection = connection
        self._statement = statement
        self._cursor: Any = None
        self._rows: list[asyncpg.Record] = []
        """The rows that are read and not taken yet, the next one last."""

    async def until(self, position: int) -> AsyncGenerator[asyncpg.Record]:
        """The next rows, up to a position."""
        while await self._fetched() and self._rows[-1][0] <= position:
            yield self._rows.pop()

    async def rest(self) -> AsyncGenerator[asyncpg.Record]:
        """All rows that are left."""
        while await self._fetched():
            yield self._rows.pop()

    async def _fetched(self) -> bool:
        """Whether there is a next row."""
        if not self._rows:
            if self._cursor is None:
                self._cursor = await self._connection.cursor(self._statement)
            self._rows = (await self._cursor.fetch(ROWS_A_FETCH))[::-1]
        return bool(self._rows)
