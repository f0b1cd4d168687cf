"""The wheel holds what an installation needs beside the modules."""

import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "intersessional"


def test_wheel_holds_every_file_of_the_package_and_the_license(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [file] = tmp_path.glob("intersessional-*.whl")
    wheel = ZipFile(file)
    files = [path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    names = {path.relative_to(ROOT).as_posix() for path in files}
    [text] = [name for name in wheel.namelist() if name.endswith("licenses/LICENSE")]
    [metadata] = [name for name in wheel.namelist() if name.endswith(".dist-info/METADATA")]

    assert "intersessional/py.typed" in names
    assert sorted(names - set(wheel.namelist())) == []
    assert wheel.read(text) == (ROOT / "LICENSE").read_bytes()
    assert "License-Expression: Apache-2.0" in wheel.read(metadata).decode()
