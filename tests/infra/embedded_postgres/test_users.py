"""The operating-system user of the embedded server."""

import os
import pwd
import shutil
import signal
from functools import partial
from pathlib import Path

import asyncpg
import psutil
import pytest

from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.lease import embedded_postgres
from tests.infra.embedded_postgres.lease_holder import LeaseHolder, server_process, wait_for_end
from tests.infra.embedded_postgres.ordinary_user import become

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be several users")
SOMEONE = pwd.getpwnam("daemon").pw_uid


def capabilities(process: psutil.Process) -> set[int]:
    """The capabilities that a process has, or could get, as sets of bits."""
    lines = Path(f"/proc/{process.pid}/status").read_text().splitlines()
    names = ("CapInh:", "CapPrm:", "CapEff:", "CapAmb:")
    return {int(line.split()[1], 16) for line in lines if line.startswith(names)}


async def test_server_never_runs_as_root(directory: Path) -> None:
    async with embedded_postgres(directory):
        assert server_process(directory).uids().effective != 0


@only_root
async def test_server_has_no_capability_and_none_of_roots_groups(directory: Path) -> None:
    async with embedded_postgres(directory):
        server = server_process(directory)

        for process in (server, *server.children()):
            assert capabilities(process) == {0}
            assert 0 not in process.gids()


async def test_directory_that_an_earlier_version_made_lets_in_who_may_connect(
    directory: Path,
) -> None:
    async with embedded_postgres(directory) as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE ROLE somebody LOGIN SUPERUSER")
        await connection.close()
    rules = directory / "postgres" / "data" / "pg_hba.conf"
    rules.write_text("local all all trust\n")

    async with embedded_postgres(directory) as dsn:
        with pytest.raises(asyncpg.InvalidPasswordError):
            await asyncpg.connect(dsn, user="somebody", password="")
        await (await asyncpg.connect(dsn)).close()

    assert "somebody" not in rules.read_text()
    assert rules.stat().st_uid == rules.parent.stat().st_uid


@only_root
async def test_link_in_the_place_of_the_rules_is_not_followed(directory: Path) -> None:
    async with embedded_postgres(directory):
        pass
    target = directory / "of root"
    target.write_text("kept")
    for name in ("pg_hba.conf", "pg_hba.conf.new"):
        (directory / "postgres" / "data" / name).unlink(missing_ok=True)
        (directory / "postgres" / "data" / name).symlink_to(target)

    async with embedded_postgres(directory):
        pass

    assert target.read_text() == "kept"


@only_root
async def test_private_directories_of_root_stay_private(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)

    async with embedded_postgres(private / "data"):
        pass

    assert private.stat().st_mode & 0o777 == 0o700
    assert private.stat().st_uid == 0


@only_root
async def test_server_of_an_ordinary_user_runs_as_that_user(tmp_path: Path) -> None:
    os.chown(tmp_path, SOMEONE, SOMEONE)

    owner = await LeaseHolder.start(tmp_path, before=partial(become, SOMEONE))

    server = server_process(tmp_path)
    assert server.uids().effective == SOMEONE
    await owner.end()
    await wait_for_end(server)


@only_root
async def test_checkout_in_a_private_home_of_root_serves(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    package = binary("postgres").parents[2]
    for brought in package.parent.glob(f"{package.name}*"):
        shutil.copytree(brought, home / brought.name, symlinks=True)
    monkeypatch.setenv("PYTHONPATH", str(home))

    owner = await LeaseHolder.start(tmp_path / "data")

    assert owner.first_line.startswith("postgresql://"), owner.first_line
    assert home.stat().st_mode & 0o777 == 0o700
    await owner.end()


@only_root
async def test_data_of_an_ordinary_user_is_served_as_that_user_by_root(tmp_path: Path) -> None:
    os.chown(tmp_path, SOMEONE, SOMEONE)
    owner = await LeaseHolder.start(tmp_path, before=partial(become, SOMEONE))
    await owner.end()

    async with embedded_postgres(tmp_path):
        assert server_process(tmp_path).uids().effective == SOMEONE


@only_root
async def test_data_of_another_user_is_refused_with_the_uid(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path):
        pass

    owner = await LeaseHolder.start(tmp_path, before=partial(become, SOMEONE))

    assert owner.first_line.startswith("refused: ")
    assert "belongs to another user (uid 0)" in owner.first_line
    await owner.end()


@only_root
async def test_server_of_a_killed_root_process_stops(tmp_path: Path) -> None:
    owner = await LeaseHolder.start(tmp_path)
    server = server_process(tmp_path)

    await owner.end(signal.SIGKILL)

    await wait_for_end(server)
