"""The audit trail: the events themselves."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any, cast
from uuid import UUID

import orjson
import strawberry
from strawberry.scalars import JSON

from intersessional.domain.act import Act, Ground, Role
from intersessional.domain.ids import source_id
from intersessional.domain.sealed import Sealed
from intersessional.graphql.context import Info
from intersessional.graphql.described import field, node_type
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.scalars import Position
from intersessional.graphql.shared import same_for_all
from intersessional.graphql.sight import Sight
from intersessional.projections.recorded import Recorded, Unknown

if TYPE_CHECKING:
    from intersessional.graphql.node import Node
    from intersessional.graphql.participant import Participant
    from intersessional.graphql.source import Source

LazyNode = Annotated["Node", strawberry.lazy("intersessional.graphql.node")]
LazyParticipant = Annotated["Participant", strawberry.lazy("intersessional.graphql.participant")]
LazySource = Annotated["Source", strawberry.lazy("intersessional.graphql.source")]


@node_type
class CitedSource:
    """A source that an event cites."""

    of: strawberry.Private[str]
    sight: strawberry.Private[Sight]

    @field
    def key(self) -> str:
        """The key by which the record knows the source."""
        return self.of

    @field
    async def source(self) -> LazySource | None:
        """The source; null when the record does not list it."""
        from intersessional.graphql.source import Source

        return await Source.find(source_id(self.of), self.sight)


@node_type
class Provenance:
    """On what ground an event stands in the record."""

    ground: Ground
    """Why the record holds the event."""
    sources: list[CitedSource]
    """The sources that tell of it."""


@node_type
class AuditEntry:
    """One event of the record: it is never changed and never removed."""

    recorded: strawberry.Private[Recorded]
    sight: strawberry.Private[Sight]

    @field
    def position(self) -> Position:
        """Its place in the record."""
        return Position(self.recorded.position)

    @field
    def recorded_at(self) -> datetime:
        """When it was recorded, by the server's clock."""
        return self.recorded.recorded_at

    @field
    def occurred(self) -> Occurred | None:
        """When it happened; null for an event that nothing here understands any more."""
        return None if self._act is None else Occurred(of=self._act.occurred)

    @field
    def stream(self) -> strawberry.ID:
        """The id of what it happened to."""
        return strawberry.ID(str(self.recorded.stream))

    @field
    @same_for_all
    async def subject(self, info: Info) -> LazyNode | None:
        """What it happened to, where that is a node."""
        from intersessional.graphql.nodes import find_node

        return await find_node(self.recorded.stream, self.sight, info)

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
        if isinstance(self.recorded.event, Unknown):
            return self.recorded.topic
        return type(self.recorded.event).__qualname__

    @field
    def summary(self) -> str:
        """What an event of its kind says, in a sentence."""
        event = self.recorded.event
        if isinstance(event, Unknown):
            return "An event of a plugin that is not installed here."
        return event.sentence()

    @field
    def role(self) -> Role | None:
        """The role in which someone did it."""
        return None if self._act is None else self._act.actor.role

    @field
    async def person(self) -> LazyParticipant | None:
        """Who did it; null for the operator, and after erasure."""
        return None if self._act is None else await person(self._act.actor.person, self.sight)

    @field
    def command(self) -> strawberry.ID | None:
        """The id of the command that caused it: events of one act share it."""
        return None if self._act is None else strawberry.ID(str(self._act.command))

    @field
    def provenance(self) -> Provenance | None:
        """On what ground it stands."""
        if self._act is None:
            return None
        told = self._act.provenance
        known = self.sight.regardless_of_time
        sources = [CitedSource(of=key, sight=known) for key in told.sources]
        return Provenance(ground=told.ground, sources=sources)

    @field
    async def data(self) -> JSON:
        """What it holds: a sealed text stands as its commitment, with its text until erased."""
        state = orjson.loads(self.recorded.state)
        return JSON(await _open(state.get("data", state), self.sight))

    @property
    def _act(self) -> Act | None:
        event = self.recorded.event
        return None if isinstance(event, Unknown) else event.act


def entries(events: Sequence[Recorded], sight: Sight) -> list[AuditEntry]:
    """These events, as entries of the audit trail."""
    return [AuditEntry(recorded=event, sight=sight) for event in events]


async def person(actor: UUID | Sealed | None, sight: Sight) -> "Participant | None":
    """The participant an act names, openly or sealed; None after erasure."""
    from intersessional.graphql.participant import Participant

    if isinstance(actor, Sealed):
        text = await sight.text(actor)
        actor = None if text is None else UUID(text)
    return await Participant.find(actor, sight)


async def _open(value: object, sight: Sight) -> Any:
    # Everything is asked for at once, so that it is read at once.
    if isinstance(value, list):
        items = cast("list[object]", value)
        return await asyncio.gather(*(_open(item, sight) for item in items))
    if not isinstance(value, dict):
        return value
    fields = cast("dict[str, object]", value)
    if fields.keys() == {"sealed"}:
        return {**fields, "text": await sight.text(Sealed(sealed=str(fields["sealed"])))}
    opened = await asyncio.gather(*(_open(item, sight) for item in fields.values()))
    return dict(zip(fields, opened, strict=True))
