"""A pool of database connections whose connection errors are the event store's own."""

from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
from asyncpg.pool import PoolAcquireContext

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.infra.postgres.connection import SCHEMA, server_settings
from intersessional.infra.postgres.connection_errors import CONNECTION_ERRORS


class Pool:
    """Runs single statements on pooled connections; raises Unreachable for connection errors.

    Errors of a statement or of its arguments are raised as the driver raises them.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool

    async def fetch(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        """All rows of a statement."""
        with _connection_errors():
            return await self._pool.fetch(statement, *arguments)

    async def fetchrow(self, statement: str, *arguments: object) -> asyncpg.Record | None:
        """The first row of a statement; None without rows."""
        with _connection_errors():
            return await self._pool.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: object) -> Any:
        """The first column of the first row; None without rows."""
        with _connection_errors():
            return await self._pool.fetchval(statement, *arguments)

    async def execute(self, statement: str, *arguments: object) -> str:
        """Run a statement for its effect; returns its command tag."""
        with _connection_errors():
            return await self._pool.execute(statement, *arguments)

    def acquire(self) -> PoolAcquireContext:
        """One connection, to be entered with ``async with``; it raises the driver's own errors."""
        return self._pool.acquire()


@asynccontextmanager
async def open_pool(
    dsn: str, *, schema: str = SCHEMA, size_min: int = 1, size_max: int = 10
) -> AsyncGenerator[Pool]:
    """A pool of connections that can read and append.

    A borrower leaves nothing behind in the session but an open transaction, which is rolled back.
    So a connection is not reset when it comes back: that would cost each read a statement more.
    """
    async with asyncpg.create_pool(
        dsn,
        min_size=size_min,
        max_size=size_max,
        server_settings=server_settings(schema),
        reset=_no_reset,
    ) as pool:
        yield Pool(pool)


async def _no_reset(_: asyncpg.Connection) -> None:
    return


@contextmanager
def _connection_errors() -> Generator[None]:
    try:
        yield
    except CONNECTION_ERRORS as error:
        # The driver's complaints about arguments are InterfaceErrors too, and stay as they are.
        if isinstance(error, ValueError):
            raise
        raise Unreachable(f"the database cannot be reached: {error!r}") from error
