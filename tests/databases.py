"""Databases that last as long as one test."""

import atexit
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit, urlunsplit
from uuid import uuid4

import psycopg

from intersessional.infra.postgres.connection import SCHEMA
from intersessional.infra.postgres.node_login import login_url, made_login

_MADE: set[str] = set()
"""The servers on which the login of nodes is made."""
_COPIES: dict[str, str] = {}
"""The DSNs of copies, each with the database that was copied."""
_OPEN_TO_NODES: set[str] = set()
"""The databases with all tables, in which events of any time may be recorded."""
_ADMINISTRATORS: dict[str, psycopg.Connection] = {}
"""A connection to each server, which is kept: a new one costs half as much as a database."""


@asynccontextmanager
async def fresh_database(server: str, template: str = "template0") -> AsyncGenerator[str]:
    """Make a database as a copy of the template; gives its DSN, and drops it with its sessions."""
    name = f"test_{uuid4().hex}"
    # Copied as files: half the work of a copy by way of the write-ahead log.
    _tell(server, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')
    dsn = dsn_of(server, name)
    _COPIES[dsn] = template
    try:
        yield dsn
    finally:
        del _COPIES[dsn]
        _tell(server, f'DROP DATABASE "{name}" WITH (FORCE)')


def dsn_of(server: str, database: str) -> str:
    """The DSN of another database on the same server."""
    return urlunsplit(urlsplit(server)._replace(path=f"/{database}"))


async def node_url(owner_url: str, schema: str = SCHEMA) -> str:
    """The DSN with which a node logs in; the schema must be migrated."""
    server = dsn_of(owner_url, "")
    if server not in _MADE:
        assert await made_login(owner_url, schema)
        _MADE.add(server)
    return login_url(owner_url)


async def open_to_nodes(owner_url: str) -> None:
    """Note that nodes need no owner's rights on copies of a migrated database."""
    await node_url(owner_url)
    _OPEN_TO_NODES.add(urlsplit(owner_url).path[1:])


def url_for_node(owner_url: str) -> str:
    """The DSN that a node is given: on copies that need no migration its own login's.

    A node of the owner's address opens twice as many connections before it serves.
    """
    return login_url(owner_url) if _COPIES.get(owner_url) in _OPEN_TO_NODES else owner_url


def _tell(server: str, statement: str) -> None:
    kept = _ADMINISTRATORS.get(server) or _connect(server)
    try:
        kept.execute(statement.encode())
    except psycopg.OperationalError:
        # A test may have ended the server meanwhile, and started it again.
        if not kept.closed:
            raise
        _connect(server).execute(statement.encode())


def _connect(server: str) -> psycopg.Connection:
    connection = _ADMINISTRATORS[server] = psycopg.connect(server, autocommit=True)
    atexit.register(connection.close)
    return connection
