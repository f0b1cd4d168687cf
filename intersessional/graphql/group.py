"""Groups in the API."""

from typing import TYPE_CHECKING, Annotated, ClassVar, cast

import strawberry

from intersessional.domain.cycle.cycle import GroupKind
from intersessional.graphql.decision import Decision
from intersessional.graphql.described import field, node_type
from intersessional.graphql.draft import Draft
from intersessional.graphql.node import Node
from intersessional.graphql.occurred import Occurred
from intersessional.graphql.pages import After, Connection, First
from intersessional.graphql.participant import Participant
from intersessional.graphql.proposal import Proposal
from intersessional.graphql.scalars import Position
from intersessional.graphql.sight import Sight
from intersessional.projections.groups import (
    GROUPS,
    FacilitatorDocument,
    GroupDocument,
    GroupMeetingDocument,
    GroupState,
    NameDocument,
)
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
class Facilitator:
    """Someone who facilitates a group."""

    of: strawberry.Private[FacilitatorDocument]
    sight: strawberry.Private[Sight]

    @field
    async def participant(self) -> Participant | None:
        """Who it is."""
        return await Participant.find(self.of.participant_id, self.sight)

    @field
    def mag_member(self) -> bool:
        """Whether they were a member of the MAG when they were appointed."""
        return self.of.mag_member


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

        return await Cycle.find(self._document.cycle_id, self.sight)

    @field
    async def decision(self) -> Decision | None:
        """The decision that established it."""
        return await Decision.find(self._document.decision_id, self.sight)

    @field
    async def proposal(self) -> Proposal | None:
        """The proposal it was established from, where there was one."""
        return await Proposal.find(self._document.proposal_id, self.sight)

    @field
    async def merged_from(self) -> list[Proposal]:
        """The proposals that were merged into its own."""
        return await Proposal.find_all(self._document.merged_from, self.sight)

    @field
    def facilitators(self) -> list[Facilitator]:
        """Who facilitates it."""
        return [Facilitator(of=one, sight=self.sight) for one in self._document.facilitators]

    @field
    def meetings(self) -> list[GroupMeeting]:
        """The meetings it called."""
        return [GroupMeeting(of=held, sight=self.sight) for held in self._document.meetings]

    @field
    async def drafts(self, first: First = 20, after: After = None) -> Connection[Draft] | None:
        """Its draft outputs."""
        return await Draft.page(self.found.key, self.sight, first=first, after=after)
