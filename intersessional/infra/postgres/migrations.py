"""Migrates the database: numbered SQL scripts, each applied once and in order."""

import asyncio
import logging
import random
from collections.abc import Sequence

import asyncpg

from intersessional.errors import OperatorError
from intersessional.infra.postgres.connection import ROLE, SCHEMA, connect
from intersessional.infra.postgres.connection_errors import SESSION_ERRORS
from intersessional.infra.postgres.migration_scripts import MigrationScript, MigrationScripts

LOCK_TIMEOUT_MS = 200
"""How long a script waits for a lock of a table: whoever needs the table queues behind it."""
TRIES_MAX = 60
PAUSE_S_MAX = 1.0

logger = logging.getLogger(__name__)


class SchemaError(OperatorError):
    """The tables are of another version, in use, or the database user lacks a privilege."""


_LEDGER = """
CREATE TABLE IF NOT EXISTS applied_scripts (
    part text,
    number integer,
    digest bytea NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (part, number)
);
ALTER TABLE applied_scripts ADD COLUMN IF NOT EXISTS format integer NOT NULL DEFAULT 1;
"""

_LATER = (
    "a later version has applied %d further scripts to the %s tables: this version serves and"
    " records as before, but leaves the views and commands on what it does not know to later nodes"
)

# The role belongs to the cluster and the lock to one database, so a migration of another database
# of the cluster may create the role at the same moment.
_CREATE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
"""

# Nodes of the version before log in as the owner and become the application's role.
_LEND_ROLE = f"""
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{ROLE}', 'USAGE') THEN
        GRANT {ROLE} TO current_user;
    END IF;
EXCEPTION WHEN insufficient_privilege THEN NULL;
END $$;
"""

# Each gives the statement that lends a missing right, and no row where there is the right.
_MAY_CREATE = """
SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), current_user)
 WHERE NOT has_database_privilege(current_database(), 'CREATE')
"""
_IS_OWNER = """
SELECT format('GRANT %I TO %I', pg_get_userbyid(nspowner), current_user) FROM pg_namespace
 WHERE nspname = $1 AND NOT pg_has_role(current_user, nspowner, 'USAGE')
"""


async def migrate(dsn: str, *, schema: str = SCHEMA, parts: Sequence[MigrationScripts]) -> None:
    """Apply the scripts that are not applied yet; concurrent and repeated calls are safe.

    Connects as the owner of the tables. Each script is applied in a transaction, while other nodes
    go on serving. Raises SchemaError when the tables are of another format or of an edited script,
    when they stay locked, or when the owner lacks a right.
    """
    connection = await connect(dsn, schema=schema)
    try:
        await migrate_over(connection, schema=schema, parts=parts)
    finally:
        await connection.close()


async def migrate_over(
    connection: asyncpg.Connection, *, schema: str = SCHEMA, parts: Sequence[MigrationScripts]
) -> None:
    """Migrate over a connection of the owner, which must be closed afterwards: it holds a lock.

    Raises SchemaError, also where the database ends the session, as amid a restore.
    """
    try:
        await _migrate(connection, schema, parts)
    except SESSION_ERRORS as error:
        raise SchemaError(
            f"The database ended the session amid the migration: {error!r}. Start again."
        ) from error


async def _migrate(
    connection: asyncpg.Connection, schema: str, parts: Sequence[MigrationScripts]
) -> None:
    await connection.execute("SELECT pg_advisory_lock(hashtextextended($1, 0))", f"apply {schema}")
    async with connection.transaction():
        has_rights = await _prepare(connection, schema)
        applied = [await _applied(connection, part) for part in parts]
        if not has_rights:
            await _give_rights(connection, parts, applied)
    for part, count in zip(parts, applied, strict=True):
        for number, script in enumerate(part.scripts[count:], start=count + 1):
            await _apply(connection, part, number, script)


async def check_migrated(
    connection: asyncpg.Connection, *, parts: Sequence[MigrationScripts]
) -> None:
    """Check that every script is applied, with the rights of a node. Raises SchemaError."""
    try:
        applied = [await _applied(connection, part) for part in parts]
    except (asyncpg.UndefinedTableError, asyncpg.InsufficientPrivilegeError):
        applied = [0 for _ in parts]
    missing = [
        f"{script.file_name} of the {part.name} tables"
        for part, count in zip(parts, applied, strict=True)
        for script in part.scripts[count:]
    ]
    if missing:
        raise SchemaError(
            f"The tables must be migrated first: {missing[0]} is not applied. Start one node with"
            " the address of the tables' owner in INTERSESSIONAL_OWNER_DATABASE_URL, or run"
            " `intersessional migrate` with it."
        )


async def _prepare(connection: asyncpg.Connection, schema: str) -> bool:
    """Create the role, the schema, and the table of the applied scripts where they are missing.

    Returns whether the role had rights in the schema.
    """
    try:
        await connection.execute(_CREATE_ROLE)
    except asyncpg.InsufficientPrivilegeError as error:
        raise SchemaError(
            f"An administrator must first run: CREATE ROLE {ROLE} NOLOGIN."
        ) from error
    await connection.execute(_LEND_ROLE)
    # A statement that is refused aborts the transaction, so rights are looked up before.
    if await connection.fetchval("SELECT to_regnamespace($1) IS NULL", schema):
        await _check_right(connection, _MAY_CREATE)
        await connection.execute(f"CREATE SCHEMA {schema}")
    else:
        await _check_right(connection, _IS_OWNER, schema)
    has_rights = await connection.fetchval(
        "SELECT has_schema_privilege($1, $2, 'USAGE')", ROLE, schema
    )
    await connection.execute(f"GRANT USAGE ON SCHEMA {schema} TO {ROLE};" + _LEDGER)
    return bool(has_rights)


async def _give_rights(
    connection: asyncpg.Connection, parts: Sequence[MigrationScripts], applied: Sequence[int]
) -> None:
    """Give the rights of the applied scripts again: a dump was restored without them.

    A server that has no such role, and a restore without owners and rights, leaves them out.
    """
    for part, count in zip(parts, applied, strict=True):
        for script in part.scripts[:count]:
            if script.rights:
                await connection.execute(script.rights)


async def _check_right(connection: asyncpg.Connection, query: str, *arguments: object) -> None:
    if statement := await connection.fetchval(query, *arguments):
        raise SchemaError(f"An administrator must first run: {statement}.")


async def _applied(connection: asyncpg.Connection, part: MigrationScripts) -> int:
    """How many scripts of the part are applied, those of a later version included.

    Scripts only add, so this version can use the tables of a later one of the same format.
    """
    applied = await connection.fetch(
        "SELECT digest, format FROM applied_scripts WHERE part = $1 ORDER BY number", part.name
    )
    if any(row["format"] < part.format for row in applied):
        raise SchemaError(
            f"The database holds {part.name} tables of an earlier version, which this version"
            " cannot read. Move the data directory away (.data, unless INTERSESSIONAL_DATA names"
            " another), or name another one in INTERSESSIONAL_DATA; where DATABASE_URL is set, name"
            " an empty database. The histories are imported again."
        )
    newer = any(row["format"] > part.format for row in applied)
    pairs = zip(applied, part.scripts, strict=False)
    if newer or any(row["digest"] != script.digest for row, script in pairs):
        raise SchemaError(
            f"The database holds other {part.name} tables than this version knows:"
            " they are newer, or a script was edited after it had been applied."
        )
    if len(applied) > len(part.scripts):
        logger.warning(_LATER, len(applied) - len(part.scripts), part.name)
    return len(applied)


async def _apply(
    connection: asyncpg.Connection, part: MigrationScripts, number: int, script: MigrationScript
) -> None:
    """Apply a script, again and again while the tables that it changes are locked."""
    for attempt in range(TRIES_MAX):
        try:
            async with connection.transaction():
                await connection.execute(f"SET LOCAL lock_timeout = {LOCK_TIMEOUT_MS}")
                await connection.execute(script.sql)
                await connection.execute(
                    "INSERT INTO applied_scripts (part, number, digest, format)"
                    " VALUES ($1, $2, $3, $4)",
                    part.name,
                    number,
                    script.digest,
                    part.format,
                )
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            if attempt == 0:
                logger.info("%s of the %s tables waits for a lock", script.file_name, part.name)
            await asyncio.sleep(random.uniform(0, PAUSE_S_MAX))
        else:
            return
    raise SchemaError(
        f"{script.file_name} of the {part.name} tables was not applied: another transaction holds"
        f" a table that it changes. Nothing was changed; {TRIES_MAX} tries were made."
    )
