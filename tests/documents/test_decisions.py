"""The architecture decision records: complete, listed, and true in what they name."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "adr"
PAGES = sorted(FOLDER.glob("0*.md"))
TABLE = (FOLDER / "README.md").read_text()

_STATUS = re.compile(
    r"^(Accepted|Superseded|Withdrawn) on (\d{4}-\d\d-\d\d)\. "
    r"Replaces [^;]+; (?:replaced|extended) by [^.]+",
)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_decision_says_status_date_and_what_it_replaces(page: Path) -> None:
    title, empty, text = page.read_text().split("\n", 2)
    number, words = title.removeprefix("# ").split(" ", 1)

    status = _STATUS.match(text)
    assert empty == ""
    assert status is not None
    row = f"| [{number}]({page.name}) | {words} | {status[1].lower()} | {status[2]} | "
    assert row in TABLE


def test_each_decision_is_listed_once_in_order() -> None:
    listed = re.findall(r"^\| \[\d{4}\]\(([^)]+)\)", TABLE, re.MULTILINE)

    assert listed == [page.name for page in PAGES]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_file_that_a_decision_names_exists(page: Path) -> None:
    named = re.findall(r"`([a-z_]+/[a-z_/*]*\.(?:py|txt|sql))`", page.read_text())

    assert [
        path
        for path in named
        if not any(any(root.glob(path)) for root in (ROOT, ROOT / "intersessional"))
    ] == []
