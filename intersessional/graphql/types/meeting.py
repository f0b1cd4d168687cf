"""Meetings of the MAG in the API."""

from typing import ClassVar

from intersessional.domain.meeting import commands
from intersessional.domain.meeting.meeting import MeetingKind
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.node import DocumentNode, Node
from intersessional.graphql.relay.node_lookup import find_nodes
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.meetings import MEETINGS, MeetingDocument


@object_type
class MeetingType(DocumentNode[MeetingDocument]):
    """A meeting of the Multistakeholder Advisory Group, at which decisions are taken."""

    view: ClassVar[AnyView] = MEETINGS

    @field
    async def label(self) -> str | None:
        """The name of the meeting."""
        return await self.loaders.text(self.document.label)

    @field
    def kind(self) -> MeetingKind:
        """The kind of the meeting."""
        return self.document.kind

    @field
    def ordinal(self) -> int:
        """Its number among the meetings of its kind in the cycle, from 1."""
        return self.document.ordinal

    @field
    def held(self) -> OccurredType:
        """The time of the meeting."""
        return OccurredType(value=self.document.held)

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
    @shareable
    async def states(self, info: Info) -> list[Node]:
        """The decisions, proposals and groups that the summary states."""
        return await find_nodes(self.document.states, self.loaders, info)


MEETING_SCHEMA = SchemaPart(
    nodes=(MeetingType,),
    enums=(MeetingKind,),
    mutations=(
        Mutation(commands.ScheduleMeeting, "MeetingScheduled", MeetingType, versioned=False),
        Mutation(commands.PublishSummary, "SummaryPublished", MeetingType),
    ),
)
