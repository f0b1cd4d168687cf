"""The program in a process forked from one that has imported all of it, which saves 2 s of CPU."""

import asyncio
import atexit
import multiprocessing
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess

from intersessional.infra.cli import app

_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.infra.cli.uncollected", "tests.infra.cli.preloaded"])


class ForkedProgram:
    """A process of the program, as asyncio shows the processes that it starts."""

    def __init__(self, process: ForkServerProcess, stdout: asyncio.StreamReader) -> None:
        self._process = process
        self.stdout = stdout

    @property
    def pid(self) -> int:
        """The number of the process."""
        assert self._process.pid is not None
        return self._process.pid

    @property
    def returncode(self) -> int | None:
        """The exit code; None while it runs, minus the number of the signal that killed it."""
        return self._process.exitcode

    def send_signal(self, signal: signal.Signals) -> None:
        """Send a signal to the process, unless it has ended."""
        if self.returncode is None:
            os.kill(self.pid, signal)

    def kill(self) -> None:
        """Kill the process, unless it has ended."""
        self.send_signal(signal.SIGKILL)

    async def wait(self) -> int:
        """The exit code, once it has ended."""
        await asyncio.to_thread(self._process.join)
        assert self.returncode is not None
        return self.returncode


class _OutputProtocol(asyncio.StreamReaderProtocol):
    """Reads a pipe to its end, and then closes it on any event loop."""

    def eof_received(self) -> bool:
        super().eof_received()
        return False


async def fork_program(
    arguments: Sequence[str], environment: Mapping[str, str], stderr: int
) -> ForkedProgram:
    """Start the program; its standard output is read here, and its standard input is empty."""
    return await fork(partial(_run_program, arguments), environment, stderr)


async def fork(
    run: Callable[[], None], environment: Mapping[str, str], stderr: int
) -> ForkedProgram:
    """Call a function of a module in a process that has no threads and no event loop."""
    reading, out = multiprocessing.Pipe(duplex=False)
    err = Connection(os.dup(stderr))
    process = _FORKS.Process(target=_run, args=(run, dict(environment), out, err))
    try:
        await asyncio.to_thread(process.start)
    finally:
        out.close()
        err.close()
    stdout = asyncio.StreamReader()
    with reading:
        pipe = os.fdopen(os.dup(reading.fileno()), "rb", 0)
    loop = asyncio.get_running_loop()
    await loop.connect_read_pipe(lambda: _OutputProtocol(stdout), pipe)
    return ForkedProgram(process, stdout)


def _run(
    run: Callable[[], None], environment: Mapping[str, str], out: Connection, err: Connection
) -> None:
    os.environ.clear()
    os.environ.update(environment)
    with out, err:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out.fileno(), 1)
        os.dup2(err.fileno(), 2)
    try:
        run()
    finally:
        # A forked process runs none of them by itself.
        atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]


def _run_program(arguments: Sequence[str]) -> None:
    sys.argv = ["intersessional", *arguments]
    app(prog_name="intersessional")
