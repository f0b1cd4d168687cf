"""What browsers load stays small, and is written here."""

import gzip
from pathlib import Path

import pytest

import intersessional

FILES = sorted(Path(intersessional.__path__[0]).glob("plugins/*/page/assets/*"))
SCRIPTS = [file for file in FILES if file.suffix == ".js"]
SCRIPTS_BYTES_MAX = 20_000
STYLES_BYTES_MAX = 8_000
LINES_MAX = 120
LINE_CHARACTERS_MAX = 300
"""A longer one was written by a program."""


def compressed_bytes(suffix: str) -> int:
    """The size of all files of a kind, compressed together."""
    content = b"".join(file.read_bytes() for file in FILES if file.suffix == suffix)
    return len(gzip.compress(content, 9))


def test_scripts_and_styles_of_all_plugins_are_small() -> None:
    assert 0 < compressed_bytes(".js") <= SCRIPTS_BYTES_MAX
    assert 0 < compressed_bytes(".css") <= STYLES_BYTES_MAX


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_module_is_short_and_its_types_are_checked(file: Path) -> None:
    lines = file.read_text().splitlines()

    assert lines[0] == "// @ts-check"
    assert len(lines) < LINES_MAX
    assert max(map(len, lines)) <= LINE_CHARACTERS_MAX
