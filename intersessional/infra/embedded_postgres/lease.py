"""Leases of the embedded server: it runs while at least one process holds one."""

import asyncio
import logging
from collections.abc import AsyncGenerator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

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

logger = logging.getLogger(__name__)


@asynccontextmanager
async def embedded_postgres(
    directory: Path, progress: Callable[[str], None] = logger.info
) -> AsyncGenerator[str]:
    """Lease the PostgreSQL server of a directory and yield its DSN. Raises EmbeddedPostgresError.

    The first lease creates the data and starts the server, further ones share it, from any process;
    the server stops with the last lease. ``progress`` is called with a message before a long step.
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
        try:
            yield dsn
        finally:
            if await _is_last(lease, supervisor_lock):
                paths.remove_socket_directory()
                if supervisor:
                    supervisor.reap()


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


async def _is_last(lease: FileLock, supervisor_lock: FileLock) -> bool:
    while True:
        if lease.try_exclusive():
            if supervisor_lock.try_exclusive():
                return True
            lease.release()  # The supervisor waits for it.
        elif lease.try_shared():
            return False  # Others hold a lease: a supervisor that stops holds it exclusively.
        await asyncio.sleep(POLL_S)
