"""A part of the schema: what a noun of the core or a plugin contributes to it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.counter import Counter

Resolvers = Mapping[str, Callable[..., Any]]


@dataclass(frozen=True, kw_only=True)
class SchemaPart:
    """Nodes, mutations, root fields, and further fields of types of other parts.

    ``queries`` and ``subscriptions`` are types whose fields join the root types. ``extends``
    gives fields to a type by its name: their resolvers take its value as ``root``. ``enums`` are
    the enumerations of the domain and of views that the part's fields and commands use.
    ``counters`` count, by the name of a node type, what the record itself holds of such a node:
    it is shown beside what statistics report of it (DOMAIN row 18).
    """

    nodes: tuple[type[Node], ...] = ()
    enums: tuple[type[Enum], ...] = ()
    queries: tuple[type[Any], ...] = ()
    mutations: tuple[Mutation, ...] = ()
    subscriptions: tuple[type[Any], ...] = ()
    extends: Mapping[str, Resolvers] = field(default_factory=dict[str, Resolvers])
    counters: Mapping[str, Counter] = field(default_factory=dict[str, Counter])


def combined(parts: Sequence[SchemaPart]) -> SchemaPart:
    """All parts as one.

    Raises ValueError when two give a type a field of the same name, or both count for it.
    """
    counters: dict[str, Counter] = {}
    for part in parts:
        for name in counters.keys() & part.counters.keys():
            raise ValueError(f"two parts count what the record holds of a {name}")
        counters.update(part.counters)
    extends: dict[str, dict[str, Callable[..., Any]]] = {}
    for part in parts:
        for name, resolvers in part.extends.items():
            given = extends.setdefault(name, {})
            for field_name in given.keys() & resolvers.keys():
                raise ValueError(f"two parts give {name} a field {field_name}")
            given.update(resolvers)
    return SchemaPart(
        nodes=tuple(node for part in parts for node in part.nodes),
        enums=tuple(kind for part in parts for kind in part.enums),
        queries=tuple(query for part in parts for query in part.queries),
        mutations=tuple(mutation for part in parts for mutation in part.mutations),
        subscriptions=tuple(kind for part in parts for kind in part.subscriptions),
        extends=extends,
        counters=counters,
    )
