"""The database that the settings name, or the embedded one."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager

import asyncpg

from intersessional.errors import OperatorError
from intersessional.infra.embedded_postgres import embedded_postgres
from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.settings import Settings

PATIENCE_SECONDS = 10

_LOOK = f"""
SELECT current_setting('transaction_read_only')::bool AS read_only,
       has_database_privilege(current_database(), 'CREATE')
           OR to_regnamespace('{SCHEMA}') IS NOT NULL AS ours
"""


class DatabaseError(OperatorError):
    """The server of DATABASE_URL cannot be used; the message never repeats the address."""


@asynccontextmanager
async def database(settings: Settings, progress: Callable[[str], None]) -> AsyncGenerator[str]:
    """The address of the database. Raises DatabaseError and EmbeddedRefused."""
    if settings.database_url is None:
        async with embedded_postgres(settings.data, progress) as dsn:
            yield dsn
    else:
        await _look(settings.database_url)
        yield settings.database_url


async def _look(dsn: str) -> None:
    try:
        connection = await asyncpg.connect(dsn, timeout=PATIENCE_SECONDS)
    except TimeoutError as error:
        raise DatabaseError(
            f"The server of DATABASE_URL did not answer within {PATIENCE_SECONDS} seconds."
        ) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseError(f"The server of DATABASE_URL cannot be used: {error}.") from error
    except (asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseError("DATABASE_URL is no address of a PostgreSQL server.") from error
    try:
        [found] = await connection.fetch(_LOOK)
    finally:
        await connection.close()
    if found["read_only"]:
        raise DatabaseError("DATABASE_URL leads to a replica or where nothing may be written.")
    if not found["ours"]:
        raise DatabaseError(
            "The user of DATABASE_URL may not make the schema: an administrator must first run"
            " GRANT CREATE ON DATABASE <its name> TO <the user>."
        )
