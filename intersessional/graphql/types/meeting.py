"""Meetings of the MAG and of groups in the API."""

import asyncio
from datetime import datetime
from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.meeting import commands
from intersessional.domain.meeting.meeting_state import MeetingBody, MeetingKind, MeetingState
from intersessional.domain.meeting.summary import STATED_EVENTS_MAX, STATES_MAX
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.document_page import DocumentPageArguments, ListOrder
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_nodes
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import at_most
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.audit_entry import AuditEntryType, entries
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.meetings import MEETINGS, MeetingDocument, in_calendar

OfYear = Annotated[
    int | None, strawberry.argument(description="The year of the cycle; of all when not given.")
]


@object_type
class MeetingType(DocumentNode[MeetingDocument]):
    """A meeting of the Multistakeholder Advisory Group, or of an intersessional group."""

    view: ClassVar[AnyView] = MEETINGS

    @field
    async def label(self) -> str | None:
        """The name of the meeting."""
        return await self.loaders.text(self.document.label)

    @field
    def body(self) -> MeetingBody:
        """The body that meets."""
        return self.document.body

    @field
    def state(self) -> MeetingState:
        """Whether it is planned, was moved, held or cancelled."""
        return self.document.state

    @field
    def kind(self) -> MeetingKind | None:
        """The kind of the meeting; null where the source does not say."""
        return self.document.kind

    @field
    def ordinal(self) -> int | None:
        """Its number, from 1: for the MAG, among the meetings of its kind in the cycle."""
        return self.document.ordinal

    @field
    def planned(self) -> OccurredType:
        """The time for which it was called last, before or after it was held."""
        return OccurredType(value=self.document.planned)

    @field
    def held(self) -> OccurredType:
        """The same as ``planned``; ``began`` and ``ended`` tell when it took place."""
        return OccurredType(value=self.document.planned)

    @field
    def begins_at(self) -> datetime | None:
        """The instant at which it began, or is to; null where no source tells the clock time."""
        hours = self.document.hours
        return None if hours is None else hours[0]

    @field
    def ends_at(self) -> datetime | None:
        """The instant at which it ended, or is to; null where nobody told."""
        hours = self.document.hours
        return None if hours is None or hours[0] == hours[1] else hours[1]

    @field
    def duration_minutes(self) -> int | None:
        """How long it was planned to take, in minutes; null where nobody told."""
        return self.document.duration_minutes

    @field
    def time_zone(self) -> str | None:
        """The IANA time zone of the meeting; null where the source gives none."""
        return self.document.time_zone

    @field
    def began(self) -> OccurredType | None:
        """When it began; null until it is recorded that it was held."""
        return None if self.document.began is None else OccurredType(value=self.document.began)

    @field
    def ended(self) -> OccurredType | None:
        """When it ended; null where that is not known."""
        return None if self.document.ended is None else OccurredType(value=self.document.ended)

    @field
    async def reason(self) -> str | None:
        """Why it was moved or cancelled."""
        return await self.loaders.text(self.document.reason)

    @field
    async def note(self) -> str | None:
        """A note on what the sources leave open, and where they differ."""
        return await self.loaders.text(self.document.note)

    @field
    async def summary(self) -> str | None:
        """The latest version of the rapporteur's summary; null until one is published."""
        return await self.loaders.text(self.document.summary)

    @field
    def summary_corrected(self) -> bool:
        """Whether the summary was corrected after it was published."""
        return self.document.corrected

    @field
    @at_most(STATES_MAX)
    @shareable
    async def states(self, info: Info) -> list[Node]:
        """The decisions, proposals and groups that it states, and what its events happened to."""
        subjects = dict.fromkeys(one.stream for one in self.document.stated)
        return await find_nodes(subjects, self.loaders, info)

    @field
    @at_most(STATED_EVENTS_MAX)
    async def stated_events(self) -> list[AuditEntryType]:
        """The events that the summary states."""
        found = await asyncio.gather(
            *(
                self.loaders.event(one.stream, one.version)
                for one in self.document.stated
                if one.version is not None
            )
        )
        return entries([one for one in found if one is not None], self.loaders)


@object_type
class MeetingQuery:
    """Queries of meetings."""

    @field
    @shareable
    async def meeting(self, info: Info, id: Id, as_of: PastState = None) -> MeetingType | None:
        """The meeting with this id."""
        return await MeetingType.find(parse_id(id), await loaders_at(info.context, as_of))

    @field
    @shareable
    async def meetings(
        self,
        info: Info,
        year: OfYear = None,
        first: First = 20,
        after: After = None,
        as_of: PastState = None,
    ) -> Connection[MeetingType] | None:
        """The meetings of the MAG and of groups, of one cycle or all, the last recorded first."""
        arguments = DocumentPageArguments.parse(
            first=first, after=after, order=ListOrder.NEWEST_FIRST
        )
        loaders = await loaders_at(info.context, as_of)
        return await MeetingType.page_of(in_calendar(year), loaders, arguments)


MEETING_SCHEMA = SchemaPart(
    nodes=(MeetingType,),
    enums=(MeetingBody, MeetingKind, MeetingState),
    queries=(MeetingQuery,),
    mutations=(
        Mutation(commands.ScheduleMeeting, "MeetingScheduled", MeetingType, versioned=False),
        Mutation(
            commands.ScheduleGroupMeeting, "GroupMeetingScheduled", MeetingType, versioned=False
        ),
        Mutation(commands.MoveMeeting, "MeetingMoved", MeetingType),
        Mutation(commands.RecordMeetingHeld, "MeetingHeld", MeetingType),
        Mutation(commands.CancelMeeting, "MeetingCancelled", MeetingType),
        Mutation(commands.PublishSummary, "SummaryPublished", MeetingType),
    ),
)
