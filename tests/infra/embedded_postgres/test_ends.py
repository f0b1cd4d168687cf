"""The next start works after any end of a lease holder, the supervisor or the server."""

import asyncio
import os
import signal
from asyncio.subprocess import DEVNULL
from contextlib import suppress
from functools import partial
from pathlib import Path

import asyncpg
import psutil
import pytest

from intersessional.infra.embedded_postgres import lease
from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from tests.infra.embedded_postgres.lease_holder import (
    LeaseHolder,
    server_process,
    supervisor_of,
    wait_for_end,
    wait_until,
)
from tests.infra.embedded_postgres.ordinary_user import become
from tests.processes import words


async def write(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (it int)")
    await connection.execute("INSERT INTO kept VALUES (1)")
    await connection.close()


async def count(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    count: int = await connection.fetchval("SELECT count(*) FROM kept")
    await connection.close()
    return count


async def wait_until_counted(dsn: str) -> None:
    """Wait until the server answers, with the one row that was written."""
    async with asyncio.timeout(30):
        while True:
            try:
                assert await count(dsn) == 1
                return
            except (OSError, asyncpg.PostgresError):
                await asyncio.sleep(0.01)


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
async def test_killed_lease_holder_leaves_no_server_and_no_supervisor(
    directory: Path, by: signal.Signals
) -> None:
    owner = await LeaseHolder.start(directory)
    server, supervisor = server_process(directory), supervisor_of(directory)
    await write(owner.first_line)

    await owner.end(by)

    await wait_for_end(server)
    await wait_for_end(supervisor)
    assert "database system is shut down" in (directory / "postgres" / "postgres.log").read_text()
    async with embedded_postgres(directory) as dsn:
        assert await count(dsn) == 1


async def test_start_right_after_the_last_lease_ends_succeeds(
    directory: Path,
) -> None:
    for already in range(3):
        owner = await LeaseHolder.start(directory)
        await write(owner.first_line)
        assert await count(owner.first_line) == already + 1

        await owner.end(signal.SIGKILL)


async def test_lease_holder_killed_before_the_server_is_ready_leaves_nothing(
    tmp_path: Path,
) -> None:
    starting = asyncio.create_task(LeaseHolder.start(tmp_path, stops=True))
    await wait_until((tmp_path / "postgres" / "data.unfinished").exists)
    (holder,) = [child for child in psutil.Process().children() if str(tmp_path) in words(child)]
    await wait_until(lambda: holder.status() == psutil.STATUS_STOPPED)

    holder.kill()

    assert (await starting).first_line == ""
    async with embedded_postgres(tmp_path) as dsn:
        await write(dsn)


async def test_server_of_a_killed_supervisor_stops(directory: Path) -> None:
    owner = await LeaseHolder.start(directory)
    server = server_process(directory)
    await write(owner.first_line)

    supervisor_of(directory).kill()

    await wait_for_end(server)
    async with embedded_postgres(directory) as dsn:
        assert await count(dsn) == 1
    await owner.end()


async def test_server_that_accepts_but_does_not_answer_is_not_given_out(
    directory: Path,
) -> None:
    owner = await LeaseHolder.start(directory)
    server, supervisor = server_process(directory), supervisor_of(directory)
    await write(owner.first_line)
    # As it is for an instant when both have been killed: the system still connects.
    fallen = (*server.children(), server, supervisor)
    supervisor.suspend()
    server.suspend()

    def fall() -> None:
        for process in fallen:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        owner.process.kill()

    asyncio.get_running_loop().call_later(0.2, fall)
    async with asyncio.timeout(60):
        async with embedded_postgres(directory) as dsn:
            assert await count(dsn) == 1
        await owner.process.communicate()


async def test_start_recovers_after_all_processes_were_killed_at_once(directory: Path) -> None:
    owner = await LeaseHolder.start(directory)
    server, supervisor = server_process(directory), supervisor_of(directory)
    await write(owner.first_line)

    children = server.children()
    # The supervisor must not see the server's end before its own.
    supervisor.suspend()
    server.suspend()
    for process in (*children, server, supervisor):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    await owner.end(signal.SIGKILL)

    async with embedded_postgres(directory) as dsn:
        assert await count(dsn) == 1
    assert "automatic recovery in progress" in (directory / "postgres/postgres.log").read_text()


async def test_server_without_a_supervisor_is_replaced(directory: Path) -> None:
    async with embedded_postgres(directory) as dsn:
        await write(dsn)
    data = directory / "postgres" / "data"
    options = ("--listen_addresses=", f"--unix_socket_directories={data}")
    orphan = await asyncio.create_subprocess_exec(
        *(binary("postgres"), "-D", data, *options),
        preexec_fn=partial(become, data.stat().st_uid) if os.geteuid() == 0 else None,
        stderr=DEVNULL,
    )
    await wait_until((data / ".s.PGSQL.5432").exists)

    async with embedded_postgres(directory) as dsn:
        assert await orphan.wait() == 0
        assert await count(dsn) == 1


async def test_server_that_crashes_again_and_again_restarts_with_all_committed_data(
    directory: Path,
) -> None:
    async with embedded_postgres(directory) as dsn:
        await write(dsn)
        for _ in range(5):
            server = server_process(directory)
            server.kill()
            await wait_for_end(server)
            await wait_until_counted(dsn)


async def test_killed_supervisor_is_replaced_while_there_is_a_lease(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "SUPERVISOR_POLL_S", 0.02)
    async with embedded_postgres(directory) as dsn:
        await write(dsn)
        server, supervisor = server_process(directory), supervisor_of(directory)

        supervisor.kill()

        await wait_for_end(server)
        await wait_until_counted(dsn)
        replaced = supervisor_of(directory)
        assert replaced != supervisor
    assert not replaced.is_running()
