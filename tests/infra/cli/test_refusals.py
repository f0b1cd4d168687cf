"""An error at the start is one line, without a traceback."""

import asyncio
import socket
from pathlib import Path

import asyncpg
import pytest

from intersessional.infra.event_store.migrations import EVENT_STORE_SCRIPTS
from intersessional.infra.postgres.migrations import migrate
from tests.infra.cli.program import FinishedCommand, invoke, run


def error_line(ended: FinishedCommand) -> str:
    assert ended.out == ""
    assert "Traceback" not in ended.err
    assert len(ended.err.splitlines()) == 1
    return ended.err


async def test_invalid_setting_is_named() -> None:
    ended = await run("serve", PORT="eighty")

    assert ended.code == 2
    assert error_line(ended) == "PORT must be a whole number from 0 to 65535.\n"


def test_port_in_use_is_reported_with_the_setting(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        ended = invoke("serve", PORT=str(port), INTERSESSIONAL_DATA=str(tmp_path / "data"))

    assert ended.code == 1
    assert f"port {port} of 127.0.0.1: Address already in use" in error_line(ended)
    assert "PORT" in ended.err
    assert not (tmp_path / "data").exists()


def test_foreign_address_is_reported() -> None:
    ended = invoke("serve", PORT="0", INTERSESSIONAL_HOST="192.0.2.1")

    assert ended.code == 1
    assert "INTERSESSIONAL_HOST" in error_line(ended)


def test_unreachable_database_is_reported() -> None:
    ended = invoke("serve", PORT="0", DATABASE_URL="postgresql://me:hush@127.0.0.1:1/record")

    assert ended.code == 1
    assert "The server of DATABASE_URL cannot be used" in error_line(ended)


def test_tables_of_another_version_are_refused(empty_database_url: str) -> None:
    asyncio.run(make_tables_of_another_version(empty_database_url))

    ended = invoke("serve", PORT="0", DATABASE_URL=empty_database_url)

    assert ended.code == 1
    assert "holds other record tables than this version knows" in error_line(ended)


def test_data_of_another_postgresql_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "postgres" / "data"
    data.mkdir(parents=True)
    data.parent.chmod(0o700)
    (data / "PG_VERSION").write_text("9\n")

    ended = invoke("serve", PORT="0", INTERSESSIONAL_DATA=str(tmp_path))

    assert ended.code == 1
    assert "is PostgreSQL 9's" in error_line(ended)


@pytest.mark.parametrize("workers", ["0", "-1", "1000", "two"])
def test_invalid_number_of_workers_is_refused(workers: str) -> None:
    ended = invoke("serve", "--workers", workers, PORT="0")

    assert ended.code == 2
    assert ended.out == ""
    assert "--workers" in ended.err


async def make_tables_of_another_version(dsn: str) -> None:
    await migrate(dsn, parts=(EVENT_STORE_SCRIPTS,))
    connection = await asyncpg.connect(dsn)
    await connection.execute("UPDATE intersessional.applied_scripts SET digest = 'other'")
    await connection.close()
