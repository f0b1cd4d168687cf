"""However its owner, its keeper or the server itself ends, the next start works."""

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

from intersessional.infra.embedded_postgres import embedded_postgres
from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.privileges import become
from tests.infra.embedded_postgres.owner import Owner, ended, keeper_of, server_of, until
from tests.processes import words


async def write(dsn: str) -> None:
    connection = await asyncpg.connect(dsn)
    await connection.execute("CREATE TABLE IF NOT EXISTS kept (it int)")
    await connection.execute("INSERT INTO kept VALUES (1)")
    await connection.close()


async def count(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    kept: int = await connection.fetchval("SELECT count(*) FROM kept")
    await connection.close()
    return kept


@pytest.mark.parametrize("by", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
async def test_a_killed_owner_leaves_no_server_and_no_keeper_behind(
    tmp_path: Path, by: signal.Signals
) -> None:
    owner = await Owner.start(tmp_path)
    server, keeper = server_of(tmp_path), keeper_of(tmp_path)
    await write(owner.word)

    await owner.end(by)

    await ended(server)
    await ended(keeper)
    assert "database system is shut down" in (tmp_path / "postgres" / "postgres.log").read_text()
    async with embedded_postgres(tmp_path) as dsn:
        assert await count(dsn) == 1


async def test_the_next_start_need_not_wait_until_the_last_server_has_stopped(
    tmp_path: Path,
) -> None:
    for already in range(3):
        owner = await Owner.start(tmp_path)
        await write(owner.word)
        assert await count(owner.word) == already + 1

        await owner.end(signal.SIGKILL)


async def test_an_owner_killed_before_the_server_answers_leaves_nothing_behind(
    tmp_path: Path,
) -> None:
    starting = asyncio.create_task(Owner.start(tmp_path))
    await until((tmp_path / "postgres" / "data.unfinished").exists)
    (holder,) = [child for child in psutil.Process().children() if str(tmp_path) in words(child)]

    holder.kill()

    assert (await starting).word == ""
    async with embedded_postgres(tmp_path) as dsn:
        await write(dsn)


async def test_a_killed_keeper_takes_the_server_with_it(tmp_path: Path) -> None:
    owner = await Owner.start(tmp_path)
    server = server_of(tmp_path)
    await write(owner.word)

    keeper_of(tmp_path).kill()

    await ended(server)
    async with embedded_postgres(tmp_path) as dsn:
        assert await count(dsn) == 1
    await owner.end()


async def test_a_killed_server_comes_back_to_its_owner_with_all_that_was_committed(
    tmp_path: Path,
) -> None:
    async with embedded_postgres(tmp_path) as dsn:
        await write(dsn)
        server = server_of(tmp_path)

        server.kill()

        await ended(server)
        async with asyncio.timeout(30):
            while True:
                try:
                    assert await count(dsn) == 1
                    break
                except (OSError, asyncpg.PostgresError):
                    await asyncio.sleep(0.01)
        assert server_of(tmp_path) != server


async def test_a_server_that_takes_a_connection_and_says_nothing_is_not_given_out(
    tmp_path: Path,
) -> None:
    owner = await Owner.start(tmp_path)
    server, keeper = server_of(tmp_path), keeper_of(tmp_path)
    await write(owner.word)
    # As it is for an instant when both have been killed: the system still connects.
    fallen = (*server.children(), server, keeper)
    keeper.suspend()
    server.suspend()

    def fall() -> None:
        for process in fallen:
            with suppress(psutil.NoSuchProcess):
                process.kill()
        owner.process.kill()

    asyncio.get_running_loop().call_later(0.2, fall)
    async with asyncio.timeout(60):
        async with embedded_postgres(tmp_path) as dsn:
            assert await count(dsn) == 1
        await owner.process.wait()


async def test_everything_killed_at_once_is_recovered_by_the_next_start(tmp_path: Path) -> None:
    owner = await Owner.start(tmp_path)
    server, keeper = server_of(tmp_path), keeper_of(tmp_path)
    await write(owner.word)

    children = server.children()
    # Who watches over another must not see it fall before falling too.
    keeper.suspend()
    server.suspend()
    for process in (*children, server, keeper):
        with suppress(psutil.NoSuchProcess):
            process.kill()
    await owner.end(signal.SIGKILL)

    async with embedded_postgres(tmp_path) as dsn:
        assert await count(dsn) == 1
    assert "automatic recovery in progress" in (tmp_path / "postgres/postgres.log").read_text()


async def test_a_server_without_a_keeper_is_taken_over(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path) as dsn:
        await write(dsn)
    data = tmp_path / "postgres" / "data"
    options = ("--listen_addresses=", f"--unix_socket_directories={data}")
    orphan = await asyncio.create_subprocess_exec(
        *(binary("postgres"), "-D", data, *options),
        preexec_fn=partial(become, data.stat().st_uid) if os.geteuid() == 0 else None,
        stderr=DEVNULL,
    )
    await until((data / ".s.PGSQL.5432").exists)

    async with embedded_postgres(tmp_path) as dsn:
        assert await orphan.wait() == 0
        assert await count(dsn) == 1
