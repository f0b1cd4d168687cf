"""The domain is pure: it uses no clock, no random numbers and no files."""

import ast
from collections.abc import Iterator
from pathlib import Path

import intersessional.domain

DOMAIN = Path(intersessional.domain.__path__[0])
FILES = sorted(DOMAIN.rglob("*.py"))
IMPURE = {
    "datetime.now",
    "datetime.today",
    "datetime.utcnow",
    "date.today",
    "open",
    "print",
    "uuid1",
    "uuid4",
}
IMPURE_MODULES = {"os", "pathlib", "random", "secrets", "socket", "subprocess", "threading", "time"}


def used_in(tree: ast.AST) -> Iterator[str]:
    """The names of everything that is called, and of every module that is imported."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id=name)):
                yield name
            case ast.Call(func=ast.Attribute(value=ast.Name(id=owner), attr=name)):
                yield f"{owner}.{name}"
            case ast.Import(names=names):
                yield from (alias.name.split(".")[0] for alias in names)
            case ast.ImportFrom(module=str(module)):
                yield module.split(".")[0]
            case _:
                pass


def test_tests_of_the_domain_import_nothing_of_infra() -> None:
    files = sorted((Path(__file__).parents[1] / "domain").rglob("*.py"))
    imported = {
        (file.name, node.module)
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("intersessional.infra")
    }

    assert files
    # Texts are compared with the profile of the log.
    assert {name for name, _ in imported} <= {"test_texts.py"}


def test_the_domain_is_pure() -> None:
    impure = {
        f"{file.relative_to(DOMAIN)}: {name}"
        for file in FILES
        for name in {*used_in(ast.parse(file.read_text()))} & (IMPURE | IMPURE_MODULES)
    }

    assert FILES
    assert impure == set()
