"""What the files of the package import and define, each parsed once in a process."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import intersessional

PACKAGE = Path(intersessional.__path__[0])
_BLOCKS = ("body", "orelse", "handlers", "finalbody", "cases")
"""The fields of statements that hold statements."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """A file of the package."""

    path: str
    module: str
    """Its dotted name; a package is called like its folder."""
    imports: Sequence[ast.Import | ast.ImportFrom]
    inner_imports: Sequence[int]
    """The lines of those that are inside a function."""
    classes: Sequence[str]
    """The names of its classes that are in no other class."""
    checks_types: bool
    """Whether it imports something for type checkers alone."""


@cache
def source_files() -> Sequence[SourceFile]:
    """All files of the package; their trees would take 200 MB."""
    return [_read(path) for path in sorted(PACKAGE.rglob("*.py"))]


def _read(path: Path) -> SourceFile:
    text = path.read_text()
    tree = ast.parse(text)
    found = [
        (node, inside)
        for node, inside in _statements(tree, inside=False)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return SourceFile(
        path=str(path.relative_to(PACKAGE)),
        module=".".join(parts[:-1] if parts[-1] == "__init__" else parts),
        imports=[node for node, _ in found],
        inner_imports=[node.lineno for node, inside in found if inside],
        classes=[node.name for node in tree.body if isinstance(node, ast.ClassDef)],
        checks_types="TYPE_CHECKING" in text,
    )


def _statements(node: ast.AST, *, inside: bool) -> Iterator[tuple[ast.AST, bool]]:
    """All statements, and whether they are inside a function."""
    inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    for block in _BLOCKS:
        for statement in getattr(node, block, ()):
            yield statement, inside
            yield from _statements(statement, inside=inside)
