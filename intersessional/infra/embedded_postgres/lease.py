"""Leases of the embedded server: it runs while at least one process holds one."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path

from intersessional.concurrency.backoff import Backoff
from intersessional.concurrency.supervised import supervised
from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError, tail
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo
from intersessional.infra.embedded_postgres.supervisor_process import SupervisorProcess

POLL_S = 0.01
START_TIMEOUT_S = 600
"""A server that crashed first replays its WAL, which may take minutes."""
FAILURES_MAX = 3
"""The number of supervisors that may end without a message."""
SUPERVISOR_POLL_S = 1.0
"""The time after which a supervisor that was killed is replaced."""
RESTART_MIN_S = 0.5
RESTART_MAX_S = 60.0

logger = logging.getLogger(__name__)


@asynccontextmanager
async def embedded_postgres(
    directory: Path, progress: Callable[[str], None] = logger.info
) -> AsyncGenerator[str]:
    """Lease the PostgreSQL server of a directory and yield its DSN. Raises EmbeddedPostgresError.

    The first lease creates the data and starts the server, further ones share it, from any process;
    the server stops with the last lease. ``progress`` is called with a message before a long step.
    A supervisor that ends while there are leases is replaced.
    """
    paths = DataPaths.from_directory(directory)
    paths.prepare()
    with FileLock(paths.lease_lock) as lease, FileLock(paths.supervisor_lock) as supervisor_lock:
        try:
            async with asyncio.timeout(START_TIMEOUT_S):
                while not lease.try_shared():  # noqa: ASYNC110  A file lock has no event.
                    await asyncio.sleep(POLL_S)
                dsn, supervisor = await _dsn(paths, supervisor_lock, progress)
        except TimeoutError:
            info = SupervisorInfo.read(supervisor_lock)
            raise EmbeddedPostgresError(
                f"The server of {directory} does not answer; process {info and info.pid} runs"
                f" it, and {paths.log} may say more."
            ) from None
        supervisors = [supervisor] if supervisor else []
        replace = partial(_replace_supervisors, paths, supervisor_lock, supervisors)
        replacing = asyncio.create_task(supervised("the start of a supervisor", replace))
        try:
            yield dsn
        finally:
            replacing.cancel()
            await asyncio.wait([replacing])
            if await _is_last(lease, supervisor_lock):
                paths.remove_socket_directory()
                for one in supervisors:
                    one.reap()


async def _dsn(
    paths: DataPaths, supervisor_lock: FileLock, progress: Callable[[str], None]
) -> tuple[str, SupervisorProcess | None]:
    supervisor: SupervisorProcess | None = None
    failures = 0
    while True:
        if not supervisor_lock.try_exclusive():
            info = SupervisorInfo.read(supervisor_lock)
            if info and (dsn := info.dsn()):
                return dsn, supervisor
            await asyncio.sleep(POLL_S)
            continue
        # There is no supervisor; what a killed one wrote is no longer true.
        supervisor_lock.write("")
        supervisor_lock.release()
        if failures == FAILURES_MAX:
            raise EmbeddedPostgresError(f"The supervisor of PostgreSQL fails:{tail(paths.log)}")
        process = SupervisorProcess.start(paths)
        if await process.wait_until_ready(progress):
            supervisor = process
        else:
            failures += 1


async def _replace_supervisors(
    paths: DataPaths, supervisor_lock: FileLock, supervisors: list[SupervisorProcess]
) -> None:
    """Start another supervisor whenever one has ended, more and more slowly if that fails."""
    backoff = Backoff(RESTART_MIN_S, RESTART_MAX_S)
    while True:
        await asyncio.sleep(SUPERVISOR_POLL_S)
        if not supervisor_lock.try_exclusive():
            continue
        supervisor_lock.write("")
        supervisor_lock.release()
        logger.warning("the supervisor of PostgreSQL has ended; another one is started")
        process = SupervisorProcess.start(paths)
        try:
            if await process.wait_until_ready(logger.info):
                supervisors.append(process)
                backoff.reset()
        except EmbeddedPostgresError as error:
            logger.warning("the supervisor of PostgreSQL does not start: %s", error)
        await backoff.wait()


async def _is_last(lease: FileLock, supervisor_lock: FileLock) -> bool:
    while True:
        if lease.try_exclusive():
            if supervisor_lock.try_exclusive():
                return True
            lease.release()  # The supervisor waits for it.
        elif lease.try_shared():
            return False  # Others hold a lease: a supervisor that stops holds it exclusively.
        await asyncio.sleep(POLL_S)
