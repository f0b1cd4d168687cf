"""The errors with which asyncpg reports that the server cannot answer now."""

import asyncpg

from intersessional.domain.kernel.event_store import Unreachable

CONNECTION_ERRORS = (
    Unreachable,  # What a Pool makes of the others.
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
"""The server cannot answer now, and may answer a little later."""
