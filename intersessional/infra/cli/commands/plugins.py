"""intersessional plugins: what is installed, and what each of them adds."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from intersessional.plugins.plugin import Plugin


def plugins() -> None:
    """List the installed plugins and what each of them adds; the core is one of them."""
    from rich.box import SIMPLE_HEAD
    from rich.console import Console
    from rich.table import Table

    from intersessional.plugins.composition import installed_plugins

    table = Table("plugin", "adds", "named", box=SIMPLE_HEAD)
    for plugin in installed_plugins().plugins:
        name = plugin.name
        for what, names in _added(plugin):
            table.add_row(name, what, ", ".join(names))
            name = ""
        table.add_section()
    Console(markup=False, highlight=False).print(table)


def _added(plugin: "Plugin") -> Iterator[tuple[str, list[str]]]:
    """What a plugin adds of each kind, where it adds any."""
    from strawberry.utils.str_converters import to_camel_case

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
    return ((what, names) for what, names in added.items() if names)


def _fields(roots: Iterable[type[Any]]) -> list[str]:
    from strawberry.types import get_object_definition
    from strawberry.utils.str_converters import to_camel_case

    definitions = [get_object_definition(root, strict=True) for root in roots]
    return [to_camel_case(field.python_name) for each in definitions for field in each.fields]
