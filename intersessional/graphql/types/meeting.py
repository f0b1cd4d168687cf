"""Meetings of the MAG in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.meeting.meeting import MeetingKind
from intersessional.graphql.relay.node import Node
from intersessional.graphql.relay.node_lookup import find_nodes
from intersessional.graphql.request.context import Info
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.kernel.view import AnyView
from intersessional.projections.meetings import MEETINGS, MeetingDocument

if TYPE_CHECKING:
    from intersessional.graphql.types.cycle import CycleType

LazyCycle = Annotated["CycleType", strawberry.lazy("intersessional.graphql.types.cycle")]


@object_type
class MeetingType(Node):
    """A meeting of the Multistakeholder Advisory Group, at which decisions are taken."""

    view: ClassVar[AnyView] = MEETINGS

    @property
    def _document(self) -> MeetingDocument:
        return cast("MeetingDocument", self.found.document)

    @field
    async def cycle(self) -> LazyCycle | None:
        """The cycle it belongs to."""
        from intersessional.graphql.types.cycle import CycleType

        return await CycleType.find(self._document.cycle_id, self.loaders)

    @field
    async def label(self) -> str | None:
        """What the meeting is called."""
        return await self.loaders.text(self._document.label)

    @field
    def kind(self) -> MeetingKind:
        """How it is held."""
        return self._document.kind

    @field
    def ordinal(self) -> int:
        """Its number among the meetings of its kind in the cycle, from 1."""
        return self._document.ordinal

    @field
    def held(self) -> OccurredType:
        """When it is or was held."""
        return OccurredType(of=self._document.held)

    @field
    async def note(self) -> str | None:
        """What its sources leave open or tell otherwise."""
        return await self.loaders.text(self._document.note)

    @field
    async def summary(self) -> str | None:
        """The rapporteur's summary, as last corrected; null until one is published."""
        return await self.loaders.text(self._document.summary)

    @field
    def summary_corrected(self) -> bool:
        """Whether the summary was corrected after it was published."""
        return self._document.corrected

    @field
    @shareable
    async def states(self, info: Info) -> list[Node]:
        """What the summary states: decisions, proposals, groups."""
        return await find_nodes(self._document.states, self.loaders, info)
