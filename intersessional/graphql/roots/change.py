"""Changes of nodes, which subscriptions yield."""

from collections.abc import AsyncGenerator, Callable
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.decorators import object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.projections.kernel.as_of import AsOf

N = TypeVar("N", bound=Node)


@object_type
class Change(Generic[N]):
    """An event of a node, with the node after it."""

    position: Position
    """The position of the event: resume after it with `after`."""
    event: AuditEntryType
    """The event."""
    node: N
    """The node in the state right after the event."""


def item_position(item: Any) -> int:
    """The position of a subscription's item: a change or an entry of the audit trail."""
    if isinstance(item, AuditEntryType):
        return item.recorded.position
    return int(item.position)


def listed_under(parent: UUID) -> Callable[[Any], bool]:
    """Whether the view of a node lists it under this parent."""

    def belongs(node: Any) -> bool:
        return any(one.parent == parent for one in node.view.lists(node.snapshot.document))

    return belongs


async def watch(
    info: Info, kind: type[N], after: Position | None, belongs: Callable[[N], bool]
) -> AsyncGenerator[Change[N], None]:
    """The changes after a position of the nodes of a type for which ``belongs`` is true.

    An event concerns at most one document of a view that is watched: a subscriber resumes after a
    position.
    """
    context = info.context
    async for recorded in context.follow(after):
        keys = kind.view.keys(recorded)
        if not keys:
            continue
        loaders = context.new_loaders(AsOf(recorded.position))
        for node in await kind.find_all(keys, loaders):
            if belongs(node):
                yield Change(
                    position=Position(recorded.position),
                    event=AuditEntryType(recorded=recorded, loaders=loaders),
                    node=node,
                )
