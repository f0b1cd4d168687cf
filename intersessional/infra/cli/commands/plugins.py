"""``intersessional plugins``: lists the installed plugins and their parts."""

from collections.abc import Iterable, Iterator
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from strawberry.types import get_object_definition
from strawberry.utils.str_converters import to_camel_case

from intersessional.plugins.composition import installed_plugins
from intersessional.plugins.plugin import Plugin


def plugins() -> None:
    """List the installed plugins and what each of them adds; the core is one of them."""
    table = Table("plugin", "adds", "named", box=SIMPLE_HEAD)
    for plugin in installed_plugins().plugins:
        name = plugin.name
        for kind, names in _parts(plugin):
            table.add_row(name, kind, ", ".join(names))
            name = ""
        table.add_section()
    Console(markup=False, highlight=False).print(table)


def _parts(plugin: Plugin) -> Iterator[tuple[str, list[str]]]:
    """The names of each kind of part that a plugin has."""
    part = plugin.schema
    extended = [(kind, to_camel_case(name)) for kind, more in part.extends.items() for name in more]
    added = {
        "subjects": [subject.TOPIC for subject in plugin.aggregates],
        "commands": [answer.command.__name__ for answer in plugin.command_handlers],
        "guards": [guard.command.__name__ for guard in plugin.guards],
        "reactions": [reaction.event.__qualname__ for reaction in plugin.reactions],
        "views": [view.name for view in plugin.views],
        "nodes": [node.__name__ for node in part.nodes],
        "queries": _fields(part.queries),
        "mutations": [mutation.name for mutation in part.mutations],
        "subscriptions": _fields(part.subscriptions),
        "fields": [f"{kind}.{name}" for kind, name in extended],
        "tasks": [task.__name__ for task in plugin.tasks],
    }
    return ((kind, names) for kind, names in added.items() if names)


def _fields(roots: Iterable[type[Any]]) -> list[str]:
    definitions = [get_object_definition(root, strict=True) for root in roots]
    return [to_camel_case(field.python_name) for each in definitions for field in each.fields]
