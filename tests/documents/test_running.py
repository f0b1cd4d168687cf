"""The page on running is held to the code."""

from enum import Enum
from pathlib import Path

import pytest
from pydantic.fields import FieldInfo

from intersessional.infra.settings import Settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("field", Settings.model_fields.values(), ids=lambda field: field.alias)
def test_setting_stands_in_the_table_with_its_default(field: FieldInfo) -> None:
    default = field.default.value if isinstance(field.default, Enum) else field.default
    shown = f"`{default}`" if default not in (None, ()) else ""

    assert f"| `{field.alias}` | {shown} |" in (ROOT / "docs" / "running.md").read_text()
