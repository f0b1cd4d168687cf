"""A process that holds a lease of the embedded server, and helpers for its processes."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import psutil

from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo

PROGRAM = Path(__file__).with_name("lease_holder_process.py")


@dataclass(frozen=True, kw_only=True)
class LeaseHolder:
    """A process that holds a lease, or got an error instead."""

    process: Process
    first_line: str
    """The DSN, or "refused: " and the error."""

    @classmethod
    async def start(
        cls, directory: Path, before: Callable[[], None] | None = None, *, stops: bool = False
    ) -> Self:
        """Start one in a session and process group of its own, and read its first line.

        One that ``stops`` does so by a signal when it has started its supervisor.
        """
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(PROGRAM), str(directory), *(["stop"] if stops else [])),
            stdin=PIPE,
            stdout=PIPE,
            preexec_fn=before,
            start_new_session=before is None,
        )
        assert process.stdout
        return cls(process=process, first_line=(await process.stdout.readline()).decode().strip())

    async def end(self, by: signal.Signals | None = None) -> None:
        """End it by a signal to its group, or by closing its input."""
        if by:
            os.killpg(self.process.pid, by)
        # Without an input it would leave that open.
        await self.process.communicate(b"")


def server_process(directory: Path) -> psutil.Process:
    """The main process of the server of this directory."""
    pid_file = (directory / "postgres" / "data" / "postmaster.pid").read_text()
    return psutil.Process(int(pid_file.splitlines()[0]))


def supervisor_of(directory: Path) -> psutil.Process:
    """The supervisor of that server."""
    with FileLock(DataPaths.from_directory(directory).supervisor_lock) as lock:
        info = SupervisorInfo.read(lock)
    assert info
    return psutil.Process(info.pid)


async def wait_until(condition: Callable[[], bool]) -> None:
    """Wait until a condition holds."""
    async with asyncio.timeout(30):
        while not condition():  # noqa: ASYNC110  Other processes have no event of ours.
            await asyncio.sleep(0.002)


async def wait_for_end(process: psutil.Process) -> None:
    """Wait for the end of a process."""
    await asyncio.to_thread(process.wait, 30)
