"""The Node interface: objects that have an id and a history."""

import asyncio
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, Generic, Self, TypeVar, cast
from uuid import UUID

import strawberry

from intersessional.domain.kernel.act import Ground
from intersessional.domain.kernel.aggregate import DomainEvent
from intersessional.graphql.relay.connection import (
    FIRST_MAX,
    After,
    Connection,
    Edge,
    First,
    page_info,
    parse_page,
)
from intersessional.graphql.relay.document_connection import list_connection
from intersessional.graphql.relay.document_page import DocumentPageArguments
from intersessional.graphql.relay.reason import Reason
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, interface
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.projections.kernel.order_of_effect import in_order_of_effect
from intersessional.projections.kernel.reader import DocumentSnapshot
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ANY_KIND, AnyView, ListKey

D = TypeVar("D")

_FIRST = 300
"""The event that began a document is one of these: no document has more that can begin it."""
_LATEST = 10
"""Events that are read at once, the latest ones first."""


@interface
class Node:
    """An object with a UUID; each of its changes is an event in the record."""

    view: ClassVar[AnyView]
    snapshot: strawberry.Private[DocumentSnapshot[Any]]
    loaders: strawberry.Private[Loaders]

    @classmethod
    def from_snapshot(cls, snapshot: DocumentSnapshot[Any], loaders: Loaders) -> Self:
        """The node over a document."""
        return cls(snapshot=snapshot, loaders=loaders)

    @classmethod
    async def find(cls, key: UUID | None, loaders: Loaders) -> Self | None:
        """The node with this key; None without a key, and before its first event."""
        found = None if key is None else await loaders.get(cls.view, key)
        return None if found is None else cls.from_snapshot(found, loaders)

    @classmethod
    async def find_all(cls, keys: Iterable[UUID], loaders: Loaders) -> list[Self]:
        """The nodes with these keys, in this order, without those that had no event yet."""
        # Requested together, so that they are loaded in one batch.
        found = await asyncio.gather(*(cls.find(key, loaders) for key in keys))
        return [one for one in found if one is not None]

    @classmethod
    async def page(
        cls,
        parent: UUID | None,
        loaders: Loaders,
        *,
        first: int,
        after: str | None,
        kind: str | None = None,
    ) -> Connection[Self]:
        """The nodes under a parent, of one kind or all. Raises BadRequest for an invalid page."""
        arguments = DocumentPageArguments.parse(first=first, after=after)
        return await cls.page_of(ListKey(parent, kind or ANY_KIND), loaders, arguments)

    @classmethod
    async def page_of(
        cls, list_key: ListKey, loaders: Loaders, arguments: DocumentPageArguments
    ) -> Connection[Self]:
        """A page of the nodes that a list holds."""
        return await list_connection(cls.view, list_key, loaders, arguments, cls.from_snapshot)

    @field
    def id(self) -> strawberry.ID:
        """A UUID with small letters, the same in all states of the record."""
        return strawberry.ID(str(self.snapshot.key))

    @field
    def position(self) -> Position:
        """The position of its latest event in this state of the record."""
        return Position(self.snapshot.position)

    @field
    async def version(self) -> int:
        """The number of its events: send it as ``expectedVersion`` with a command."""
        return await self.own_version(self.snapshot.key)

    @field
    async def first_event(self) -> AuditEntryType | None:
        """Its first event: who created it, when, and with which provenance."""
        return await self.opening_event()

    @field
    async def latest_event(self) -> AuditEntryType | None:
        """Its latest event in this state of the record; null where no event is about it."""
        if not self.snapshot.position:
            return None
        latest = await self.loaders.events((self.snapshot.position,))
        return next(iter(entries(latest, self.loaders)), None)

    @field
    async def is_illustration(self) -> bool:
        """Whether it is an example of how the record works, and not a fact."""
        return any(
            isinstance(one.event, DomainEvent)
            and one.event.act.provenance.ground is Ground.ILLUSTRATION
            for one in await self._opening()
        )

    @field
    async def history(
        self, first: First = 20, after: After = None
    ) -> Connection[AuditEntryType] | None:
        """Its events up to this state of the record, in order of position."""
        start = parse_page(first, after)
        positions = await self.loaders.history_positions(self.view, self.snapshot.key)
        begin = bisect_right(positions, start)
        page = await self.loaders.events(positions[begin : begin + first])
        edges = [
            Edge(cursor=str(entry.recorded.position), node=entry)
            for entry in entries(page, self.loaders)
        ]
        return Connection(
            total_count=len(positions),
            edges=edges,
            page_info=page_info(edges, after, begin + first < len(positions)),
        )

    @field
    async def uncertain(
        self, first: First = FIRST_MAX, after: After = None
    ) -> list[AuditEntryType]:
        """Events that may have happened after `asOf.occurred`, and so are left out.

        ``after`` is the position of the last one that was read, where there are more than
        ``first``.
        """
        start = parse_page(first, after)
        positions = await self.loaders.history_positions(
            self.view, self.snapshot.key, certain=False
        )
        begin = bisect_right(positions, start)
        return entries(await self.loaders.events(positions[begin : begin + first]), self.loaders)

    async def opening_event(self) -> AuditEntryType | None:
        """The event that began it."""
        return next(iter(entries(await self._opening(), self.loaders)), None)

    async def reasons(self) -> Sequence[Reason]:
        """What it rests on, for a chain of reasons; nothing by default."""
        return ()

    async def own_version(self, stream: UUID) -> int:
        """The version of one of the streams that its events come from."""
        positions = await self.loaders.history_positions(self.view, self.snapshot.key)
        for end in range(len(positions), 0, -_LATEST):
            for one in reversed(await self.loaders.events(positions[max(end - _LATEST, 0) : end])):
                if one.stream == stream:
                    return one.version
            if self.loaders.as_of.occurred is None:
                # All events of the stream count then: there is no need to walk through others'.
                return await self.loaders.version(stream)
            self.loaders.spend_rows(_LATEST)
        return 0

    async def _opening(self) -> Sequence[RecordedEvent]:
        """The event that began it; nothing for a document that is in no event."""
        positions = await self.loaders.history_positions(self.view, self.snapshot.key)
        first = await self.loaders.events(positions[:_FIRST])
        opening = in_order_of_effect(self.view, first)[:1]
        return [one for one in first if one.position in {fact.position for fact in opening}]


class DocumentNode(Node, Generic[D]):
    """A node over documents of one type."""

    @property
    def document(self) -> D:
        """The view's document."""
        return cast("D", self.snapshot.document)
