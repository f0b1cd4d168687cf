"""The commands of the README print what it shows."""

import asyncio
import re
import shutil
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.live_server import ready

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text()


@pytest.mark.skipif(shutil.which("curl") is None, reason="the README's one screen uses curl")
async def test_one_screen_typed_as_it_stands_shows_what_the_readme_shows(
    empty_database_url: str,
) -> None:
    [screen] = re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
    [shown] = re.findall(r"```text\n(.*?)```", README, re.DOTALL)

    async with ready("demo", PORT="0", DATABASE_URL=empty_database_url) as demo:
        output = await _typed(
            screen,
            PORT=str(urlsplit(demo.url).port),
            DATABASE_URL=empty_database_url,
        )

    expected = [_plain(part) for part in re.split(r"\n(?=[^ ]|   \d)", shown.strip("\n"))]
    assert len(expected) == 4
    assert [part for part in expected if part not in _plain(output)] == []
    assert '"then":{"bpfCap":{"value":3},"bpfCapUsed":0' in output
    assert '"now":{"bpfCap":{"value":4,"rationaleStatus":"NOT_IN_SOURCES"}' in output
    assert '"__typename":"CommentPosted"' in output
    assert "Comment.Posted: Someone commented on a draft" in output
    assert "every hash is that of the bytes that are stored" in output


def _plain(text: str) -> str:
    """The text without white space, instants and epochs."""
    instant, epoch = r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ", r'"epoch":"[0-9a-f]{12}"'
    return re.sub(rf"\s|{instant}|{epoch}", "", text)


async def _typed(lines: str, **variables: str) -> str:
    """The output of a shell that runs these lines at the root of the checkout."""
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
        output, _ = await shell.communicate()
    assert shell.returncode == 0, output.decode()
    return output.decode()
