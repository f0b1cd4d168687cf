"""Compositions of plugins, each made once in a process: nothing changes one afterwards."""

from functools import cache

from intersessional.graphql.schema.composed_schema import ComposedSchema
from intersessional.infra.http.composed_node import ComposedNode, compose_node
from intersessional.infra.settings import Mode
from intersessional.plugins.composition import Composition, installed_plugins


@cache
def composed_node(composition: Composition, mode: Mode = Mode.DEVELOPMENT) -> ComposedNode:
    """What a node of these plugins serves."""
    return compose_node(composition, mode)


def composed_schema(composition: Composition) -> ComposedSchema:
    """The API of these plugins."""
    return composed_node(composition).schema


def installed_node() -> ComposedNode:
    """What a node of all installed plugins serves."""
    return composed_node(installed_plugins())
