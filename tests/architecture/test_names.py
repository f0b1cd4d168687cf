"""Class names are unique in the package."""

import ast
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

import intersessional

ROOT = Path(intersessional.__path__[0]).parent
FILES = sorted(ROOT.joinpath("intersessional").rglob("*.py"))
TREES = {file: ast.parse(file.read_text()) for file in FILES}


def module_name(file: Path) -> str:
    """The dotted name of a module; a package is called like its folder."""
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_name(file): tree for file, tree in TREES.items()}


def test_class_name_is_unique_in_the_package() -> None:
    places: Mapping[str, list[str]] = defaultdict(list)
    for module, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module)

    assert {name for name, modules in places.items() if len(modules) > 1} == set()
