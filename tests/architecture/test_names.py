"""A class is found by its name, and a module by the imports at the top of those that use it."""

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
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


def imported_by(tree: ast.Module) -> Iterator[str]:
    """The modules of the package that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in MODULES)
        elif isinstance(node, ast.ImportFrom) and node.module in MODULES:
            submodules = [f"{node.module}.{alias.name}" for alias in node.names]
            modules = [name for name in submodules if name in MODULES]
            yield from modules
            if len(modules) < len(submodules):
                yield str(node.module)


def test_class_name_stands_once_in_the_package() -> None:
    places: Mapping[str, list[str]] = defaultdict(list)
    for module, tree in MODULES.items():
        for node in tree.body:
            if isinstance(node, ast.ClassDef):
                places[node.name].append(module)

    assert {name for name, modules in places.items() if len(modules) > 1} == set()


def test_imports_form_no_circle() -> None:
    graph = {module: set(imported_by(tree)) - {module} for module, tree in MODULES.items()}
    try:
        TopologicalSorter(graph).prepare()
        circle = None
    except CycleError as error:
        circle = error.args[1]

    assert circle is None


def test_imports_stand_at_the_top() -> None:
    inner = [
        f"{module}: {ast.unparse(node)}"
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom) and node not in tree.body
    ]

    assert inner == []


def test_type_checking_is_no_reason_for_an_import() -> None:
    names = {
        f"{module}:{node.lineno}"
        for module, tree in MODULES.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Name | ast.Attribute)
        and ast.unparse(node).endswith("TYPE_CHECKING")
    }

    assert names == set()
