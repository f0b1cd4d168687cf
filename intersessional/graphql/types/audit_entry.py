"""The audit trail: the events themselves."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import orjson
import strawberry
from strawberry.scalars import JSON

from intersessional.domain.kernel.act import Act, Ground, Role
from intersessional.domain.kernel.ids import source_id
from intersessional.domain.kernel.sealed import Sealed
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.loaders import Loaders
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.scalars import Position
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.recorded_event import RecordedEvent, UnknownEvent

if TYPE_CHECKING:
    from intersessional.graphql.relay.node import Node
    from intersessional.graphql.types.participant import ParticipantType
    from intersessional.graphql.types.source import SourceType

LazyNode = Annotated["Node", strawberry.lazy("intersessional.graphql.relay.node")]
LazyParticipant = Annotated[
    "ParticipantType", strawberry.lazy("intersessional.graphql.types.participant")
]
LazySource = Annotated["SourceType", strawberry.lazy("intersessional.graphql.types.source")]


@object_type
class CitedSourceType:
    """A source that an event cites."""

    of: strawberry.Private[str]
    loaders: strawberry.Private[Loaders]

    @field
    def key(self) -> str:
        """The key by which the record knows the source."""
        return self.of

    @field
    async def source(self) -> LazySource | None:
        """The source; null when the record does not list it."""
        from intersessional.graphql.types.source import SourceType

        return await SourceType.find(source_id(self.of), self.loaders)


@object_type
class ProvenanceType:
    """On what ground an event stands in the record."""

    ground: Ground
    """Why the record holds the event."""
    sources: list[CitedSourceType]
    """The sources that tell of it."""


@object_type
class AuditEntryType:
    """One event of the record: it is never changed and never removed."""

    recorded: strawberry.Private[RecordedEvent]
    loaders: strawberry.Private[Loaders]

    @field
    def position(self) -> Position:
        """Its place in the record."""
        return Position(self.recorded.position)

    @field
    def recorded_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self.recorded.recorded_at

    @field
    def occurred(self) -> OccurredType | None:
        """When it happened; null for an event that nothing here understands any more."""
        return None if self._act is None else OccurredType(of=self._act.occurred)

    @field
    def stream(self) -> strawberry.ID:
        """The id of what it happened to."""
        return strawberry.ID(str(self.recorded.stream))

    @field
    @shareable
    async def subject(self, info: Info) -> LazyNode | None:
        """What it happened to, where that is a node."""
        from intersessional.graphql.relay.node_lookup import find_node

        return await find_node(self.recorded.stream, self.loaders, info)

    @field
    def version(self) -> int:
        """Its number among the events of its stream, from 1."""
        return self.recorded.version

    @field
    def topic(self) -> str:
        """The stored name of its kind, with its version, as in `comment.posted.v1`."""
        return self.recorded.topic

    @field
    def name(self) -> str:
        """Its kind as code names it, as in `Comment.Posted`; its topic when it is unknown here."""
        if isinstance(self.recorded.event, UnknownEvent):
            return self.recorded.topic
        return type(self.recorded.event).__qualname__

    @field
    def summary(self) -> str:
        """What an event of its kind says, in a sentence."""
        event = self.recorded.event
        if isinstance(event, UnknownEvent):
            return "An event of a plugin that is not installed here."
        return event.sentence()

    @field
    def role(self) -> Role | None:
        """The role in which someone did it."""
        return None if self._act is None else self._act.actor.role

    @field
    async def person(self) -> LazyParticipant | None:
        """Who did it; null for the operator, and after erasure."""
        return None if self._act is None else await person(self._act.actor.person, self.loaders)

    @field
    def command(self) -> strawberry.ID | None:
        """The id of the command that caused it: events of one act share it."""
        return None if self._act is None else strawberry.ID(str(self._act.command))

    @field
    def provenance(self) -> ProvenanceType | None:
        """On what ground it stands."""
        if self._act is None:
            return None
        told = self._act.provenance
        known = self.loaders.regardless_of_time
        sources = [CitedSourceType(of=key, loaders=known) for key in told.sources]
        return ProvenanceType(ground=told.ground, sources=sources)

    @field
    async def data(self) -> JSON:
        """What it holds: a sealed text stands as its commitment, with its text until erased."""
        state = orjson.loads(self.recorded.state)
        return JSON(await _open(state.get("data", state), self.loaders))

    @property
    def _act(self) -> Act | None:
        event = self.recorded.event
        return None if isinstance(event, UnknownEvent) else event.act


def entries(events: Sequence[RecordedEvent], loaders: Loaders) -> list[AuditEntryType]:
    """These events, as entries of the audit trail."""
    return [AuditEntryType(recorded=event, loaders=loaders) for event in events]


async def person(actor: UUID | Sealed | None, loaders: Loaders) -> "ParticipantType | None":
    """The participant an act names, openly or sealed; None after erasure."""
    from intersessional.graphql.types.participant import ParticipantType

    if isinstance(actor, Sealed):
        text = await loaders.text(actor)
        actor = None if text is None else UUID(text)
    return await ParticipantType.find(actor, loaders)


async def _open(value: object, loaders: Loaders) -> Any:
    # Everything is asked for at once, so that it is read at once.
    if isinstance(value, list):
        items = cast("list[object]", value)
        return await asyncio.gather(*(_open(item, loaders) for item in items))
    if not isinstance(value, dict):
        return value
    fields = cast("dict[str, object]", value)
    if fields.keys() == {"sealed"}:
        return {**fields, "text": await loaders.text(Sealed(sealed=str(fields["sealed"])))}
    opened = await asyncio.gather(*(_open(item, loaders) for item in fields.values()))
    return dict(zip(fields, opened, strict=True))
