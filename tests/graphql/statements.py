"""Counts the SQL statements of a node, as its connections report them."""

from collections.abc import AsyncGenerator
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from intersessional.infra.backend import Backend

_CONNECTIONS_MAX = 10
_NOT_OURS = ("pg_advisory_unlock_all", "typeinfo_tree", "'jit'")
"""Statements of the driver itself: to reset a connection, and to look up types."""


@asynccontextmanager
async def counted_statements(backend: Backend) -> AsyncGenerator[list[str]]:
    """The statements that are sent through the node's pool inside this context."""
    statements: list[str] = []

    def log(record: Any) -> None:
        if not any(words in record.query for words in _NOT_OURS):
            statements.append(record.query)

    async with AsyncExitStack() as stack:
        # All of them at once, so that each is met.
        connections = [
            await stack.enter_async_context(backend.pool.acquire()) for _ in range(_CONNECTIONS_MAX)
        ]
        for connection in connections:
            connection.add_query_logger(log)
    try:
        yield statements
    finally:
        async with AsyncExitStack() as stack:
            for _ in range(_CONNECTIONS_MAX):
                connection = await stack.enter_async_context(backend.pool.acquire())
                connection.remove_query_logger(log)
