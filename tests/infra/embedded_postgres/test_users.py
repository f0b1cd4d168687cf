"""The operating-system user of the embedded server."""

import os
import pwd
import shutil
import signal
from functools import partial
from pathlib import Path

import pytest

from intersessional.infra.embedded_postgres import embedded_postgres
from intersessional.infra.embedded_postgres.binaries import binary
from intersessional.infra.embedded_postgres.privileges import become
from tests.infra.embedded_postgres.lease_holder import LeaseHolder, server_process, wait_for_end

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be several users")
SOMEONE = pwd.getpwnam("daemon").pw_uid


async def test_server_never_runs_as_root(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path):
        assert server_process(tmp_path).uids().effective != 0


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
    assert server_process(tmp_path / "data").exe().startswith(str(home))
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
