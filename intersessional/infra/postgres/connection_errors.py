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

MISSING_ERRORS = (
    asyncpg.UndefinedTableError,
    asyncpg.UndefinedFunctionError,
    asyncpg.UndefinedObjectError,
    asyncpg.InvalidSchemaNameError,
    asyncpg.InsufficientPrivilegeError,  # Rights are granted last.
    asyncpg.InternalServerError,  # A type or function that a session has used is another one.
)
"""What a statement needs is not there: so it is amid a restore, or the statement is wrong."""

OUTAGE_ERRORS = (
    *CONNECTION_ERRORS,
    *MISSING_ERRORS,
    asyncpg.InvalidAuthorizationSpecificationError,
)
"""The same, or a backup is being restored over the database: what is called goes on after it."""
