"""Another process that uses the embedded server, to be ended in every way."""

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

HOLDER = Path(__file__).with_name("holder.py")


@dataclass(frozen=True, kw_only=True)
class Owner:
    """A process that holds a lease, or was refused one."""

    process: Process
    word: str
    """Its DSN, or "refused: " and the reason."""

    @classmethod
    async def start(cls, directory: Path, before: Callable[[], None] | None = None) -> Self:
        """Start one, in a group of its own as a terminal does, and wait for its word."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, str(HOLDER), str(directory)),
            stdin=PIPE,
            stdout=PIPE,
            preexec_fn=before,
            process_group=None if before else 0,
        )
        assert process.stdout
        return cls(process=process, word=(await process.stdout.readline()).decode().strip())

    async def end(self, by: signal.Signals | None = None) -> None:
        """End it by a signal to its group, or let it leave in peace."""
        if by:
            os.killpg(self.process.pid, by)
        elif self.process.stdin:
            self.process.stdin.close()
        await self.process.wait()


def server_of(directory: Path) -> psutil.Process:
    """The first process of the server that works on this directory."""
    note = (directory / "postgres" / "data" / "postmaster.pid").read_text()
    return psutil.Process(int(note.splitlines()[0]))


def keeper_of(directory: Path) -> psutil.Process:
    """The process that keeps that server."""
    with FileLock(DataPaths.of(directory).keeper_lock) as lock:
        word = SupervisorInfo.in_lock(lock)
    assert word
    return psutil.Process(word.keeper)


async def until(done: Callable[[], bool]) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(30):
        while not done():  # noqa: ASYNC110  Other processes have no event of ours.
            await asyncio.sleep(0.002)


async def ended(process: psutil.Process) -> None:
    """Wait until a process is gone."""
    await asyncio.to_thread(process.wait, 30)
