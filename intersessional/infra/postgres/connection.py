"""Connections to the record's schema, in the role that can only append."""

import re

import asyncpg
from asyncpg.pool import PoolConnectionProxy

Connection = asyncpg.Connection | PoolConnectionProxy
"""A connection of its own, or one that a pool lends."""

SCHEMA = "intersessional"
ROLE = "intersessional_app"


def server_settings(schema: str = SCHEMA) -> dict[str, str]:
    """The settings with which the application connects. Raises ValueError for an odd name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"{schema!r} is no name for a schema")
    return {"application_name": "intersessional", "search_path": schema, "role": ROLE}


async def connect(dsn: str, *, schema: str = SCHEMA) -> asyncpg.Connection:
    """One connection that can read and append."""
    return await asyncpg.connect(dsn, server_settings=server_settings(schema))
