"""Imports between modules: no circles, and no import inside a function."""

import ast
from collections.abc import Collection, Iterator
from graphlib import TopologicalSorter

from tests.architecture.source_files import SourceFile, source_files


def imported_by(file: SourceFile, modules: Collection[str]) -> Iterator[str]:
    """Every module of the package that a module imports."""
    for node in file.imports:
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names if alias.name in modules)
            case ast.ImportFrom(module=str(module), names=names):
                found = (f"{module}.{alias.name}" for alias in names)
                yield from (name if name in modules else module for name in found)
            case _:
                pass


def test_modules_import_each_other_without_a_circle() -> None:
    modules = {file.module for file in source_files()}
    imports = {
        file.module: {*imported_by(file, modules)} - {file.module} for file in source_files()
    }

    TopologicalSorter(imports).prepare()


def test_modules_import_at_their_top_only() -> None:
    inside = [f"{file.path}, line {line}" for file in source_files() for line in file.inner_imports]

    assert inside == []


def test_no_module_imports_for_type_checkers_alone() -> None:
    assert [file.path for file in source_files() if file.checks_types] == []
