"""A part of the schema: what the core or a plugin contributes to it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import Node


@dataclass(frozen=True, kw_only=True)
class SchemaPart:
    """Nodes, mutations, and further fields of types that stand already.

    ``queries`` and ``subscriptions`` are types whose fields join the root types. ``extends``
    gives fields to a type of the core: their resolvers take its value as ``root``.
    """

    nodes: tuple[type[Node], ...] = ()
    mutations: tuple[Mutation, ...] = ()
    queries: tuple[type[Any], ...] = ()
    subscriptions: tuple[type[Any], ...] = ()
    extends: Mapping[str, Mapping[str, Callable[..., Any]]] = field(
        default_factory=dict[str, Mapping[str, Callable[..., Any]]]
    )
