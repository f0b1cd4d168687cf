"""Descriptions of the schema, read from docstrings."""

import ast
import inspect
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import is_dataclass
from functools import cache
from itertools import pairwise

from strawberry.utils.str_converters import to_camel_case

_NOTE = re.compile(r" \(DOMAIN [^)]*\)")
_CODE = re.compile(r"``([\w.]+)``")


def description_of(doc: str | None) -> str:
    """A docstring as a description, with names as the API spells them; empty when missing."""
    words = " ".join(inspect.cleandoc(doc or "").split())
    return _CODE.sub(_api_name, _NOTE.sub("", words))


def attribute_descriptions(cls: type) -> Mapping[str, str]:
    """The docstrings under the attributes of a class, with inherited ones."""
    kinds = [kind for kind in cls.__mro__ if kind is cls or is_dataclass(kind)]
    return {
        name: words for kind in reversed(kinds) for name, words in _attribute_docs(kind).items()
    }


def _api_name(code: re.Match[str]) -> str:
    name = code[1]
    return f"`{to_camel_case(name) if name.islower() else name}`"


@cache
def _attribute_docs(cls: type) -> Mapping[str, str]:
    body = _bodies(cls.__module__).get(cls.__qualname__, ())
    return dict(_documented(body))


@cache
def _bodies(module: str) -> Mapping[str, Sequence[ast.stmt]]:
    source = inspect.getsource(sys.modules[module])
    return dict(_classes(ast.parse(source).body, ""))


def _classes(body: Sequence[ast.stmt], within: str) -> Iterator[tuple[str, Sequence[ast.stmt]]]:
    for statement in body:
        if isinstance(statement, ast.ClassDef):
            name = f"{within}{statement.name}"
            yield name, statement.body
            yield from _classes(statement.body, f"{name}.")


def _documented(body: Sequence[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement, following in pairwise(body):
        match statement, following:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(doc))),
            ):
                yield name, description_of(doc)
            case _:
                pass
