"""The wheel holds what an installation needs beside the modules."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "intersessional"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    (file,) = folder.glob("intersessional-*.whl")
    return ZipFile(file)


def test_wheel_holds_every_file_of_the_package(wheel: ZipFile) -> None:
    files = [file for file in PACKAGE.rglob("*") if file.is_file() and file.suffix != ".pyc"]
    names = {file.relative_to(ROOT).as_posix() for file in files}

    assert "intersessional/py.typed" in names
    assert sorted(names - set(wheel.namelist())) == []


def test_wheel_holds_the_license_and_names_it(wheel: ZipFile) -> None:
    (text,) = (name for name in wheel.namelist() if name.endswith("licenses/LICENSE"))
    (metadata,) = (name for name in wheel.namelist() if name.endswith(".dist-info/METADATA"))

    assert wheel.read(text) == (ROOT / "LICENSE").read_bytes()
    assert "License-Expression: Apache-2.0" in wheel.read(metadata).decode()
