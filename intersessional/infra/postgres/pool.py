"""A pool of database connections whose errors in an outage are the event store's own."""

import logging
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

import asyncpg
from asyncpg.pool import PoolAcquireContext

from intersessional.domain.command_handling.event_store import Unreachable
from intersessional.infra.postgres.connection import SCHEMA, server_settings
from intersessional.infra.postgres.connection_errors import MISSING_ERRORS, OUTAGE_ERRORS
from intersessional.infra.postgres.database_outage import DatabaseOutage
from intersessional.infra.postgres.hosts import connect_to_any
from intersessional.infra.postgres.node_connection import NodeConnection

logger = logging.getLogger(__name__)

COMMAND_TIMEOUT_S = 15.0
"""The time of a statement, and of its cancellation after that.

Then the connection is closed: a server behind a network that drops packets never answers.
"""
CONNECT_TIMEOUT_S = 10.0


class Pool:
    """Runs single statements on pooled connections; raises Unreachable for errors of an outage.

    Other errors of a statement or of its arguments are raised as the driver raises them.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self.outage = DatabaseOutage(logger, "the pool of connections")

    async def fetch(self, statement: str, *arguments: object) -> list[asyncpg.Record]:
        """All rows of a statement."""
        with self._outage_errors():
            return await self._pool.fetch(statement, *arguments)

    async def fetchrow(self, statement: str, *arguments: object) -> asyncpg.Record | None:
        """The first row of a statement; None without rows."""
        with self._outage_errors():
            return await self._pool.fetchrow(statement, *arguments)

    async def fetchval(self, statement: str, *arguments: object) -> Any:
        """The first column of the first row; None without rows."""
        with self._outage_errors():
            return await self._pool.fetchval(statement, *arguments)

    async def execute(self, statement: str, *arguments: object) -> str:
        """Run a statement for its effect; returns its command tag."""
        with self._outage_errors():
            return await self._pool.execute(statement, *arguments)

    async def renew(self) -> None:
        """Replace every connection, once it is free."""
        await self._pool.expire_connections()

    def acquire(self) -> PoolAcquireContext:
        """One connection, to be entered with ``async with``; it raises the driver's own errors."""
        return self._pool.acquire()

    @contextmanager
    def _outage_errors(self) -> Generator[None]:
        try:
            yield
        except OUTAGE_ERRORS as error:
            # The driver's complaints about arguments are InterfaceErrors too, and stay as they are.
            if isinstance(error, ValueError):
                raise
            if isinstance(error, MISSING_ERRORS):
                # Else each statement that is not wrong would end an outage, with two lines of it.
                self.outage.missed(error)
            else:
                self.outage.failed(error)
            raise Unreachable(f"the database cannot be used: {error!r}") from error
        else:
            if self.outage.failures:
                self.outage.ended()


@asynccontextmanager
async def open_pool(
    dsn: str,
    *,
    schema: str = SCHEMA,
    size_max: int = 10,
    command_timeout_s: float | None = None,
) -> AsyncGenerator[Pool]:
    """A pool of connections that can read and append.

    A borrower leaves nothing behind in the session but an open transaction, which is rolled back.
    So a connection is not reset when it comes back: that would cost each read a statement more.
    A statement is cancelled after ``command_timeout_s`` seconds, or ``COMMAND_TIMEOUT_S``.
    """
    async with asyncpg.create_pool(
        dsn,
        # Else the driver's pool restores this number with a traceback in the log for each try.
        min_size=0,
        max_size=size_max,
        connect=connect_to_any,
        connection_class=NodeConnection,
        server_settings=server_settings(schema),
        reset=_no_reset,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=command_timeout_s or COMMAND_TIMEOUT_S,
    ) as pool:
        yield Pool(pool)


async def _no_reset(_: asyncpg.Connection) -> None:
    return
