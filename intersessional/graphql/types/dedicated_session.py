"""Sessions of groups at the annual meeting, in the API."""

from typing import Annotated, ClassVar

import strawberry

from intersessional.domain.dedicated_session import commands
from intersessional.domain.dedicated_session.dedicated_session import can_be_within
from intersessional.domain.dedicated_session.session_state import SessionState
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.cycle import CycleType
from intersessional.graphql.types.document import DocumentType
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.group_kind import checked_kind
from intersessional.graphql.values.occurred import OccurredType
from intersessional.graphql.values.text_status import TextStatus, text_status
from intersessional.projections.annual_meetings import ANNUAL_MEETINGS
from intersessional.projections.dedicated_sessions import (
    DEDICATED_SESSIONS,
    DedicatedSessionDocument,
)
from intersessional.projections.groups import without_session
from intersessional.projections.kernel.view import AnyView

StateOfSession = Annotated[
    SessionState | None, strawberry.argument(description="Only sessions in this state.")
]
KindOfSessions = Annotated[
    str, strawberry.argument(description="The key of the kind of the groups.")
]


@object_type
class DedicatedSessionType(DocumentNode[DedicatedSessionDocument]):
    """A session of a group at the annual meeting."""

    view: ClassVar[AnyView] = DEDICATED_SESSIONS

    @field
    async def group(self) -> GroupType | None:
        """The group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def cycle(self) -> CycleType | None:
        """The cycle at whose annual meeting it is held."""
        return await CycleType.find(self.document.cycle_id, self.loaders)

    @field
    async def title(self) -> str | None:
        """Its title; null for one without."""
        return await self.loaders.text(self.document.title)

    @field
    async def note(self) -> str | None:
        """What it needs, or what the sources leave open."""
        return await self.loaders.text(self.document.note)

    @field
    def state(self) -> SessionState:
        """Its state."""
        return self.document.state

    @field
    def requested(self) -> OccurredType:
        """When it was requested."""
        return OccurredType(value=self.document.requested)

    @field
    def planned(self) -> OccurredType | None:
        """When it is to begin, as it was set last; null while it has no time."""
        planned = self.document.planned
        return None if planned is None else OccurredType(value=planned)

    @field
    async def outside_meeting(self) -> bool | None:
        """Whether its time lies on none of the days of the annual meeting, as they are now: a
        meeting that is moved leaves its sessions where they were set. Null while one is unknown.
        """
        session = self.document
        found = await self.loaders.get(ANNUAL_MEETINGS, annual_meeting_id(session.year))
        if found is None or session.planned is None or session.state.is_final:
            return None
        meeting = found.document
        time_zone = session.time_zone or meeting.time_zone
        if meeting.starts_on is None or meeting.ends_on is None or time_zone is None:
            return None
        return not can_be_within(session.planned, meeting.starts_on, meeting.ends_on, time_zone)

    @field
    def duration_minutes(self) -> int | None:
        """How long it is to take, in minutes; null when not known."""
        return self.document.duration_minutes

    @field
    def time_zone(self) -> str | None:
        """The time zone at the place, by its IANA name; null when not known."""
        return self.document.time_zone

    @field
    async def venue(self) -> str | None:
        """Where in the venue it is held; null when not known."""
        return await self.loaders.text(self.document.venue)

    @field
    def began(self) -> OccurredType | None:
        """When it began; null while it has not been held."""
        began = self.document.began
        return None if began is None else OccurredType(value=began)

    @field
    async def session_record(self) -> str | None:
        """The record of it: what was said, or where it is found."""
        return await self.loaders.text(self.document.record)

    @field
    async def session_record_status(self) -> TextStatus:
        """Whether the record is given; if not, why."""
        document = self.document
        return await text_status(
            document.record, historical=document.is_historical, loaders=self.loaders
        )

    @field
    async def document_of_record(self) -> DocumentType | None:
        """The document that is the record of it."""
        return await DocumentType.find(self.document.document_id, self.loaders)

    @field
    async def reason(self) -> str | None:
        """Why it was cancelled."""
        return await self.loaders.text(self.document.reason)


async def sessions_of(
    root: GroupType | CycleType,
    state: StateOfSession = None,
    first: First = 20,
    after: After = None,
) -> Connection[DedicatedSessionType] | None:
    """The sessions at the annual meeting, in any state or in one, in the order of recording."""
    kind = None if state is None else state.value
    return await DedicatedSessionType.page(
        root.snapshot.key, root.loaders, kind=kind, first=first, after=after
    )


async def groups_without_session(
    root: CycleType, kind: KindOfSessions = "BPF", first: First = 20, after: After = None
) -> Connection[GroupType] | None:
    """The groups of the cycle of which no session at its annual meeting is on record as held: what
    the rule SESSION_HELD reports.
    """
    await checked_kind(kind, root.loaders)
    return await GroupType.page(
        root.snapshot.key, root.loaders, kind=without_session(kind), first=first, after=after
    )


@object_type
class DedicatedSessionQuery:
    """Queries of sessions at the annual meeting."""

    @field
    @shareable
    async def dedicated_session(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> DedicatedSessionType | None:
        """The session with this id."""
        return await DedicatedSessionType.find(parse_id(id), await loaders_at(info.context, as_of))


DEDICATED_SESSION_SCHEMA = SchemaPart(
    nodes=(DedicatedSessionType,),
    enums=(SessionState,),
    queries=(DedicatedSessionQuery,),
    mutations=(
        Mutation(
            commands.RequestSession, "SessionRequested", DedicatedSessionType, versioned=False
        ),
        Mutation(commands.ScheduleSession, "SessionScheduled", DedicatedSessionType),
        Mutation(commands.RecordSessionHeld, "SessionHeld", DedicatedSessionType),
        Mutation(commands.CancelSession, "SessionCancelled", DedicatedSessionType),
    ),
    extends={
        "Group": {"sessions": sessions_of},
        "Cycle": {"sessions": sessions_of, "groups_without_session": groups_without_session},
    },
)
