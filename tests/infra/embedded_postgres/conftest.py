"""Data directories that initdb made once, for tests of what comes after it."""

import subprocess
from pathlib import Path

import pytest
import pytest_asyncio

from intersessional.infra.embedded_postgres.lease import embedded_postgres


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The data of a server that ran once; it is only copied."""
    directory = tmp_path_factory.mktemp("made")
    async with embedded_postgres(directory):
        pass
    return directory / "postgres" / "data"


@pytest.fixture
def directory(made: Path, tmp_path: Path) -> Path:
    """A directory of this test's own, whose server has its data already."""
    home = tmp_path / "postgres"
    home.mkdir(mode=0o700)
    # The data is another user's where root runs the tests.
    subprocess.run(["cp", "-a", made, home], check=True)
    return tmp_path
