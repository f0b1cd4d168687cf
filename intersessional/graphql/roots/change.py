"""Changes of nodes, which subscriptions yield."""

from collections.abc import AsyncGenerator, Callable
from contextlib import nullcontext
from typing import Any, Generic, TypeVar
from uuid import UUID

from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.context import Context, Info
from intersessional.graphql.schema.decorators import object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.audit_entry import AuditEntryType
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey

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


async def watch(
    info: Info,
    kind: type[N],
    after: Position | None,
    of: UUID | ListKey,
    belongs: Callable[[N], bool] = lambda _: True,
) -> AsyncGenerator[Change[N], None]:
    """The changes after a position of one node, by its key, or of those that a list holds.

    ``belongs`` leaves out nodes that the list holds too. An event concerns at most one document of
    a view that is watched: a subscriber resumes after a position.
    """
    context = info.context
    async for recorded in context.follow_documents(kind.view, of, after):
        for change in await _changes(context, kind, recorded):
            if _is_of(change.node, of) and belongs(change.node):
                yield change
            # Nothing that was read for it is held until the next event.
            del change


async def _changes(context: Context, kind: type[N], recorded: RecordedEvent) -> list[Change[N]]:
    loaders = context.event_loaders(recorded.position)
    event = AuditEntryType(recorded=recorded, loaders=loaders)
    async with nullcontext() if context.positions is None else context.positions.turn():
        nodes = await kind.find_all(kind.view.keys(recorded.fact), loaders)
    return [Change(position=Position(recorded.position), event=event, node=node) for node in nodes]


def _is_of(node: Node, of: UUID | ListKey) -> bool:
    if isinstance(of, UUID):
        return node.snapshot.key == of
    return of in node.view.lists(node.snapshot.document)
