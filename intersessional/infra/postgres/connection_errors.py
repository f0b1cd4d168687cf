"""The errors with which asyncpg reports that the server cannot answer now."""

import asyncpg

from intersessional.domain.command_handling.event_store import Unreachable

SESSION_ERRORS = (
    asyncpg.InterfaceError,
    asyncpg.InternalClientError,  # Raised when the server ends a session during a call.
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
)
"""The server has ended a session."""

CONNECTION_ERRORS = (
    Unreachable,  # Pool raises it for the others.
    OSError,
    TimeoutError,
    *SESSION_ERRORS,
    asyncpg.InsufficientResourcesError,
    asyncpg.TransactionRollbackError,
    asyncpg.LockNotAvailableError,
    asyncpg.ReadOnlySQLTransactionError,
    asyncpg.IdleInTransactionSessionTimeoutError,
    asyncpg.InvalidCatalogNameError,  # The database is being replaced.
)
"""The server cannot answer now, and may answer a little later."""

OUTAGE_ERRORS = (
    *CONNECTION_ERRORS,
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedFunctionError,
    asyncpg.UndefinedObjectError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.InvalidAuthorizationSpecificationError,
    asyncpg.InsufficientPrivilegeError,  # Rights are granted last.
    asyncpg.InternalServerError,  # A type or function that a session has used is another one.
)
"""The same, or a backup is being restored over the database: what is called goes on after it."""
