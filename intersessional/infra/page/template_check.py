"""What templates name, checked before anything is rendered."""

from collections.abc import Callable, Collection, Iterator
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from intersessional.infra.page.environment import PageEnvironment
from intersessional.plugins.composition import CompositionError


def check_templates(
    environment: PageEnvironment, places: Collection[str], asset: Callable[[str], Any]
) -> None:
    """Parse every template, and look up what it names; one is compiled when it is first shown.

    Raises CompositionError.
    """
    for name, text in environment.texts.items():
        try:
            tree = environment.parse(text)
        except TemplateSyntaxError as error:
            raise CompositionError(f"{name}, line {error.lineno}: {error.message}.") from error
        for other in find_referenced_templates(tree):
            if other and environment.join_path(other, name) not in environment.texts:
                raise CompositionError(f"{name} names the template {other}, which is not there.")
        for place in _named(tree, "place"):
            if place not in places:
                raise CompositionError(f"{name} has the place {place}, which no plugin declares.")
        for file in (*_named(tree, "asset"), *_named(tree, "script")):
            asset(file)


def _named(tree: nodes.Template, function: str) -> Iterator[str]:
    """The first arguments of the calls of a function, where they are written out."""
    for call in tree.find_all(nodes.Call):
        match call.node, call.args:
            case nodes.Name(name=name), [nodes.Const(value=value), *_] if name == function:
                yield str(value)
            case _:
                pass
