"""PostgreSQL serves root and ordinary users alike, without a change to anyone's directories."""

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
from tests.infra.embedded_postgres.owner import Owner, ended, server_of

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can be several users")
SOMEONE = pwd.getpwnam("daemon").pw_uid


async def test_the_server_never_runs_as_root(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path):
        assert server_of(tmp_path).uids().effective != 0


@only_root
async def test_root_need_not_open_its_private_directories(tmp_path: Path) -> None:
    private = tmp_path / "private"
    private.mkdir(mode=0o700)

    async with embedded_postgres(private / "data"):
        pass

    assert private.stat().st_mode & 0o777 == 0o700
    assert private.stat().st_uid == 0


@only_root
async def test_an_ordinary_user_has_a_server_of_its_own(tmp_path: Path) -> None:
    os.chown(tmp_path, SOMEONE, SOMEONE)

    owner = await Owner.start(tmp_path, before=partial(become, SOMEONE))

    server = server_of(tmp_path)
    assert server.uids().effective == SOMEONE
    await owner.end()
    await ended(server)


@only_root
async def test_a_checkout_in_a_home_that_is_roots_alone_serves_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir(mode=0o700)
    package = binary("postgres").parents[2]
    for brought in package.parent.glob(f"{package.name}*"):
        shutil.copytree(brought, home / brought.name, symlinks=True)
    monkeypatch.setenv("PYTHONPATH", str(home))

    owner = await Owner.start(tmp_path / "data")

    assert owner.word.startswith("postgresql://"), owner.word
    assert server_of(tmp_path / "data").exe().startswith(str(home))
    await owner.end()


@only_root
async def test_root_serves_the_data_of_an_ordinary_user_as_that_user(tmp_path: Path) -> None:
    os.chown(tmp_path, SOMEONE, SOMEONE)
    owner = await Owner.start(tmp_path, before=partial(become, SOMEONE))
    await owner.end()

    async with embedded_postgres(tmp_path):
        assert server_of(tmp_path).uids().effective == SOMEONE


@only_root
async def test_another_users_data_is_refused_with_that_users_number(tmp_path: Path) -> None:
    async with embedded_postgres(tmp_path):
        pass

    owner = await Owner.start(tmp_path, before=partial(become, SOMEONE))

    assert owner.word.startswith("refused: ")
    assert "belongs to another user (uid 0)" in owner.word
    await owner.end()


@only_root
async def test_the_server_of_a_killed_root_stops_too(tmp_path: Path) -> None:
    owner = await Owner.start(tmp_path)
    server = server_of(tmp_path)

    await owner.end(signal.SIGKILL)

    await ended(server)
