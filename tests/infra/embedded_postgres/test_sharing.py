"""All leases of a directory share one server."""

import asyncio
import signal
from pathlib import Path

import asyncpg

from intersessional.infra.embedded_postgres.lease import embedded_postgres
from tests.infra.embedded_postgres.lease_holder import LeaseHolder, server_process, wait_for_end


async def test_leases_taken_at_once_share_one_server(tmp_path: Path) -> None:
    owners = await asyncio.gather(*(LeaseHolder.start(tmp_path) for _ in range(3)))

    assert {owner.first_line for owner in owners} == {owners[0].first_line}
    assert owners[0].first_line.startswith("postgresql://")
    server = server_process(tmp_path)
    for owner in owners:
        assert server.is_running()
        await owner.end()
    await wait_for_end(server)


async def test_server_outlives_the_killed_lease_holder_that_started_it(
    directory: Path,
) -> None:
    first = await LeaseHolder.start(directory)
    server = server_process(directory)
    async with embedded_postgres(directory) as dsn:
        connection = await asyncpg.connect(dsn)

        await first.end(signal.SIGKILL)

        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()
    assert not server.is_running()


async def test_process_can_hold_two_leases(directory: Path) -> None:
    async with embedded_postgres(directory) as first:
        async with embedded_postgres(directory) as second:
            assert first == second

        connection = await asyncpg.connect(first)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_symbolic_link_leads_to_the_same_server(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    async with (
        embedded_postgres(tmp_path / "real") as first,
        embedded_postgres(tmp_path / "link") as second,
    ):
        assert first == second


async def test_lease_never_gives_a_stopping_server(directory: Path) -> None:
    async def come_and_go() -> None:
        for _ in range(5):
            async with embedded_postgres(directory) as dsn:
                connection = await asyncpg.connect(dsn)
                await connection.fetchval("SELECT 1")
                await connection.close()

    await asyncio.gather(*(come_and_go() for _ in range(3)))
