"""Starting the embedded server."""

import os
from pathlib import Path

import asyncpg
import pytest

from intersessional.infra.embedded_postgres.errors import EmbeddedPostgresError
from intersessional.infra.embedded_postgres.file_lock import FileLock
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from intersessional.infra.embedded_postgres.paths import DataPaths
from intersessional.infra.embedded_postgres.supervisor_info import SupervisorInfo
from tests.infra.embedded_postgres.lease_holder import server_process


async def test_empty_directory_becomes_a_server_and_progress_is_reported(
    tmp_path: Path,
) -> None:
    messages = list[str]()

    async with embedded_postgres(tmp_path / "not" / "there yet", messages.append) as dsn:
        connection = await asyncpg.connect(dsn)
        version = await connection.fetchval("SHOW server_version")
        await connection.close()

    assert version.startswith("18.")
    assert messages == ["Making an empty database; this happens once."]


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("fsync", "on"),
        ("full_page_writes", "on"),
        ("synchronous_commit", "on"),
        ("data_checksums", "on"),
        ("listen_addresses", ""),
        ("server_encoding", "UTF8"),
        ("TimeZone", "UTC"),
    ],
)
async def test_server_is_durable_and_listens_on_its_socket_only(
    postgres: str, setting: str, value: str
) -> None:
    connection = await asyncpg.connect(postgres)

    assert await connection.fetchval("SELECT current_setting($1)", setting) == value
    await connection.close()


async def test_second_start_finds_the_data_of_the_first(tmp_path: Path) -> None:
    messages = list[str]()
    async with embedded_postgres(tmp_path) as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE TABLE kept (it int); INSERT INTO kept VALUES (7)")
        await connection.close()

    async with embedded_postgres(tmp_path, messages.append) as dsn:
        connection = await asyncpg.connect(dsn)
        number = await connection.fetchval("SELECT it FROM kept")
        await connection.close()

    assert number == 7
    assert messages == []


@pytest.mark.parametrize("name", ["with some spaces", "a,comma", "quote'\"s %20 $HOME", "é" * 60])
async def test_directory_may_have_any_name(tmp_path: Path, name: str) -> None:
    async with embedded_postgres(tmp_path / name) as dsn:
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SELECT 1") == 1
        await connection.close()


async def test_long_path_gets_a_short_private_socket_directory(
    tmp_path: Path,
) -> None:
    directory = tmp_path / ("deep" * 20) / ("er" * 40)

    async with embedded_postgres(directory):
        socket_directory = DataPaths.from_directory(directory).socket
        assert socket_directory.stat().st_mode & 0o777 == 0o700

    assert not socket_directory.exists()


async def test_socket_is_reached_by_its_owner_only(directory: Path) -> None:
    async with embedded_postgres(directory):
        home = directory / "postgres"

        assert home.stat().st_mode & 0o777 == 0o700
        socket = DataPaths.from_directory(directory).socket / ".s.PGSQL.5432"
        assert socket.is_socket()
        assert socket.stat().st_mode & 0o777 == 0o700


async def test_data_of_another_major_version_is_refused_and_not_changed(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    data.parent.chmod(0o700)
    (data / "PG_VERSION").write_text("16\n")

    with pytest.raises(EmbeddedPostgresError, match="PostgreSQL 16's and this is PostgreSQL 18"):
        async with embedded_postgres(tmp_path):
            pass

    assert [file.name for file in data.iterdir()] == ["PG_VERSION"]


async def test_server_that_cannot_start_shows_the_end_of_its_log(directory: Path) -> None:
    async with embedded_postgres(directory):
        pass
    (directory / "postgres" / "data" / "postgresql.conf").write_text("nonsense = yes\n")

    with pytest.raises(
        EmbeddedPostgresError, match='unrecognized configuration parameter "nonsense"'
    ):
        async with embedded_postgres(directory):
            pass


async def test_interrupted_first_start_is_repeated(tmp_path: Path) -> None:
    half = tmp_path / "postgres" / "data.unfinished"
    half.mkdir(parents=True)
    half.parent.chmod(0o700)
    (half / "PG_VERSION").write_text("18\n")

    async with embedded_postgres(tmp_path) as dsn:
        assert dsn

    assert not half.exists()


async def test_directory_that_cannot_be_written_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")

    with pytest.raises(
        EmbeddedPostgresError, match=r"The data directory .* cannot be used: File exists"
    ):
        async with embedded_postgres(tmp_path / "file"):
            pass


async def test_directory_that_others_can_enter_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres").chmod(0o755)

    with pytest.raises(EmbeddedPostgresError, match="only its owner can enter"):
        async with embedded_postgres(tmp_path):
            pass


async def test_pid_file_of_an_ended_server_does_not_block_the_start(
    directory: Path,
) -> None:
    async with embedded_postgres(directory):
        note = (directory / "postgres" / "data" / "postmaster.pid").read_text()
    stale = "\n".join([str(os.getpid()), *note.splitlines()[1:]])
    (directory / "postgres" / "data" / "postmaster.pid").write_text(stale)
    with FileLock(DataPaths.from_directory(directory).supervisor_lock) as lock:
        SupervisorInfo(pid=os.getpid(), socket_directory=directory / "long-gone").write(lock)

    async with embedded_postgres(directory) as dsn:
        assert "long-gone" not in dsn
        assert server_process(directory).is_running()
