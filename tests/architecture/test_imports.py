"""Imports between modules: no circles, and no import inside a function."""

import ast
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

import intersessional

PACKAGE = Path(intersessional.__path__[0])
FILES = sorted(PACKAGE.rglob("*.py"))


def module_name(file: Path) -> str:
    path = file.relative_to(PACKAGE.parent).with_suffix("")
    return ".".join(path.parent.parts if path.name == "__init__" else path.parts)


def imported_by(tree: ast.AST, modules: Collection[str]) -> Iterator[str]:
    """Every module of the package that a module imports."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in modules)
            case ast.ImportFrom(module=str(module), names=names):
                found = (f"{module}.{alias.name}" for alias in names)
                yield from (name if name in modules else module for name in found)
            case _:
                pass


def test_modules_import_each_other_without_a_circle() -> None:
    trees = {module_name(file): ast.parse(file.read_text()) for file in FILES}
    imports = {name: {*imported_by(tree, trees)} - {name} for name, tree in trees.items()}

    TopologicalSorter(imports).prepare()


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(PACKAGE)))
def test_module_imports_at_its_top_only(file: Path) -> None:
    tree = ast.parse(file.read_text())
    inside = [
        f"{function.name}, line {node.lineno}"
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]

    assert inside == []
    assert "TYPE_CHECKING" not in file.read_text()
