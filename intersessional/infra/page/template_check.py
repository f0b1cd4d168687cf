"""What templates name, checked before anything is rendered."""

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from jinja2 import TemplateSyntaxError, nodes
from jinja2.meta import find_referenced_templates

from intersessional.infra.page.environment import PageEnvironment
from intersessional.plugins.composition import CompositionError


def check_templates(
    names: Iterable[str],
    environment: PageEnvironment,
    places: Collection[str],
    asset: Callable[[str], Any],
) -> None:
    """Parse templates, and look up what they name; one is compiled when it is first shown.

    Raises CompositionError.
    """
    for name in names:
        try:
            tree = environment.parse(environment.texts[name])
        except TemplateSyntaxError as error:
            raise CompositionError(f"{name}, line {error.lineno}: {error.message}.") from error
        for other in find_referenced_templates(tree):
            if other and environment.join_path(other, name) not in environment.texts:
                raise CompositionError(f"{name} names the template {other}, which is not there.")
        for function, value in _calls(tree):
            if function == "place" and value not in places:
                raise CompositionError(f"{name} has the place {value}, which no plugin declares.")
            if function in ("asset", "script"):
                asset(value)


def _calls(tree: nodes.Template) -> Iterator[tuple[str, str]]:
    """The calls of functions whose first argument is written out, with that argument."""
    for call in tree.find_all(nodes.Call):
        match call.node, call.args:
            case nodes.Name(name=name), [nodes.Const(value=value), *_]:
                yield name, str(value)
            case _:
                pass
