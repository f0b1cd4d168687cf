"""The preview of a command in the API."""

import asyncio
from collections.abc import Sequence
from typing import Any, TypeVar

import strawberry

from intersessional.domain.command_handling.command_preview import CommandPreview
from intersessional.graphql.mutations.refusals import Refusal, refusal_value
from intersessional.graphql.relay.connection import (
    After,
    Connection,
    Edge,
    First,
    page_info,
    parse_page,
)
from intersessional.graphql.relay.node import Node
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.projections.kernel.preview_reader import PreviewReader
from intersessional.projections.kernel.previewed_events import PreviewedEvents
from intersessional.projections.kernel.reader import DocumentSnapshot

N = TypeVar("N")

_OVERRIDES_MAX = 20


@object_type
class PreviewedChange:
    """A node that the command would change, in both states: any of its fields can be compared."""

    before: Node | None
    """The node as it is; null where there is none yet."""
    after: Node | None
    """The node as it would be."""


@object_type
class CommandPreviewType:
    """What a command would record now. Nothing is recorded, and nothing counts as submitted.

    What is recorded between the preview and the command may change the outcome: send the version
    that was read as `expectedVersion`, where the command has one.
    """

    preview: strawberry.Private[CommandPreview]
    previewed: strawberry.Private[PreviewedEvents]
    reader: strawberry.Private[PreviewReader]
    recorded: strawberry.Private[Loaders]
    """What is recorded."""
    loaders: strawberry.Private[Loaders]
    """What would be recorded, too."""
    nodes: strawberry.Private[Sequence[type[Node]]]

    @field
    def position(self) -> Position:
        """The last position of the record, on which the preview rests."""
        return Position(self.previewed.position)

    @field
    def repeated(self) -> bool:
        """Whether the command is recorded already: then it would record nothing more."""
        return self.preview.repeated

    @field
    def refusal(self) -> Refusal | None:
        """The refusal that the command would get; then it would record nothing."""
        refused = self.preview.refused
        return None if refused is None else refusal_value(refused)

    @field
    @at_most(_OVERRIDES_MAX)
    def overrides_needed(self) -> list[Refusal]:
        """The gates that it deviates from and carries no override of: `OverrideRequired` each."""
        return [refusal_value(one) for one in self.preview.overrides_needed[:_OVERRIDES_MAX]]

    @field
    def events(self, first: First = 20, after: After = None) -> Connection[AuditEntryType] | None:
        """The events that it would record, in order, at the positions that they would have now.

        Their `data` is empty: texts are sealed when they are recorded.
        """
        return _page(entries(self.previewed.events, self.loaders), first, after)

    @field
    async def changes(
        self, first: First = 20, after: After = None
    ) -> Connection[PreviewedChange] | None:
        """The nodes that would be changed, in the order of the events."""
        found = await asyncio.gather(*(self._changes(kind) for kind in self.nodes))
        ordered = sorted((one for of_kind in found for one in of_kind), key=lambda one: one[0])
        return _page([change for _, change in ordered], first, after)

    async def _changes(self, kind: type[Node]) -> Sequence[tuple[int, PreviewedChange]]:
        events = self.previewed.by_key(kind.view)
        changed: list[tuple[int, PreviewedChange]] = []
        for key, one in (await self.reader.changes(kind.view)).items():
            if _document(one.before) != _document(one.after):
                change = PreviewedChange(
                    before=_node(kind, one.before, self.recorded),
                    after=_node(kind, one.after, self.loaders),
                )
                changed.append((events[key][0].position, change))
        return changed


def _document(snapshot: DocumentSnapshot[Any] | None) -> object:
    return None if snapshot is None else snapshot.document


def _node(
    kind: type[Node], snapshot: DocumentSnapshot[Any] | None, loaders: Loaders
) -> Node | None:
    return None if snapshot is None else kind.from_snapshot(snapshot, loaders)


def _page(items: Sequence[N], first: int, after: str | None) -> Connection[N]:
    """A page of a list; the cursor of an item is its place, from 1."""
    start = parse_page(first, after)
    edges = [
        Edge(cursor=str(place), node=item)
        for place, item in enumerate(items[start : start + first], start=start + 1)
    ]
    info = page_info(edges, after, start + first < len(items))
    return Connection(total_count=len(items), edges=edges, page_info=info)
