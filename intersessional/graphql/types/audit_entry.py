"""Entries of the audit trail."""

from collections.abc import Sequence
from datetime import datetime

import strawberry
from strawberry.scalars import JSON

from intersessional.domain.kernel.act import SOURCES_MAX, Act, Citation, Ground, Role
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.list_size import ListSize
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent


@object_type
class CitedSourceType:
    """A source that an event cites."""

    value: strawberry.Private[Citation]
    loaders: strawberry.Private[Loaders]

    @field
    def key(self) -> str:
        """The source's key."""
        return self.value.key

    @field
    def place(self) -> str | None:
        """The place in it, such as a paragraph; null where none is cited."""
        return self.value.place


@object_type
class ProvenanceType:
    """The ground on which an event is in the record, and its sources."""

    ground: Ground
    """Why the record holds the event."""
    sources: list[CitedSourceType] = strawberry.field(directives=[ListSize(max=SOURCES_MAX)])
    """The sources that report it."""


@object_type
class AuditEntryType:
    """One event of the record. It is never changed or removed."""

    recorded: strawberry.Private[RecordedEvent]
    loaders: strawberry.Private[Loaders]

    @field
    def position(self) -> Position:
        """Its position in the record."""
        return Position(self.recorded.position)

    @field
    def recorded_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self.recorded.recorded_at

    @field
    def occurred(self) -> OccurredType | None:
        """When it happened; null for an event of a plugin that is not installed."""
        return None if self.act is None else OccurredType(value=self.act.occurred)

    @field
    def stream(self) -> strawberry.ID:
        """The id of the aggregate that it changed."""
        return strawberry.ID(str(self.recorded.stream))

    @field
    def version(self) -> int:
        """Its number among the events of its stream, from 1."""
        return self.recorded.version

    @field
    def topic(self) -> str:
        """The stored name of its type with a version, like `comment.posted.v1`."""
        return self.recorded.topic

    @field
    def name(self) -> str:
        """The name of its type, like `Comment.Posted`; its topic when the type is not installed."""
        if isinstance(self.recorded.event, UnknownEvent):
            return self.recorded.topic
        return type(self.recorded.event).__qualname__

    @field
    def summary(self) -> str:
        """The meaning of events of its type, in a sentence."""
        event = self.recorded.event
        if isinstance(event, UnknownEvent):
            return "An event of a plugin or of a version that is not installed here."
        return event.sentence()

    @field
    def role(self) -> Role | None:
        """The role in which it was caused; SYSTEM where a rule or the clock caused it."""
        return None if self.act is None else self.act.actor.role

    @field
    def command(self) -> strawberry.ID | None:
        """The id of the command that caused it: all events of a command share it."""
        return None if self.act is None else strawberry.ID(str(self.act.command))

    @field
    def provenance(self) -> ProvenanceType | None:
        """The ground on which it is in the record, and its sources."""
        if self.act is None:
            return None
        provenance = self.act.provenance
        loaders = self.loaders.regardless_of_time
        sources = [CitedSourceType(value=cited, loaders=loaders) for cited in provenance.sources]
        return ProvenanceType(ground=provenance.ground, sources=sources)

    @field
    async def data(self) -> JSON:
        """Its data as JSON; a sealed text as its commitment with its text, where it can be read."""
        return JSON(await self.loaders.event_data(self.recorded))

    @property
    def act(self) -> Act | None:
        """The act of the event; None for an event whose class is not installed."""
        event = self.recorded.event
        return None if isinstance(event, UnknownEvent) else event.act


def entries(events: Sequence[RecordedEvent], loaders: Loaders) -> list[AuditEntryType]:
    """These events, as entries of the audit trail."""
    return [AuditEntryType(recorded=event, loaders=loaders) for event in events]
