"""The database of the settings, or the embedded one."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import asyncpg

from intersessional.errors import OperatorError
from intersessional.infra.embedded_postgres import embedded_postgres
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.settings import Settings

CONNECT_TIMEOUT_S = 10

_CHECK = f"""
SELECT current_setting('transaction_read_only')::bool AS read_only,
       has_database_privilege(current_database(), 'CREATE')
           OR to_regnamespace('{SCHEMA}') IS NOT NULL AS ours
"""


class DatabaseError(OperatorError):
    """The server of DATABASE_URL cannot be used; the message does not contain the URL."""


@asynccontextmanager
async def database(
    settings: Settings, progress: Callable[[str], None], *, writes: bool = True
) -> AsyncGenerator[str]:
    """The DSN of the database. Raises DatabaseError and EmbeddedPostgresError.

    Without ``writes`` it may be a replica, or a server in recovery.
    """
    if settings.database_url is None:
        async with embedded_postgres(settings.data, progress) as dsn:
            yield dsn
    else:
        await _check(settings.database_url, writes=writes)
        yield settings.database_url


async def _check(dsn: str, *, writes: bool) -> None:
    try:
        connection = await asyncpg.connect(dsn, timeout=CONNECT_TIMEOUT_S)
    except TimeoutError as error:
        raise DatabaseError(
            f"The server of DATABASE_URL did not answer within {CONNECT_TIMEOUT_S} seconds."
        ) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseError(f"The server of DATABASE_URL cannot be used: {error}.") from error
    except (asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseError("DATABASE_URL is no address of a PostgreSQL server.") from error
    try:
        [row] = await connection.fetch(_CHECK)
    finally:
        await connection.close()
    if not writes:
        return
    if row["read_only"]:
        raise DatabaseError("DATABASE_URL leads to a replica or where nothing may be written.")
    if not row["ours"]:
        raise DatabaseError(
            "The user of DATABASE_URL may not make the schema: an administrator must first run"
            " GRANT CREATE ON DATABASE <its name> TO <the user>."
        )
