"""Finds nodes of any type by their ids."""

import asyncio
from collections.abc import Iterable
from uuid import UUID

from strawberry.utils.str_converters import capitalize_first, to_camel_case

from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType

MENTIONS_MAX = 5


async def find_node(id: UUID, loaders: Loaders, info: Info) -> Node | None:
    """The node with this id; None before its first event."""
    first = await loaders.event(id, 1)
    kind = None if first is None else _node_type(first.topic, info)
    return None if kind is None else await kind.find(id, loaders)


async def find_nodes(ids: Iterable[UUID], loaders: Loaders, info: Info) -> list[Node]:
    """The nodes with these ids, in this order, without those that had no event yet."""
    found = await asyncio.gather(*(find_node(id, loaders, info) for id in ids))
    return [node for node in found if node is not None]


@shareable
async def subject_of_entry(root: AuditEntryType, info: Info) -> Node | None:
    """The node that the event changed; null when it is not a node of the API."""
    return await find_node(root.recorded.stream, root.loaders, info)


@shareable
@at_most(MENTIONS_MAX)
async def mentions_of_entry(root: AuditEntryType, info: Info) -> list[Node]:
    """Other nodes that the event's data names by their ids, such as a decision; the first ones."""
    # A new event has its fields in another order than one that is recorded, which are sorted.
    values = [value for _, value in sorted(vars(root.recorded.fact.event).items())]
    ids = {one: None for one in values if isinstance(one, UUID) and one != root.recorded.stream}
    return await find_nodes([*ids][:MENTIONS_MAX], root.loaders, info)


def _node_type(topic: str, info: Info) -> type[Node] | None:
    """The node type with the name of the topic's aggregate, if there is one."""
    subject = topic.split(".")[0]
    definition = info.schema.get_type_by_name(capitalize_first(to_camel_case(subject)))
    kind = getattr(definition, "origin", None)
    return kind if isinstance(kind, type) and issubclass(kind, Node) else None
