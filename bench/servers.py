"""Servers in processes of their own, which stay for a whole run and then end."""

import asyncio
import os
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

import psutil

from intersessional.infra.connections.open_connections import OpenConnections


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    url: str
    process: psutil.Process

    def cpu_seconds(self) -> float:
        """The processor time it has taken so far."""
        times = self.process.cpu_times()
        return times.user + times.system


@asynccontextmanager
async def server(*arguments: str, **variables: str) -> AsyncGenerator[Server]:
    """Start a server that prints `ready` and its address, and end it."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, *arguments, stdout=PIPE, env=os.environ | variables
    )
    assert process.stdout
    try:
        _, url = (await process.stdout.readline()).decode().split()
        yield Server(url, psutil.Process(process.pid))
    finally:
        process.terminate()
        await process.wait()


def our_server(dsn: str) -> AbstractAsyncContextManager[Server]:
    """Serve the record in this database."""
    return server(
        *("-c", "from intersessional.infra.cli import app; app()", "serve"),
        PORT="0",
        DATABASE_URL=dsn,
        INTERSESSIONAL_MODE="development",
    )


def unlimited() -> OpenConnections:
    """As many connections from one address as a load needs."""
    return OpenConnections(open_max=100_000, address_max=100_000)
