"""The programme as a user starts it: a process of its own, what it says, and how it ends."""

import asyncio
import os
import signal
import sys
import tempfile
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from intersessional.infra.settings import Settings

PROGRAMME = Path(sys.executable).with_name("intersessional")
PATIENCE_SECONDS = 60
"""After which a test fails instead of hanging."""


@dataclass(frozen=True, kw_only=True)
class Ended:
    """A command that came to its end."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, kw_only=True)
class Running:
    """A command that goes on; its standard error is kept until it is asked for."""

    process: Process
    err: IO[bytes]

    async def line(self) -> str:
        """The next line that it prints; empty at its end."""
        assert self.process.stdout
        async with asyncio.timeout(PATIENCE_SECONDS):
            return (await self.process.stdout.readline()).decode().rstrip("\n")

    async def told(self, words: str) -> None:
        """Wait until it has told something on its standard error."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while words not in self.said():  # noqa: ASYNC110  A file rings no bell.
                await asyncio.sleep(0.01)

    def said(self) -> str:
        """What it has told on its standard error so far."""
        self.err.seek(0)
        return self.err.read().decode()

    async def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; answers its exit code."""
        self.process.send_signal(by)
        async with asyncio.timeout(PATIENCE_SECONDS):
            return await self.process.wait()


@asynccontextmanager
async def running(*arguments: str, **variables: str) -> AsyncGenerator[Running]:
    """A command with these arguments and environment variables; killed if it still runs."""
    with tempfile.TemporaryFile() as err:
        process = await asyncio.create_subprocess_exec(
            PROGRAMME,
            *arguments,
            stdin=DEVNULL,
            stdout=PIPE,
            stderr=err,
            env=_environment() | variables,
        )
        try:
            yield Running(process=process, err=err)
        finally:
            if process.returncode is None:
                process.kill()
            assert process.stdout
            await process.stdout.read()
            await process.wait()


async def run(*arguments: str, **variables: str) -> Ended:
    """Run a command to its end."""
    async with running(*arguments, **variables) as command, asyncio.timeout(PATIENCE_SECONDS):
        assert command.process.stdout
        out = (await command.process.stdout.read()).decode()
        code = await command.process.wait()
        return Ended(code=code, out=out, err=command.said())


def _environment() -> dict[str, str]:
    """Our own environment without any setting of the programme."""
    ours = {str(field.alias) for field in Settings.model_fields.values()}
    return {name: value for name, value in os.environ.items() if name not in ours}
