"""The right to use the server of a data directory, and the server's life with it."""

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

STEP_SECONDS = 0.01
START_SECONDS_MAX = 600
"""A server that crashed replays its log first, and a long log takes minutes."""
FAILURES_MAX = 3
"""How many keepers may end without a word before we give up."""

_log = logging.getLogger(__name__)


@asynccontextmanager
async def embedded_postgres(
    directory: Path, progress: Callable[[str], None] = _log.info
) -> AsyncGenerator[str]:
    """Lease the PostgreSQL server of this directory; gives its DSN, raises EmbeddedPostgresError.

    The first lease makes the data and starts the server, further ones share it, from any process;
    the server stops with the last, when its holder leaves or dies. `progress` hears of long steps.
    """
    layout = DataPaths.of(directory)
    layout.prepare()
    with FileLock(layout.lease_lock) as lease, FileLock(layout.keeper_lock) as keeper:
        try:
            async with asyncio.timeout(START_SECONDS_MAX):
                while not lease.try_shared():  # noqa: ASYNC110  A file lock rings no bell.
                    await asyncio.sleep(STEP_SECONDS)
                dsn, started = await _dsn(layout, keeper, progress)
        except TimeoutError:
            word = SupervisorInfo.in_lock(keeper)
            raise EmbeddedPostgresError(
                f"The server of {directory} does not answer; process {word and word.keeper} keeps"
                f" it, and {layout.log} may say more."
            ) from None
        try:
            yield dsn
        finally:
            if await _was_the_last(lease, keeper):
                layout.leave_socket_directory()
                if started:
                    started.bury()


async def _dsn(
    layout: DataPaths, keeper: FileLock, progress: Callable[[str], None]
) -> tuple[str, SupervisorProcess | None]:
    started: SupervisorProcess | None = None
    failures = 0
    while True:
        if not keeper.try_exclusive():
            word = SupervisorInfo.in_lock(keeper)
            if word and (dsn := word.dsn()):
                return dsn, started
            await asyncio.sleep(STEP_SECONDS)
            continue
        # Nobody keeps the server. The word of one that was killed must not mislead.
        keeper.write("")
        keeper.release()
        if failures == FAILURES_MAX:
            raise EmbeddedPostgresError(f"The keeper of PostgreSQL fails:{tail(layout.log)}")
        process = SupervisorProcess.start(layout)
        if await process.is_ready(progress):
            started = process
        else:
            failures += 1


async def _was_the_last(lease: FileLock, keeper: FileLock) -> bool:
    while True:
        if lease.try_exclusive():
            if keeper.try_exclusive():
                return True
            lease.release()  # The keeper waits for it.
        elif lease.try_shared():
            return False  # Others share it still. A keeper that stops the server would not share.
        await asyncio.sleep(STEP_SECONDS)
