"""Volunteers in the API."""

from typing import ClassVar

from intersessional.domain.call.call import VOLUNTEERS
from intersessional.domain.call.call_period import CallState
from intersessional.domain.group_kind.group_kind_rules import AD_HOC
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.volunteer_offer import commands
from intersessional.graphql.mutations.mutation import Mutation
from intersessional.graphql.relay.connection import After, Connection, First
from intersessional.graphql.relay.ids import parse_id
from intersessional.graphql.relay.node import DocumentNode
from intersessional.graphql.request.as_of_input import loaders_at
from intersessional.graphql.request.context import Info
from intersessional.graphql.request.every_document import every_document
from intersessional.graphql.roots.arguments import Id, PastState
from intersessional.graphql.schema.decorators import field, object_type
from intersessional.graphql.schema.schema_part import SchemaPart
from intersessional.graphql.schema.shareable import shareable
from intersessional.graphql.types.call import CallType, StateAt
from intersessional.graphql.types.group import GroupType
from intersessional.graphql.types.participant import ParticipantType, find_participant
from intersessional.graphql.values.occurred import OccurredType
from intersessional.projections.calls import CALLS
from intersessional.projections.group_states import GroupState
from intersessional.projections.kernel.view import AnyView, ListKey
from intersessional.projections.volunteer_offers import (
    STANDING,
    VOLUNTEER_OFFERS,
    VolunteerOfferDocument,
)

_NOT_AT_WORK = (GroupState.PROPOSED, GroupState.CONCLUDED, GroupState.DISSOLVED)


@object_type
class VolunteerOfferType(DocumentNode[VolunteerOfferDocument]):
    """What a volunteer offered: their work in a group, or in answer to a call."""

    view: ClassVar[AnyView] = VOLUNTEER_OFFERS

    @field
    async def participant(self) -> ParticipantType | None:
        """The volunteer; null for somebody who is known by name only, and after erasure."""
        return await find_participant(self.document.person, self.loaders)

    @field
    async def name(self) -> str | None:
        """The name of the volunteer, as given or as their own; null after erasure."""
        given: Sealed | None = self.document.name
        if given is not None:
            return await self.loaders.text(given)
        person = await find_participant(self.document.person, self.loaders)
        return None if person is None else await self.loaders.text(person.document.display_name)

    @field
    def stakeholder_group(self) -> StakeholderGroup | None:
        """Their stakeholder group when they volunteered."""
        return self.document.stakeholder_group

    @field
    def region(self) -> Region | None:
        """Their regional group when they volunteered."""
        return self.document.region

    @field
    async def note(self) -> str | None:
        """What they bring, or wish to do."""
        return await self.loaders.text(self.document.note)

    @field
    def made(self) -> OccurredType:
        """When they volunteered."""
        return OccurredType(value=self.document.made)

    @field
    def withdrawn(self) -> bool:
        """Whether they took it back."""
        return self.document.withdrawn

    @field
    async def group(self) -> GroupType | None:
        """The group that they volunteered for; null for a call that is for no group."""
        return await GroupType.find(self.document.group_id, self.loaders)

    @field
    async def call(self) -> CallType | None:
        """The call that they answered; null where there was none."""
        return await CallType.find(self.document.call_id, self.loaders)


async def volunteers_of(
    root: GroupType | CallType, first: First = 20, after: After = None
) -> Connection[VolunteerOfferType] | None:
    """Those who have volunteered and not taken it back, in the order of recording."""
    return await VolunteerOfferType.page(
        root.snapshot.key, root.loaders, kind=STANDING, first=first, after=after
    )


async def formed_in_part(root: GroupType, at: StateAt = None) -> bool:
    """Whether this group for one occasion is formed of those who are known only: a call for
    volunteers for it is open at an instant; where none is given, nobody has closed it.
    """
    group = root.document
    if group.kind != AD_HOC or group.state in _NOT_AT_WORK:
        return False
    instant = at or root.loaders.as_of.occurred
    async for call in every_document(root.loaders, CALLS, ListKey(root.snapshot.key, VOLUNTEERS)):
        period, closed = call.document.period, call.document.closed
        if instant is None and closed is None:
            return True
        if instant is not None and period.state_at(instant, closed) is CallState.OPEN:
            return True
    return False


@object_type
class VolunteerOfferQuery:
    """Queries of offers of volunteers."""

    @field
    @shareable
    async def volunteer_offer(
        self, info: Info, id: Id, as_of: PastState = None
    ) -> VolunteerOfferType | None:
        """The offer of a volunteer with this id."""
        return await VolunteerOfferType.find(parse_id(id), await loaders_at(info.context, as_of))


VOLUNTEER_OFFER_SCHEMA = SchemaPart(
    nodes=(VolunteerOfferType,),
    queries=(VolunteerOfferQuery,),
    mutations=(
        Mutation(
            commands.OfferToVolunteer, "VolunteerOfferMade", VolunteerOfferType, versioned=False
        ),
        Mutation(commands.WithdrawVolunteerOffer, "VolunteerOfferWithdrawn", VolunteerOfferType),
    ),
    extends={
        "Group": {"volunteers": volunteers_of, "formed_in_part": formed_in_part},
        "Call": {"volunteers": volunteers_of},
    },
)
