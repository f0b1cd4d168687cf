"""Annual meetings in the API."""

from datetime import date
from uuid import UUID

import strawberry

from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.cycles import AnnualMeetingDocument, AnnualMeetingStatus


@object_type
class AnnualMeetingType:
    """The annual meeting a cycle works towards, as far as it is known."""

    of: strawberry.Private[AnnualMeetingDocument]
    key: strawberry.Private[UUID]
    within_cycle: strawberry.Private[Node]

    @field
    async def version(self) -> int:
        """How many events of its own it has: what ``expectedVersion`` is held against."""
        return await self.within_cycle.own_version(self.key)

    @field
    def status(self) -> AnnualMeetingStatus:
        """How sure it is."""
        return self.of.status

    @field
    async def place(self) -> str | None:
        """Where it is to be held."""
        return await self.within_cycle.loaders.text(self.of.place)

    @field
    async def condition(self) -> str | None:
        """What a tentative meeting depends on."""
        return await self.within_cycle.loaders.text(self.of.condition)

    @field
    def within(self) -> OccurredType | None:
        """The time in which a tentative meeting is expected."""
        return None if self.of.within is None else OccurredType(of=self.of.within)

    @field
    def starts_on(self) -> date | None:
        """Its first day; null until it is confirmed."""
        return self.of.starts_on

    @field
    def ends_on(self) -> date | None:
        """Its last day; null until it is confirmed."""
        return self.of.ends_on

    @field
    def time_zone(self) -> str | None:
        """The time zone of its place, by its IANA name."""
        return self.of.time_zone
