"""A client that reads nothing of what waits for it is stalled after some checks."""

import asyncio
import socket
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from intersessional.infra.connections.byte_budget import ByteBudget
from intersessional.infra.connections.open_connection import (
    CHECKS_MAX,
    PROGRESS_BYTES,
    OpenConnection,
)


@asynccontextmanager
async def open_pair() -> AsyncGenerator[tuple[OpenConnection, socket.socket]]:
    """A connection, and its other end, which reads when the test does."""
    ours, theirs = socket.socketpair()
    with theirs:
        theirs.setblocking(False)
        loop = asyncio.get_running_loop()
        transport, _ = await loop.connect_accepted_socket(asyncio.Protocol, ours)
        yield OpenConnection(transport, ByteBudget("answers", 10**9)), theirs
        transport.abort()


def fill(connection: OpenConnection) -> None:
    """Write until much waits for the client."""
    while connection.transport.get_write_buffer_size() < 500_000:
        connection.transport.write(b"x" * 10_000)


async def read(theirs: socket.socket, size: int) -> None:
    """Read so many bytes, and let the transport send more."""
    while size > 0:
        size -= len(await asyncio.get_running_loop().sock_recv(theirs, size))
        await asyncio.sleep(0)


async def test_client_that_reads_nothing_is_stalled_after_some_checks() -> None:
    async with open_pair() as (connection, _):
        fill(connection)

        checks = [connection.is_stalled() for _ in range(CHECKS_MAX + 1)]

        assert checks == [False] * CHECKS_MAX + [True]
        assert connection.budget.total == connection.transport.get_write_buffer_size()


async def test_client_that_reads_a_byte_at_a_time_is_stalled() -> None:
    async with open_pair() as (connection, theirs):
        fill(connection)
        checks: list[bool] = []
        for _ in range(CHECKS_MAX + 1):
            checks.append(connection.is_stalled())
            await read(theirs, 1)

        assert checks[-1]


async def test_client_that_reads_some_is_not_stalled() -> None:
    async with open_pair() as (connection, theirs):
        fill(connection)
        for _ in range(2 * CHECKS_MAX):
            assert not connection.is_stalled()
            await read(theirs, 20 * PROGRESS_BYTES)


async def test_client_that_answers_has_read() -> None:
    async with open_pair() as (connection, _):
        fill(connection)
        for _ in range(2 * CHECKS_MAX):
            assert not connection.is_stalled()
            connection.reads()


async def test_nothing_is_held_where_nothing_waits() -> None:
    async with open_pair() as (connection, _):
        assert not any(connection.is_stalled() for _ in range(2 * CHECKS_MAX))
        assert connection.budget.total == 0
