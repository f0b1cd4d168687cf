"""The view of offers of volunteers."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.domain.volunteer_offer.volunteer_offer import VolunteerOffer
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under

STANDING = "STANDING"
"""The kind of the offers that nobody has withdrawn."""


@dataclass(frozen=True)
class VolunteerOfferDocument:
    """What somebody offered, and whether it stands."""

    group_id: UUID | None
    call_id: UUID | None
    person: UUID | Sealed | None
    name: Sealed | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    note: Sealed | None
    made: Occurred
    withdrawn: bool = False


def _evolve(
    offer: VolunteerOfferDocument | None, recorded: RecordedEvent
) -> VolunteerOfferDocument | None:
    match recorded.event:
        case VolunteerOffer.Made() as event:
            named = event.person is not None or event.name is not None
            return VolunteerOfferDocument(
                group_id=event.group_id,
                call_id=event.call_id,
                person=event.person if named else event.act.actor.person,
                name=event.name,
                stakeholder_group=event.stakeholder_group,
                region=event.region,
                note=event.note,
                made=event.act.occurred,
            )
        case VolunteerOffer.Withdrawn() if offer is not None:
            return replace(offer, withdrawn=True)
        case _:
            return offer


def _lists(offer: VolunteerOfferDocument) -> Collection[ListKey]:
    """The offers for a group and in answer to a call, and those of them that stand."""
    kinds = () if offer.withdrawn else (STANDING,)
    parents = {one for one in (offer.group_id, offer.call_id) if one is not None}
    return [key for parent in sorted(parents) for key in under(parent, *kinds)]


VOLUNTEER_OFFERS = View(
    name="volunteer_offers",
    version=1,
    document=VolunteerOfferDocument,
    keys=stream_of(VolunteerOffer),
    evolve=_evolve,
    lists=_lists,
)
