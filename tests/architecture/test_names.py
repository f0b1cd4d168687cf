"""Class names are unique in the package."""

import ast
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import intersessional

ROOT = Path(intersessional.__path__[0]).parent
FILES = sorted(ROOT.joinpath("intersessional").rglob("*.py"))


def module_name(file: Path) -> str:
    """The dotted name of a module; a package is called like its folder."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_class_name_is_unique_in_the_package() -> None:
    places: Mapping[str, list[str]] = defaultdict(list)
    for file in FILES:
        for node in ast.parse(file.read_text()).body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module_name(file))

    assert {name for name, modules in places.items() if len(modules) > 1} == set()
