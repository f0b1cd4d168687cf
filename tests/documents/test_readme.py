"""What the README shows happens, word for word."""

import asyncio
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.server import ready

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


@pytest.mark.skipif(shutil.which("curl") is None, reason="the README's one screen uses curl")
async def test_the_one_screen_answers_shows_the_comment_and_finds_no_difference(
    database_url: str,
) -> None:
    screen = re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    assert len(screen) == 1

    async with ready("demo", PORT="0", DATABASE_URL=database_url) as demo:
        said = await _typed(
            f"{screen[0]}\nkill %1",
            PORT=str(urlsplit(demo.url).port),
            DATABASE_URL=database_url,
        )

    assert '"then":{"bpfCap":{"value":3},"bpfCapUsed":0' in said
    assert '"now":{"bpfCap":{"value":4,"rationaleStatus":"NOT_IN_SOURCES"}' in said
    assert '"__typename":"CommentPosted"' in said
    assert "Comment.Posted: Someone commented on a draft" in said
    assert "every hash is that of the bytes that are stored" in said


async def _typed(lines: str, **variables: str) -> str:
    """What a person sees who types these lines at the root of the checkout."""
    home = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **variables}
    shell = await asyncio.create_subprocess_exec(
        "bash",
        "-euo",
        "pipefail",
        "-c",
        lines,
        cwd=ROOT,
        env=home,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    async with asyncio.timeout(60):
        said, _ = await shell.communicate()
    assert shell.returncode == 0, said.decode()
    return said.decode()
