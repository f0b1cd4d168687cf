"""Connections to the record's schema, in the role that can only append."""

import re

import asyncpg

SCHEMA = "intersessional"
ROLE = "intersessional_app"


def server_settings(schema: str = SCHEMA) -> dict[str, str]:
    """The settings with which the application connects. Raises ValueError for an odd name."""
    if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", schema):
        raise ValueError(f"{schema!r} is no name for a schema")
    return {"application_name": "intersessional", "search_path": schema, "role": ROLE}


def open_pool(
    dsn: str, *, schema: str = SCHEMA, size_min: int = 1, size_max: int = 10
) -> asyncpg.Pool:
    """A pool of connections that can read and append, to be entered with ``async with``.

    Whoever borrows one leaves nothing behind in its session but an open transaction, which is
    rolled back. So it is not reset when it comes back: that would cost each read a statement more.
    """
    return asyncpg.create_pool(
        dsn,
        min_size=size_min,
        max_size=size_max,
        server_settings=server_settings(schema),
        reset=_as_it_is,
    )


async def _as_it_is(_: asyncpg.Connection) -> None:
    return


async def connect(dsn: str, *, schema: str = SCHEMA) -> asyncpg.Connection:
    """One connection that can read and append."""
    return await asyncpg.connect(dsn, server_settings=server_settings(schema))
