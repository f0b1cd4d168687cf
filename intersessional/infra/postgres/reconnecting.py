"""A connection of a long-lived task that is opened again after a loss."""

import asyncpg

from intersessional.infra.postgres.connection import SCHEMA, connect

# A task that stops inside a transaction must not hold the lock of the log for ever, and an
# acknowledged commit must be on disk, and on that of the standby where the server has one.
_SETTINGS = """
SET statement_timeout = '15s';
SET idle_in_transaction_session_timeout = '10s';
SET default_transaction_isolation = 'read committed';
SELECT set_config('synchronous_commit', 'on', false)
 WHERE current_setting('synchronous_commit') IN ('off', 'local');
"""


class ReconnectingConnection:
    """A connection of one task, opened when it is needed and dropped when it fails."""

    def __init__(self, dsn: str, schema: str = SCHEMA) -> None:
        self._dsn = dsn
        self._schema = schema
        self._connection: asyncpg.Connection | None = None

    async def get(self) -> asyncpg.Connection:
        """The connection; opens one when there is none, or when the server has closed it."""
        if self._connection is None or self._connection.is_closed():
            self._connection = await connect(self._dsn, schema=self._schema)
            await self._connection.execute(_SETTINGS)
        return self._connection

    async def drop(self) -> None:
        """Close the connection without waiting, in any state."""
        connection, self._connection = self._connection, None
        if connection is not None:
            connection.terminate()
