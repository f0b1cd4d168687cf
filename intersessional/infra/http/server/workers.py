"""Several nodes on one machine: worker processes that share one listening socket.

Each worker is a complete node; the kernel gives a connection to the first one that accepts it. A
socket pair is the worker's standard input: the worker writes to it once it accepts requests, and
stops when it is closed, so that no worker survives its parent, even one that was killed. uvicorn's
``Multiprocess`` pings its workers, but they outlive a parent that is killed.
"""

import asyncio
import logging
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.tasks import Tasks
from intersessional.errors import OperatorError

logger = logging.getLogger(__name__)

WORKER = (sys.executable, "-P", "-m", "intersessional.infra.cli", "worker")
READY = b"ready"
"""The bytes that a worker writes when it accepts requests."""
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
    listener: socket.socket
    environment: Mapping[str, str]
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
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                process = await self._start(number, theirs)
            try:
                ours.setblocking(False)
                if await asyncio.get_running_loop().sock_recv(ours, len(READY)):
                    is_ready.set()
                return await process.wait()
            finally:
                await _stop(process)

    async def _start(self, number: int, worker_end: socket.socket) -> Process:
        descriptor = self.listener.fileno()
        return await asyncio.create_subprocess_exec(
            *WORKER,
            str(descriptor),
            str(number),
            stdin=worker_end.fileno(),
            env=dict(self.environment),
            pass_fds=(descriptor,),
            # A terminal's Ctrl-C must reach the parent only, which stops each worker once.
            start_new_session=True,
        )


async def _stop(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOP_S):
            await process.wait()
    except TimeoutError:
        logger.error("a worker did not stop within %.0f s and is killed", STOP_S)
        process.kill()
        await process.wait()


async def _wait_for_all(events: Sequence[asyncio.Event]) -> None:
    for event in events:
        await event.wait()
