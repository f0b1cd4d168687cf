"""The types of the page's modules, as TypeScript reads them from their comments."""

import subprocess
from pathlib import Path

import pytest

FOLDER = Path(__file__).parent
COMPILER = FOLDER / "node_modules" / ".bin" / "tsc"


@pytest.mark.skipif(
    not COMPILER.exists(), reason="npm install --prefix tests/scripts installs the compiler"
)
@pytest.mark.parametrize("project", ["tsconfig.json", "tsconfig.worker.json"])
def test_types_of_modules_are_right(project: str) -> None:
    run = subprocess.run(
        [COMPILER, "-p", FOLDER / project], capture_output=True, text=True, timeout=100, check=False
    )

    assert run.returncode == 0, run.stdout
