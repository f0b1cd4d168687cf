"""Migrates the database: numbered SQL scripts, each applied once and in order."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import asyncpg

from intersessional.errors import OperatorError
from intersessional.infra.postgres.connection import ROLE, SCHEMA, server_settings


class SchemaError(OperatorError):
    """The tables are of another version, or the database user lacks a privilege."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MigrationScripts:
    """The scripts of one part of the system, in order.

    A script that was applied anywhere is never edited; a change is a further script.
    """

    name: str
    scripts: tuple[str, ...]
    format: int = 1
    """The version of the stored rows, for changes that no script can make; another is refused."""


EVENT_STORE_SCRIPTS = MigrationScripts(
    name="record",
    scripts=(Path(__file__).parents[1].joinpath("event_store", "schema.sql").read_text(),),
    format=2,
)

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

# The role belongs to the cluster and the lock to one database, so a migration of another database
# of the cluster may create the role at the same moment.
_CREATE_ROLE = f"""
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '{ROLE}') THEN
        CREATE ROLE {ROLE} NOLOGIN;
    END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
    IF NOT pg_has_role(current_user, '{ROLE}', 'USAGE') THEN
        GRANT {ROLE} TO current_user;
    END IF;
END $$;
"""


async def migrate(
    dsn: str, *, schema: str = SCHEMA, parts: Sequence[MigrationScripts] = (EVENT_STORE_SCRIPTS,)
) -> None:
    """Apply the scripts that are not applied yet; concurrent and repeated calls are safe.

    Connects as the owner of the tables. Raises SchemaError when the database holds scripts that
    are unknown here, or when the owner may not create the application's role.
    """
    connection = await asyncpg.connect(
        dsn, server_settings=server_settings(schema) | {"role": "none"}
    )
    try:
        async with connection.transaction():
            await connection.execute(
                "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))", f"apply {schema}"
            )
            try:
                await connection.execute(_CREATE_ROLE)
            except asyncpg.InsufficientPrivilegeError as error:
                raise SchemaError(
                    f"An administrator must first run: CREATE ROLE {ROLE} NOLOGIN;"
                    f" GRANT {ROLE} TO <the user of DATABASE_URL>."
                ) from error
            await connection.execute(
                f'CREATE SCHEMA IF NOT EXISTS "{schema}";'
                f' GRANT USAGE ON SCHEMA "{schema}" TO {ROLE}'
            )
            await connection.execute(_LEDGER)
            for part in parts:
                await _apply(connection, part)
    finally:
        await connection.close()


async def _apply(connection: asyncpg.Connection, part: MigrationScripts) -> None:
    digests = [sha256(script.encode()).digest() for script in part.scripts]
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
    if newer or [row["digest"] for row in applied] != digests[: len(applied)]:
        raise SchemaError(
            f"The database holds other {part.name} tables than this version knows:"
            " they are newer, or a script was edited after it had been applied."
        )
    for number in range(len(applied), len(digests)):
        await connection.execute(part.scripts[number])
        await connection.execute(
            "INSERT INTO applied_scripts (part, number, digest, format) VALUES ($1, $2, $3, $4)",
            part.name,
            number,
            digests[number],
            part.format,
        )
