"""Compositions of plugins, each made once in a process: nothing changes one afterwards."""

from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.composed_node import ComposedNode, compose_node
from intersessional.infra.settings import Mode
from intersessional.plugins.composition import Composition, installed_plugins

_COMPOSED: dict[tuple[object, ...], ComposedNode] = {}


def composed_node(composition: Composition, mode: Mode = Mode.DEVELOPMENT) -> ComposedNode:
    """What a node of these plugins serves: the same for plugins that differ in views alone."""
    parts = [
        part
        for plugin in composition.plugins
        for part in (plugin.schema, plugin.page, plugin.command_handlers, plugin.guards)
    ]
    # Not all parts have a hash. What is composed holds them, so that no id is used again.
    key = (mode, *map(id, parts))
    if key not in _COMPOSED:
        _COMPOSED[key] = compose_node(composition, mode)
    return _COMPOSED[key]


def composed_schema(composition: Composition) -> ComposedSchema:
    """The API of these plugins."""
    return composed_node(composition).schema


def installed_node() -> ComposedNode:
    """What a node of all installed plugins serves."""
    return composed_node(installed_plugins())
