"""What everything with an id of its own has in common."""

from typing import Any, ClassVar, Self

import strawberry

from intersessional.graphql.audit import AuditEntry, entries
from intersessional.graphql.described import field, interface
from intersessional.graphql.scalars import Position
from intersessional.graphql.sight import Sight
from intersessional.projections.reader import Found
from intersessional.projections.view import AnyView


@interface
class Node:
    """Something with an id of its own, whose every change is an event in the record."""

    view: ClassVar[AnyView]
    found: strawberry.Private[Found[Any]]
    sight: strawberry.Private[Sight]

    @classmethod
    def of(cls, found: Found[Any], sight: Sight) -> Self:
        """The node over a document that was found."""
        return cls(found=found, sight=sight)

    @field
    def id(self) -> strawberry.ID:
        """The same everywhere, for ever."""
        return strawberry.ID(str(self.found.key))

    @field
    def position(self) -> Position:
        """The position of its latest event, as of the moment asked for."""
        return Position(self.found.position)

    @field
    async def version(self) -> int:
        """How many events of its own it has: what `expectedVersion` is held against."""
        events = await self.sight.history(self.view, self.found.key)
        return max((event.version for event in events if event.stream == self.found.key), default=0)

    @field
    async def history(self) -> list[AuditEntry]:
        """Its events, in the order of the record, as of the moment asked for."""
        return entries(await self.sight.history(self.view, self.found.key), self.sight)

    @field
    async def uncertain(self) -> list[AuditEntry]:
        """The events that may or may not have happened by the instant asked for: left out here."""
        return entries(await self.sight.uncertain(self.view, self.found.key), self.sight)
