"""Annual meetings in the API."""

from datetime import date
from typing import ClassVar

import strawberry

from intersessional.domain.annual_meeting import commands
from intersessional.domain.annual_meeting.annual_meeting import OPTIONS_MAX
from intersessional.domain.annual_meeting.annual_meeting_status import (
    AnnualMeetingStatus,
    VenueStatus,
)
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.annual_meetings import (
    ANNUAL_MEETINGS,
    AnnualMeetingDocument,
    VenueOptionDocument,
)
from intersessional.projections.kernel.view import AnyView


@object_type
class VenueOptionType:
    """A place where the annual meeting might be held."""

    value: strawberry.Private[VenueOptionDocument]
    loaders: strawberry.Private[Loaders]

    @field
    def id(self) -> strawberry.ID:
        """A UUID: the option of a command that changes it."""
        return strawberry.ID(str(self.value.id))

    @field
    def rank(self) -> int:
        """The rank among the options; 1 is the most wanted."""
        return self.value.rank

    @field
    def status(self) -> VenueStatus:
        """Its status."""
        return self.value.status

    @field
    async def description(self) -> str | None:
        """The place, and what the option depends on."""
        return await self.loaders.text(self.value.description)

    @field
    async def reason(self) -> str | None:
        """Why its status or rank changed last."""
        return await self.loaders.text(self.value.reason)


@object_type
class AnnualMeetingType(DocumentNode[AnnualMeetingDocument]):
    """The IGF annual meeting of a cycle."""

    view: ClassVar[AnyView] = ANNUAL_MEETINGS

    @field
    def status(self) -> AnnualMeetingStatus:
        """The status of its dates."""
        return self.document.status

    @field
    async def place(self) -> str | None:
        """The place; null while unknown."""
        return await self.loaders.text(self.document.place)

    @field
    async def condition(self) -> str | None:
        """The condition that a tentative meeting depends on."""
        return await self.loaders.text(self.document.condition)

    @field
    def within(self) -> OccurredType | None:
        """The period in which a tentative meeting is expected."""
        return None if self.document.within is None else OccurredType(value=self.document.within)

    @field
    def starts_on(self) -> date | None:
        """The first day; null until it is confirmed."""
        return self.document.starts_on

    @field
    def ends_on(self) -> date | None:
        """The last day; null until it is confirmed."""
        return self.document.ends_on

    @field
    def time_zone(self) -> str | None:
        """The IANA time zone of the place."""
        return self.document.time_zone

    @field
    async def reason(self) -> str | None:
        """Why it was moved, corrected or cancelled last."""
        return await self.loaders.text(self.document.reason)

    @field
    @at_most(OPTIONS_MAX)
    def venue_options(self) -> list[VenueOptionType]:
        """The places where it might be held, or might have been, in the order of their ranks."""
        options = sorted(self.document.options, key=lambda option: option.rank)
        return [VenueOptionType(value=option, loaders=self.loaders) for option in options]

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle it belongs to."""
        return await CycleType.find(self.document.cycle_id, self.loaders)


async def annual_meeting_of(root: CycleType) -> AnnualMeetingType | None:
    """The annual meeting; null until anything is recorded about it."""
    return await AnnualMeetingType.find(annual_meeting_id(root.document.year), root.loaders)


ANNUAL_MEETING_SCHEMA = SchemaPart(
    nodes=(AnnualMeetingType,),
    enums=(
        AnnualMeetingStatus,
        VenueStatus,
    ),
    mutations=(
        Mutation(commands.RecordVenueOption, "VenueOptionRecorded", AnnualMeetingType),
        Mutation(commands.ChangeVenueOption, "VenueOptionChanged", AnnualMeetingType),
        Mutation(commands.SetTentativeDates, "TentativeDatesSet", AnnualMeetingType),
        Mutation(commands.ConfirmAnnualMeeting, "AnnualMeetingConfirmed", AnnualMeetingType),
        Mutation(commands.RescheduleAnnualMeeting, "AnnualMeetingRescheduled", AnnualMeetingType),
        Mutation(commands.CorrectAnnualMeeting, "AnnualMeetingCorrected", AnnualMeetingType),
        Mutation(commands.CancelAnnualMeeting, "AnnualMeetingCancelled", AnnualMeetingType),
    ),
    extends={"Cycle": {"annual_meeting": annual_meeting_of}},
)
