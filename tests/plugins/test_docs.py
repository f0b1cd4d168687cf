"""What is written about plugins is true, and nothing is left out."""

import dataclasses
import re
from pathlib import Path

import pytest

from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.plugins.plugin import Plugin, Services

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs/plugins.md").read_text()
BLOCKS = re.findall(r"^```(python|toml)\n(.*?)^```$", TEXT, re.DOTALL | re.MULTILINE)
SOURCES = {
    "python": [*ROOT.glob("examples/plugins/**/*.py")],
    "toml": [*ROOT.glob("examples/plugins/**/*.toml")],
}


@pytest.mark.parametrize("kind", [Plugin, Services, SchemaPart])
def test_every_part_is_documented(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    names = {field.name for field in dataclasses.fields(kind)}

    assert {name for name in names if f"\n| `{name}` | " not in TEXT} == set()


@pytest.mark.parametrize(("language", "block"), BLOCKS, ids=lambda value: value.split("\n")[0])
def test_every_example_is_tested_code(language: str, block: str) -> None:
    assert any(f"\n{block}" in source.read_text() for source in SOURCES[language])


def test_there_are_examples() -> None:
    assert len(BLOCKS) >= 6


def test_every_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
