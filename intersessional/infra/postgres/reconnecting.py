"""One connection kept for a long-lived task: opened when needed, dropped when it fails."""

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from intersessional.infra.postgres.connection import SCHEMA, connect

Source = asyncpg.Pool | str
"""Where a connection comes from: a pool that lends one for good, or the address of the server."""

Connection = asyncpg.Connection | PoolConnectionProxy

# A task that stops in the middle of a transaction must not hold the log's lock for ever, and a
# commit that was answered has reached the disk.
_SETTINGS = """
SET statement_timeout = '15s';
SET idle_in_transaction_session_timeout = '10s';
SET default_transaction_isolation = 'read committed';
SELECT set_config('synchronous_commit', 'on', false)
 WHERE current_setting('synchronous_commit') = 'off';
"""

CONNECTION_ERRORS = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # The driver's own, when the server ends a session just then.
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
)
"""What says that the server cannot answer now, and may a little later."""


class ReconnectingConnection:
    """A connection of one's own."""

    def __init__(self, source: Source, schema: str = SCHEMA) -> None:
        self._source = source
        self._schema = schema
        self._connection: Connection | None = None

    async def get(self) -> Connection:
        """The connection, opened anew when there is none."""
        if self._connection is None:
            if isinstance(self._source, str):
                self._connection = await connect(self._source, schema=self._schema)
            else:
                self._connection = await self._source.acquire()
            await self._connection.execute(_SETTINGS)
        return self._connection

    async def drop(self) -> None:
        """Forget the connection, whatever state it is in."""
        connection, self._connection = self._connection, None
        if connection is None:
            return
        connection.terminate()
        if isinstance(connection, PoolConnectionProxy) and not isinstance(self._source, str):
            await self._source.release(connection)
