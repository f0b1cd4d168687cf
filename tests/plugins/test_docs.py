"""The page on plugins shows tested code and names every part."""

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
def test_part_of_a_plugin_is_documented(kind: type) -> None:
    assert dataclasses.is_dataclass(kind)
    names = {field.name for field in dataclasses.fields(kind)}

    assert {name for name in names if f"\n| `{name}` | " not in TEXT} == set()


@pytest.mark.parametrize(("language", "block"), BLOCKS, ids=lambda value: value.split("\n")[0])
def test_example_is_tested_code(language: str, block: str) -> None:
    assert any(f"\n{block}" in source.read_text() for source in SOURCES[language])


def test_page_has_examples() -> None:
    assert len(BLOCKS) >= 6


def test_link_leads_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", TEXT)

    assert links
    assert [link for link in links if not (ROOT / "docs" / link).exists()] == []
