"""Groups in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.draft import Draft
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.pages import After, Connection, First, page
from intersessional.graphql.participant import Participant
from intersessional.graphql.proposal import Proposal, proposals
from intersessional.graphql.scalars import Position
from intersessional.graphql.sight import Sight
from intersessional.projections.cycles import CYCLES
from intersessional.projections.decisions import DECISIONS
from intersessional.projections.drafts import DRAFTS
from intersessional.projections.groups import (
    GROUPS,
    GroupDocument,
    GroupMeetingDocument,
    GroupState,
    NameDocument,
)
from intersessional.projections.participants import PARTICIPANTS
from intersessional.projections.view import AnyView

if TYPE_CHECKING:
    from intersessional.graphql.cycle import Cycle

LazyCycle = Annotated["Cycle", strawberry.lazy("intersessional.graphql.cycle")]


@node_type
class GroupName:
    """A name that a group has had."""

    of: strawberry.Private[NameDocument]
    sight: strawberry.Private[Sight]

    @field
    async def name(self) -> str | None:
        """The name."""
        return await self.sight.text(self.of.name)

    @field
    def since(self) -> Position:
        """The position from which it was the name."""
        return Position(self.of.position)


@node_type
class GroupMeeting:
    """A meeting that a group called."""

    of: strawberry.Private[GroupMeetingDocument]
    sight: strawberry.Private[Sight]

    @field
    async def label(self) -> str | None:
        """What it is called."""
        return await self.sight.text(self.of.label)

    @field
    def held(self) -> Occurred:
        """When it is or was held."""
        return Occurred(of=self.of.held)


@node_type
class Group(Node):
    """A group that works between annual meetings: a Best Practice Forum or one of its like."""

    view: ClassVar[AnyView] = GROUPS

    @property
    def _document(self) -> GroupDocument:
        return cast("GroupDocument", self.found.document)

    @field
    async def name(self) -> str | None:
        """Its name as of the moment asked for."""
        return await self.sight.text(self._document.names[-1].name)

    @field
    def names(self) -> list[GroupName]:
        """All the names it has had, oldest first."""
        return [GroupName(of=name, sight=self.sight) for name in self._document.names]

    @field
    def kind(self) -> GroupKind:
        """What kind of group it is."""
        return self._document.kind

    @field
    def state(self) -> GroupState:
        """Where it stands."""
        return self._document.state

    @field
    async def cycle(self) -> LazyCycle | None:
        """The cycle that admitted it."""
        from intersessional.graphql.cycle import Cycle

        found = await self.sight.get(CYCLES, self._document.cycle_id)
        return None if found is None else Cycle.of(found, self.sight)

    @field
    async def decision(self) -> Decision | None:
        """The decision that established it."""
        found = await self.sight.get(DECISIONS, self._document.decision_id)
        return None if found is None else Decision.of(found, self.sight)

    @field
    async def proposal(self) -> Proposal | None:
        """The proposal it was established from, where there was one."""
        if self._document.proposal_id is None:
            return None
        return next(iter(await proposals((self._document.proposal_id,), self)), None)

    @field
    async def merged_from(self) -> list[Proposal]:
        """The proposals that were merged into its own."""
        return await proposals(self._document.merged_from, self)

    @field
    async def facilitators(self) -> list[Participant]:
        """Who facilitates it."""
        ids = [facilitator.participant_id for facilitator in self._document.facilitators]
        found = [await self.sight.get(PARTICIPANTS, id) for id in ids]
        return [Participant.of(one, self.sight) for one in found if one is not None]

    @field
    def meetings(self) -> list[GroupMeeting]:
        """The meetings it called."""
        return [GroupMeeting(of=held, sight=self.sight) for held in self._document.meetings]

    @field
    async def drafts(self, first: First = 20, after: After = None) -> Connection[Draft]:
        """Its draft outputs."""
        return await page(self.sight, DRAFTS, self.found.key, Draft.of, first=first, after=after)
