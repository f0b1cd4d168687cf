"""Each rule that the code cites is in docs/domain.md, under its name."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ROWS = re.findall(
    r"^\| ([AB]?\d{1,2}) \| ([a-z][a-z -]*) \| [^|]+ \|",
    (ROOT / "docs" / "domain.md").read_text(),
    re.MULTILINE,
)


def test_rule_that_the_code_cites_has_a_name() -> None:
    cited = {
        row
        for folder in ("intersessional", "tests/domain", "examples")
        for file in (ROOT / folder).rglob("*.py")
        for citation in re.findall(r"DOMAIN ([^.:;()\"\]]+)", file.read_text())
        for row in re.findall(r"\b([AB]?\d{1,2})\b", citation)
    }

    assert len(cited) > 20
    assert sorted(cited - {row for row, _ in ROWS}) == []


def test_rows_and_names_of_rules_are_unique() -> None:
    rows, names = zip(*ROWS, strict=True)

    assert len(set(rows)) == len(rows)
    assert len(set(names)) == len(names)
