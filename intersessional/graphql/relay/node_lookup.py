"""Nodes of whatever type, by their ids."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

from strawberry.utils.str_converters import capitalize_first, to_camel_case

from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType


async def find_node(id: UUID, loaders: Loaders, info: Info) -> Node | None:
    """Whatever has this id; None for what had not begun by then."""
    begun = await loaders.event(id, 1)
    kind = None if begun is None else _node_type(begun.topic, info)
    return None if kind is None else await kind.find(id, loaders)


async def find_nodes(ids: Iterable[UUID], loaders: Loaders, info: Info) -> list[Node]:
    """What has these ids, in this order, but for what had not begun by then."""
    found = await asyncio.gather(*(find_node(id, loaders, info) for id in ids))
    return [node for node in found if node is not None]


@shareable
async def subject_of_entry(root: AuditEntryType, info: Info) -> Node | None:
    """What it happened to, where that is a node."""
    return await find_node(root.recorded.stream, root.loaders, info)


def _node_type(topic: str, info: Info) -> type[Node] | None:
    """The type that is named like the subject of a topic, if it is a node's."""
    subject = topic.split(".")[0]
    definition = info.schema.get_type_by_name(capitalize_first(to_camel_case(subject)))
    kind = getattr(definition, "origin", None)
    return kind if isinstance(kind, type) and issubclass(kind, Node) else None
