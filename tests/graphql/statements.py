"""Counts the SQL statements of a node, as its connections report them."""

import asyncio
from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from intersessional.infra.backend import Backend
from tests.graphql.server import WAIT_MAX_S

_CONNECTIONS_MAX = 10
_HEAD = "SELECT position FROM head"
_NOT_OURS = ("pg_advisory_unlock_all", "typeinfo_tree", "'jit'")
"""Statements of the driver itself: to reset a connection, and to look up types."""


@asynccontextmanager
async def counted_statements(backend: Backend) -> AsyncGenerator[list[str]]:
    """The statements that are sent through the node's pool inside this context.

    With them what the node reads by itself of each event that is recorded inside, and of no other.
    """
    statements: list[str] = []

    def log(record: Any) -> None:
        if not any(words in record.query for words in _NOT_OURS):
            statements.append(record.query)

    async with backend.pool.acquire() as connection:
        await _until_read(backend, await connection.fetchval(_HEAD))
    async with AsyncExitStack() as stack:
        # All of them at once, so that each is met.
        connections = [
            await stack.enter_async_context(backend.pool.acquire()) for _ in range(_CONNECTIONS_MAX)
        ]
        for connection in connections:
            connection.add_query_logger(log)
    try:
        yield statements
        async with backend.pool.acquire() as connection:
            connection.remove_query_logger(log)
            head = await connection.fetchval(_HEAD)
            connection.add_query_logger(log)
        await _until_read(backend, head)
    finally:
        async with AsyncExitStack() as stack:
            for _ in range(_CONNECTIONS_MAX):
                connection = await stack.enter_async_context(backend.pool.acquire())
                connection.remove_query_logger(log)


async def _until_read(backend: Backend, head: int) -> None:
    """Wait until the node has folded the events up to the head, and read them for watchers."""
    async with asyncio.timeout(WAIT_MAX_S):
        await backend.reader.wait_until_reached(head)
        while backend.feed.position < head:  # noqa: ASYNC110  A feed tells its followers alone.
            await asyncio.sleep(0.005)
