"""Meetings of the MAG in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.meeting.meeting import MeetingKind
from intersessional.graphql.context import Info
from intersessional.graphql.described import field, node_type
from intersessional.graphql.node import Node
from intersessional.graphql.nodes import find_nodes
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.shared import same_for_all
from intersessional.projections.meetings import MEETINGS, MeetingDocument
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.cycle import Cycle

LazyCycle = Annotated["Cycle", strawberry.lazy("intersessional.graphql.cycle")]


@node_type
class Meeting(Node):
    """A meeting of the Multistakeholder Advisory Group, at which decisions are taken."""

    view: ClassVar[AnyView] = MEETINGS

    @property
    def _document(self) -> MeetingDocument:
        return cast("MeetingDocument", self.found.document)

    @field
    async def cycle(self) -> LazyCycle | None:
        """The cycle it belongs to."""
        from intersessional.graphql.cycle import Cycle

        return await Cycle.find(self._document.cycle_id, self.sight)

    @field
    async def label(self) -> str | None:
        """What the meeting is called."""
        return await self.sight.text(self._document.label)

    @field
    def kind(self) -> MeetingKind:
        """How it is held."""
        return self._document.kind

    @field
    def ordinal(self) -> int:
        """Its number among the meetings of its kind in the cycle, from 1."""
        return self._document.ordinal

    @field
    def held(self) -> Occurred:
        """When it is or was held."""
        return Occurred(of=self._document.held)

    @field
    async def note(self) -> str | None:
        """What its sources leave open or tell otherwise."""
        return await self.sight.text(self._document.note)

    @field
    async def summary(self) -> str | None:
        """The rapporteur's summary, as last corrected; null until one is published."""
        return await self.sight.text(self._document.summary)

    @field
    def summary_corrected(self) -> bool:
        """Whether the summary was corrected after it was published."""
        return self._document.corrected

    @field
    @same_for_all
    async def states(self, info: Info) -> list[Node]:
        """What the summary states: decisions, proposals, groups."""
        return await find_nodes(self._document.states, self.sight, info)
