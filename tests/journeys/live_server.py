"""A server as its operator starts it, on a database that holds a record."""

import signal
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from tests.infra.cli.program import RunningCommand, running
from tests.recorded import Recorded
from tests.without_rate_limits import WITHOUT_RATE_LIMITS


@dataclass(frozen=True, kw_only=True)
class Server:
    """A running server and its URL."""

    running: RunningCommand
    url: str

    async def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; returns its exit code."""
        return await self.running.end(by)


@asynccontextmanager
async def serving(recorded: Recorded, port: int = 0) -> AsyncGenerator[Server]:
    """A server of its own process, in development mode."""
    variables = {"DATABASE_URL": recorded.url, "INTERSESSIONAL_MODE": "development"}
    async with ready("serve", PORT=str(port), **WITHOUT_RATE_LIMITS, **variables) as server:
        yield server


@asynccontextmanager
async def ready(*arguments: str, **variables: str) -> AsyncGenerator[Server]:
    """A serving command, once it has printed ``ready``."""
    async with running(*arguments, **variables) as command:
        word, _, url = (await command.line()).partition(" ")
        assert word == "ready", command.stderr()
        yield Server(running=command, url=url)
