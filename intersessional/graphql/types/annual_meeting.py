"""Annual meetings in the API."""

from datetime import date
from uuid import UUID

import strawberry

from intersessional.domain.annual_meeting import commands
from intersessional.domain.annual_meeting.annual_meeting import VenueStatus
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import Node
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.cycles import AnnualMeetingDocument, AnnualMeetingStatus


@object_type
class AnnualMeetingType:
    """The IGF annual meeting of a cycle."""

    value: strawberry.Private[AnnualMeetingDocument]
    key: strawberry.Private[UUID]
    within_cycle: strawberry.Private[Node]

    @field
    async def version(self) -> int:
        """The number of its events: send it as ``expectedVersion`` with a command."""
        return await self.within_cycle.own_version(self.key)

    @field
    def status(self) -> AnnualMeetingStatus:
        """The status of its dates."""
        return self.value.status

    @field
    async def place(self) -> str | None:
        """The place; null while unknown."""
        return await self.within_cycle.loaders.text(self.value.place)

    @field
    async def condition(self) -> str | None:
        """The condition that a tentative meeting depends on."""
        return await self.within_cycle.loaders.text(self.value.condition)

    @field
    def within(self) -> OccurredType | None:
        """The period in which a tentative meeting is expected."""
        return None if self.value.within is None else OccurredType(value=self.value.within)

    @field
    def starts_on(self) -> date | None:
        """The first day; null until it is confirmed."""
        return self.value.starts_on

    @field
    def ends_on(self) -> date | None:
        """The last day; null until it is confirmed."""
        return self.value.ends_on

    @field
    def time_zone(self) -> str | None:
        """The IANA time zone of the place."""
        return self.value.time_zone


def annual_meeting_of(root: CycleType) -> AnnualMeetingType | None:
    """The annual meeting; null until anything is recorded about it."""
    meeting = root.document.annual_meeting
    if meeting is None:
        return None
    key = annual_meeting_id(root.document.year)
    return AnnualMeetingType(value=meeting, key=key, within_cycle=root)


ANNUAL_MEETING_SCHEMA = SchemaPart(
    enums=(
        AnnualMeetingStatus,
        VenueStatus,
    ),
    mutations=(
        Mutation(commands.RecordVenueOption, "VenueOptionRecorded", CycleType),
        Mutation(commands.SetTentativeDates, "TentativeDatesSet", CycleType),
        Mutation(commands.ConfirmAnnualMeeting, "AnnualMeetingConfirmed", CycleType),
        Mutation(commands.RescheduleAnnualMeeting, "AnnualMeetingRescheduled", CycleType),
    ),
    extends={"Cycle": {"annual_meeting": annual_meeting_of}},
)
