"""Connections to the schema of the event store."""

import re

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from intersessional.infra.postgres.hosts import connect_to_any

Connection = asyncpg.Connection | PoolConnectionProxy
"""A connection, or one of a pool."""

SCHEMA = "intersessional"
ROLE = "intersessional_app"
"""The role that has the application's rights; the logins of nodes are members of it."""


def server_settings(schema: str = SCHEMA) -> dict[str, str]:
    """The settings of every connection. Raises ValueError for an invalid name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"{schema!r} is no name for a schema")
    return {"application_name": "intersessional", "search_path": schema}


async def connect(dsn: str, *, schema: str = SCHEMA) -> asyncpg.Connection:
    """One connection to the schema, with the rights of the DSN's login."""
    return await connect_to_any(dsn, server_settings=server_settings(schema))
