"""What every test can ask for."""

import gc
import os
import shutil
from collections.abc import AsyncGenerator, Generator
from pathlib import Path
from urllib.parse import urlsplit

import asyncpg
import pytest
import pytest_asyncio
from hypothesis import HealthCheck, settings

from intersessional.infra.auth import AUTH_SCRIPTS
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.garbage_collection import THRESHOLDS, no_collection
from intersessional.infra.postgres.connection import connect
from intersessional.infra.postgres.migrations import migrate
from intersessional.infra.read_models.migrations import READ_MODEL_SCRIPTS
from tests.databases import fresh_database, open_to_nodes
from tests.recorded import Recorded, record_all
from tests.timed_loop import _asyncio_loop_factory, pytest_timeout_set_timer  # pyright: ignore[reportPrivateUsage]
from tests.unfinished_tasks import stacks

__all__ = ["_asyncio_loop_factory", "pytest_timeout_set_timer"]

# Time is never asserted, nor how long an example takes to make: the machine may be busy.
settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("untimed")

MEMORY = Path("/dev/shm")
MEMORY_FREE_BYTES_MIN = 4 * 2**30


def pytest_configure() -> None:
    """Put temporary directories in memory where it is ample: PostgreSQL waits for no disk there."""
    if MEMORY.is_dir() and "TMPDIR" not in os.environ:
        free = os.statvfs(MEMORY)
        # Some of the tests start programs there.
        ample = free.f_bavail * free.f_frsize >= MEMORY_FREE_BYTES_MIN
        if ample and not free.f_flag & os.ST_NOEXEC:
            os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Look for no garbage in what is imported and collected: that took a fifth of the CPU."""
    with no_collection():
        return (yield)


def pytest_collection_finish() -> None:
    """Exclude what was imported from garbage collection, which took a fifth of the CPU.

    Nothing is collected before: that would take longer than what it finds is worth. What is made
    later is looked through as seldom as in a server.
    """
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    call: pytest.CallInfo[None],
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Show the waiting tasks of a test that ran out of time: the loop's own stack says nothing."""
    report = yield
    if call.excinfo is not None and "from pytest-timeout" in str(call.excinfo.value):
        report.sections.append(("asyncio tasks", stacks()))
    return report


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def postgres(tmp_path_factory: pytest.TempPathFactory) -> AsyncGenerator[str]:
    """The DSN of a PostgreSQL server, as someone who may create databases and roles."""
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    directory = tmp_path_factory.mktemp("postgres")
    async with embedded_postgres(directory) as dsn:
        await _stop_autovacuum(dsn)
        yield dsn
    shutil.rmtree(directory)


async def _stop_autovacuum(server: str) -> None:
    # It would start a process every few seconds, for databases that last as long as a test.
    connection = await asyncpg.connect(server)
    try:
        await connection.execute("ALTER SYSTEM SET autovacuum = off")
        await connection.execute("SELECT pg_reload_conf()")
    finally:
        await connection.close()


@pytest_asyncio.fixture
async def empty_database_url(postgres: str) -> AsyncGenerator[str]:
    """The DSN of a database of this test's own, without tables."""
    async with fresh_database(postgres) as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def migrated(postgres: str) -> AsyncGenerator[str]:
    """The name of a database with all tables and no events, which is only copied."""
    async with fresh_database(postgres) as dsn:
        await migrate(dsn, parts=(EVENT_STORE_SCRIPTS, READ_MODEL_SCRIPTS, AUTH_SCRIPTS))
        owner = await connect(dsn)
        # Tests set their clocks to any time.
        await owner.execute("UPDATE clock_bound SET ahead = NULL")
        await owner.close()
        await open_to_nodes(dsn)
        yield urlsplit(dsn).path.removeprefix("/")


@pytest_asyncio.fixture
async def database_url(postgres: str, migrated: str) -> AsyncGenerator[str]:
    """The DSN of a database of this test's own, with all tables and no events."""
    async with fresh_database(postgres, migrated) as dsn:
        yield dsn


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def template(postgres: str) -> AsyncGenerator[Recorded]:
    """What the demo records, in a database that is only copied."""
    async with fresh_database(postgres) as url:
        yield await record_all(url)


@pytest_asyncio.fixture
async def recorded(postgres: str, template: Recorded) -> AsyncGenerator[Recorded]:
    """What the demo records, in a database of this test's own."""
    async with template.copied(postgres) as copy:
        yield copy
