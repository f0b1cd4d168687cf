"""The view of memberships."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.membership.membership import Membership
from intersessional.domain.participant.region import Region
from intersessional.domain.participant.stakeholder_group import StakeholderGroup
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import CountKey, ListKey, View, stream_of

MEMBERS = "MEMBERS"
"""The kind of the memberships of a group that have not ended."""
OF_PERSON = "OF_PERSON"
"""The kind of the memberships of a person."""


class MemberDimension(Enum):
    """What the members of a group are counted by."""

    STAKEHOLDER_GROUP = "STAKEHOLDER_GROUP"
    """Their stakeholder group when they joined."""
    REGION = "REGION"
    """Their regional group when they joined."""


@dataclass(frozen=True)
class MembershipDocument:
    """A stay in a group."""

    group_id: UUID
    person: UUID | Sealed | None
    stakeholder_group: StakeholderGroup | None
    region: Region | None
    joined: Occurred
    left: Occurred | None = None


def lists_of_member(person: UUID | Sealed | None) -> Iterable[ListKey]:
    """The list of the memberships of a person in office; of one, for a person that is sealed.

    Nothing but the openings connects the memberships of such a person (ADR 0047).
    """
    match person:
        case UUID():
            return (ListKey(person, OF_PERSON),)
        case Sealed(sealed=str() as sealed):
            return (ListKey(UUID(hex=sealed[:32]), OF_PERSON),)
        case _:
            return ()


def _evolve(
    membership: MembershipDocument | None, recorded: RecordedEvent
) -> MembershipDocument | None:
    match recorded.event:
        case Membership.Joined() as event:
            return MembershipDocument(
                group_id=event.group_id,
                person=event.person or event.act.actor.person,
                stakeholder_group=event.stakeholder_group,
                region=event.region,
                joined=event.act.occurred,
            )
        case Membership.Left() as event if membership is not None:
            return replace(membership, left=event.act.occurred)
        case _:
            return membership


def _lists(membership: MembershipDocument) -> Collection[ListKey]:
    """The memberships of a group, those that have not ended, and those of a person."""
    lists = [ListKey(membership.group_id), *lists_of_member(membership.person)]
    if membership.left is None:
        lists.append(ListKey(membership.group_id, MEMBERS))
    return lists


def _counts(membership: MembershipDocument) -> Collection[CountKey]:
    if membership.left is not None:
        return ()
    values = {
        MemberDimension.STAKEHOLDER_GROUP: membership.stakeholder_group,
        MemberDimension.REGION: membership.region,
    }
    return [
        CountKey(membership.group_id, dimension.value, "" if value is None else value.value)
        for dimension, value in values.items()
    ]


MEMBERSHIPS = View(
    name="memberships",
    version=1,
    document=MembershipDocument,
    keys=stream_of(Membership),
    evolve=_evolve,
    lists=_lists,
    counts=_counts,
)
