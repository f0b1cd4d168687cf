"""The addresses of the database: those of the settings, or of the embedded server."""

from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

import asyncpg

from intersessional.errors import OperatorError
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.postgres.hosts import connect_to_any
from intersessional.infra.settings import Settings

CONNECT_TIMEOUT_S = 10


class DatabaseError(OperatorError):
    """The server of an address cannot be used; the message does not contain the address."""


@dataclass(frozen=True, kw_only=True)
class DatabaseUrls:
    """The addresses (DSNs) of one database."""

    node: str
    """The login of nodes; the owner's where no other address is given."""
    owner: str | None
    """The owner of the tables, for migrations alone; None where only one address is given."""


@asynccontextmanager
async def database(
    settings: Settings, progress: Callable[[str], None], *, writes: bool = True
) -> AsyncGenerator[DatabaseUrls]:
    """The addresses of the database. Raises DatabaseError and EmbeddedPostgresError.

    Without ``writes`` it may be a replica, or a server in recovery.
    """
    if settings.database_url is None:
        async with embedded_postgres(settings.data, progress) as dsn:
            yield DatabaseUrls(node=dsn, owner=None)
    else:
        await _check(settings.database_url, "DATABASE_URL", writes=writes)
        if settings.owner_database_url is not None:
            variable = "INTERSESSIONAL_OWNER_DATABASE_URL"
            await _check(settings.owner_database_url, variable, writes=writes)
        yield DatabaseUrls(node=settings.database_url, owner=settings.owner_database_url)


async def _check(dsn: str, variable: str, *, writes: bool) -> None:
    try:
        connection = await connect_to_any(dsn, timeout=CONNECT_TIMEOUT_S)
    except TimeoutError as error:
        raise DatabaseError(
            f"The server of {variable} did not answer within {CONNECT_TIMEOUT_S} seconds."
        ) from error
    except (OSError, asyncpg.PostgresError) as error:
        raise DatabaseError(f"The server of {variable} cannot be used: {error}.") from error
    except (asyncpg.InterfaceError, ValueError) as error:
        raise DatabaseError(f"{variable} is no address of a PostgreSQL server.") from error
    try:
        read_only = await connection.fetchval("SELECT current_setting('transaction_read_only')")
    finally:
        await connection.close()
    if writes and read_only == "on":
        raise DatabaseError(f"{variable} leads to a replica or where nothing may be written.")
