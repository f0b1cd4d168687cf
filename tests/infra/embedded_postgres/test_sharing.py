"""Several processes use one data directory."""

import asyncio
import signal
from pathlib import Path

import asyncpg

from intersessional.infra.embedded_postgres import embedded_postgres
from tests.infra.embedded_postgres.owner import Owner, ended, server_of


async def test_owners_who_start_at_once_share_one_server(tmp_path: Path) -> None:
    owners = await asyncio.gather(*(Owner.start(tmp_path) for _ in range(3)))

    assert {owner.word for owner in owners} == {owners[0].word}
    assert owners[0].word.startswith("postgresql://")
    server = server_of(tmp_path)
    for owner in owners:
        assert server.is_running()
        await owner.end()
    await ended(server)


async def test_the_server_outlives_the_killed_owner_who_started_it_for_another(
    tmp_path: Path,
) -> None:
    first = await Owner.start(tmp_path)
    server = server_of(tmp_path)
    async with embedded_postgres(tmp_path) as dsn:
        connection = await asyncpg.connect(dsn)

        await first.end(signal.SIGKILL)

        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()
    assert not server.is_running()


async def test_one_process_can_lease_it_twice(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path) as first:
        async with embedded_postgres(tmp_path) as second:
            assert first == second

        connection = await asyncpg.connect(first)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_a_symbolic_link_leads_to_the_same_server(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to("real")

    async with (
        embedded_postgres(tmp_path / "real") as first,
        embedded_postgres(tmp_path / "link") as second,
    ):
        assert first == second


async def test_owners_who_come_and_go_never_meet_a_stopping_server(tmp_path: Path) -> None:
    async def come_and_go() -> None:
        for _ in range(5):
            async with embedded_postgres(tmp_path) as dsn:
                connection = await asyncpg.connect(dsn)
                await connection.fetchval("SELECT 1")
                await connection.close()

    await asyncio.gather(*(come_and_go() for _ in range(3)))
