"""Several nodes on one machine: worker processes that share one listening socket.

Each worker is a complete node; the kernel gives a connection to the first one that accepts it. It
has a socket to its parent: it writes to it once it accepts requests, and stops when the parent has
closed it, so that no worker survives its parent, even one that was killed. uvicorn's
``Multiprocess`` pings its workers, but they outlive a parent that is killed.
"""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.tasks import Tasks
from intersessional.errors import OperatorError
from intersessional.infra.http.server.fork_server import ForkServer

logger = logging.getLogger(__name__)

READY = b"ready\n"
"""What a worker writes when it accepts requests."""
STOP_S = 15.0
"""The time limit for a worker to stop before it is killed."""
_RESTART_MIN_S = 0.5
_RESTART_MAX_S = 30.0


class WorkerError(OperatorError):
    """A worker exited before it accepted requests; its output says why."""


@dataclass(frozen=True, kw_only=True)
class Workers:
    """Runs ``count`` workers, and restarts one that exits."""

    count: int
    fork_server: ForkServer
    end: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it to stop all workers."""

    async def serve(self, ready: Callable[[], None]) -> None:
        """Serve until ``end`` is set; ``ready`` is called when every worker accepts requests.

        Raises WorkerError when one exits before that. No worker is left running.
        """
        try:
            await self._serve(ready)
        except ExceptionGroup as group:
            refused, others = group.split(WorkerError)
            if refused is None or others is not None:
                raise
            raise refused.exceptions[0] from None

    async def _serve(self, ready: Callable[[], None]) -> None:
        async with Tasks() as tasks:
            ready_events = [asyncio.Event() for _ in range(self.count)]
            supervisors = [
                tasks.create_task(self._supervise(number, is_ready), name=f"worker {number}")
                for number, is_ready in enumerate(ready_events, 1)
            ]
            ended = tasks.create_task(self.end.wait())
            started = tasks.create_task(_wait_for_all(ready_events))
            await asyncio.wait((ended, started), return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                ready()
            await ended
            started.cancel()
            for task in supervisors:
                task.cancel()

    async def _supervise(self, number: int, is_ready: asyncio.Event) -> None:
        backoff, loop = Backoff(_RESTART_MIN_S, _RESTART_MAX_S), asyncio.get_running_loop()
        while True:
            started_at = loop.time()
            code = await self._run(number, is_ready)
            if not is_ready.is_set():
                raise WorkerError(f"Worker {number} ended with {code} before it answered.")
            if loop.time() - started_at > _RESTART_MAX_S:
                backoff.reset()
            pause_s = backoff.next_s()
            logger.error("worker %d exited with %d; restart in %.1f s", number, code, pause_s)
            await asyncio.sleep(pause_s)

    async def _run(self, number: int, is_ready: asyncio.Event) -> int:
        """Run a worker until it exits; return its exit code."""
        try:
            socket = self.fork_server.fork(number)
        except OSError as error:
            raise WorkerError("The process that forks the workers has ended.") from error
        worker = _Worker(*await asyncio.open_connection(sock=socket), is_ready)
        try:
            return await worker.wait()
        finally:
            await worker.stop()


class _Worker:
    """A worker, by what it and the fork server write into its socket."""

    def __init__(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, is_ready: asyncio.Event
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._is_ready = is_ready
        self._pid: int | None = None
        self._code: int | None = None

    async def wait(self) -> int:
        """Its exit code once it has ended, or minus the number of the signal that killed it."""
        while self._code is None:
            match (await self._reader.readline()).split():
                case [b"started", pid]:
                    self._pid = int(pid)
                case [b"ready"]:
                    self._is_ready.set()
                case [b"ended", code]:
                    self._code = int(code)
                case _:
                    # The fork server was killed before, so that nobody knows the code.
                    self._code = -signal.SIGKILL
        return self._code

    async def stop(self) -> None:
        """Stop it, unless it has ended."""
        self._writer.write_eof()
        try:
            async with asyncio.timeout(STOP_S):
                await self.wait()
        except TimeoutError:
            logger.error("a worker did not stop within %.0f s and is killed", STOP_S)
            if self._pid is not None:
                os.kill(self._pid, signal.SIGKILL)
                await self.wait()
        self._writer.close()


async def _wait_for_all(events: Sequence[asyncio.Event]) -> None:
    for event in events:
        await event.wait()
