"""Several nodes on one machine: processes that share one listening socket.

Each is a node like any other, and knows nothing of the others. The kernel hands a connection to
whichever of them takes it first. Parent and worker share a line, which is the worker's standard
input: on it the worker says once that it answers, and hears of the parent's end.
"""

import asyncio
import logging
import socket
import sys
from asyncio.subprocess import Process
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from intersessional.concurrency.tasks import Tasks
from intersessional.errors import OperatorError

logger = logging.getLogger(__name__)

WORKER = (sys.executable, "-P", "-m", "intersessional.infra.cli", "worker")
READY = b"ready"
"""What a worker says on its line when it answers."""
END_S = 15.0
"""How long a worker may take to end before it is killed."""
_PAUSE_MIN_S = 0.5
_PAUSE_MAX_S = 30.0


class WorkerError(OperatorError):
    """A worker ended before it answered; what it said tells why."""


@dataclass(frozen=True, kw_only=True)
class Workers:
    """Starts so many workers, and another one wherever one ends by itself."""

    count: int
    listener: socket.socket
    environment: Mapping[str, str]
    end: asyncio.Event = field(default_factory=asyncio.Event)
    """Set it, and all of them are told to end."""

    async def serve(self, ready: Callable[[], None]) -> None:
        """Serve until told to end; calls `ready` once, when every worker answers.

        Raises WorkerError when one of them never does. Whatever happens, none is left behind.
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
            answering = [asyncio.Event() for _ in range(self.count)]
            keeping = [
                tasks.create_task(self._keep(number, answers), name=f"worker {number}")
                for number, answers in enumerate(answering, 1)
            ]
            ended = tasks.create_task(self.end.wait())
            started = tasks.create_task(_all(answering))
            await asyncio.wait((ended, started), return_when=asyncio.FIRST_COMPLETED)
            if not ended.done():
                ready()
            await ended
            started.cancel()
            for task in keeping:
                task.cancel()

    async def _keep(self, number: int, answers: asyncio.Event) -> None:
        pause, loop = _PAUSE_MIN_S, asyncio.get_running_loop()
        while True:
            began = loop.time()
            code = await self._run(answers)
            if not answers.is_set():
                raise WorkerError(f"Worker {number} ended with {code} before it answered.")
            if loop.time() - began > _PAUSE_MAX_S:
                pause = _PAUSE_MIN_S
            logger.error(
                "worker %d ended with %d; another one begins in %.1f s", number, code, pause
            )
            await asyncio.sleep(pause)
            pause = min(2 * pause, _PAUSE_MAX_S)

    async def _run(self, answers: asyncio.Event) -> int:
        """Run a worker until it ends; answers its exit code."""
        ours, theirs = socket.socketpair()
        with ours:
            with theirs:
                process = await self._start(theirs)
            try:
                ours.setblocking(False)
                if await asyncio.get_running_loop().sock_recv(ours, len(READY)):
                    answers.set()
                return await process.wait()
            finally:
                await _end(process)

    async def _start(self, line: socket.socket) -> Process:
        descriptor = self.listener.fileno()
        return await asyncio.create_subprocess_exec(
            *WORKER,
            str(descriptor),
            stdin=line.fileno(),
            env=dict(self.environment),
            pass_fds=(descriptor,),
            # A terminal's Ctrl-C is for the parent, which tells each worker once.
            start_new_session=True,
        )


async def _end(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(END_S):
            await process.wait()
    except TimeoutError:
        logger.error("a worker did not end within %.0f s and is killed", END_S)
        process.kill()
        await process.wait()


async def _all(events: Sequence[asyncio.Event]) -> None:
    for event in events:
        await event.wait()
