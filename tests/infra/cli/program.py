"""Runs the command line in a process of its own, as a user does, or in the process of a test."""

import asyncio
import logging
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

from typer.testing import CliRunner

from intersessional.infra.cli import app
from intersessional.infra.settings import Settings
from tests.infra.cli.composed_once import compose_once
from tests.infra.cli.forked_program import ForkedProgram, fork_program

PROGRAM = Path(sys.executable).with_name("intersessional")
TIMEOUT_S = 60
"""After which a test fails instead of hanging."""


@dataclass(frozen=True, kw_only=True)
class FinishedCommand:
    """A command that has ended."""

    code: int
    out: str
    err: str


@dataclass(frozen=True, kw_only=True)
class RunningCommand:
    """A command that runs; its standard error goes to a file."""

    process: Process | ForkedProgram
    err: IO[bytes]

    async def line(self) -> str:
        """The next line that it prints; empty at its end."""
        assert self.process.stdout
        async with asyncio.timeout(TIMEOUT_S):
            return (await self.process.stdout.readline()).decode().rstrip("\n")

    async def wait_for_stderr(self, text: str) -> None:
        """Wait until a text is on its standard error."""
        async with asyncio.timeout(TIMEOUT_S):
            while text not in self.stderr():  # noqa: ASYNC110  A file has no event.
                await asyncio.sleep(0.01)

    def stderr(self) -> str:
        """Its standard error so far."""
        self.err.seek(0)
        return self.err.read().decode()

    async def end(self, by: signal.Signals = signal.SIGTERM) -> int:
        """End it by a signal; returns its exit code."""
        self.process.send_signal(by)
        async with asyncio.timeout(TIMEOUT_S):
            return await self.process.wait()


@asynccontextmanager
async def running(*arguments: str, **variables: str) -> AsyncGenerator[RunningCommand]:
    """A command with these arguments and environment variables; killed if it still runs."""
    environment = _environment() | variables
    with tempfile.TemporaryFile() as err:
        process: Process | ForkedProgram
        # The interpreter reads its own variables only when it starts.
        if any(name.startswith("PYTHON") for name in variables):
            process = await asyncio.create_subprocess_exec(
                PROGRAM, *arguments, stdin=DEVNULL, stdout=PIPE, stderr=err, env=environment
            )
        else:
            process = await fork_program(arguments, environment, err.fileno())
        try:
            yield RunningCommand(process=process, err=err)
        finally:
            if process.returncode is None:
                process.kill()
            assert process.stdout
            await process.stdout.read()
            await process.wait()


async def run(*arguments: str, **variables: str) -> FinishedCommand:
    """Run a command to its end."""
    async with running(*arguments, **variables) as command, asyncio.timeout(TIMEOUT_S):
        assert command.process.stdout
        out = (await command.process.stdout.read()).decode()
        code = await command.process.wait()
        return FinishedCommand(code=code, out=out, err=command.stderr())


def invoke(*arguments: str, **variables: str) -> FinishedCommand:
    """Run a command to its end in this process, which saves a start; no event loop may run."""
    compose_once()
    unset = dict.fromkeys(_settings())
    handlers = logging.root.handlers[:]
    try:
        ended = CliRunner().invoke(app, arguments, env=unset | variables, catch_exceptions=False)
    finally:
        # The command logs to what was its standard error.
        logging.root.handlers[:] = handlers
    return FinishedCommand(code=ended.exit_code, out=ended.stdout, err=ended.stderr)


def _environment() -> dict[str, str]:
    """The environment without any setting of the server."""
    ours = _settings()
    return {name: value for name, value in os.environ.items() if name not in ours}


def _settings() -> set[str]:
    return {str(field.alias) for field in Settings.model_fields.values()}
