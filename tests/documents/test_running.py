"""What the documents say about settings and rules is held to the code."""

import re
from enum import Enum
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from intersessional.infra.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("field", Settings.model_fields.values(), ids=lambda field: field.alias)
def test_every_setting_is_told_with_its_default(field: FieldInfo) -> None:
    default = field.default.value if isinstance(field.default, Enum) else field.default
    shown = f"`{default}`" if default not in (None, ()) else ""

    assert f"| `{field.alias}` | {shown} |" in (ROOT / "docs" / "running.md").read_text()


def test_every_rule_that_a_docstring_cites_is_told() -> None:
    told = (ROOT / "docs" / "domain.md").read_text()
    cited = {
        part
        for file in (ROOT / "intersessional").rglob("*.py")
        for citation in re.findall(r"DOMAIN ([^.:;()\"\]]+)", file.read_text())
        for part in re.findall(r"\b([AB]?\d{1,2})\b", citation)
    }

    assert len(cited) > 20
    assert [part for part in sorted(cited) if f"| {part} |" not in told] == []
