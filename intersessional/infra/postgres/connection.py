"""Connections to the schema of the event store, in the application's role."""

import re

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection = asyncpg.Connection | PoolConnectionProxy
"""A connection, or one of a pool."""

SCHEMA = "intersessional"
ROLE = "intersessional_app"


def server_settings(schema: str = SCHEMA) -> dict[str, str]:
    """The settings of the application's connections. Raises ValueError for an invalid name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"{schema!r} is no name for a schema")
    return {"application_name": "intersessional", "search_path": schema, "role": ROLE}


async def connect(dsn: str, *, schema: str = SCHEMA) -> asyncpg.Connection:
    """One connection that can read and append."""
    return await asyncpg.connect(dsn, server_settings=server_settings(schema))


async def connect_as_owner(dsn: str, *, schema: str = SCHEMA) -> asyncpg.Connection:
    """One connection of the owner of the tables, who reads all of them."""
    return await asyncpg.connect(dsn, server_settings=server_settings(schema) | {"role": "none"})
