"""The view of groups."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from enum import Enum
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.participant.tenure import Tenure
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


class GroupState(Enum):
    """The state of a group (DOMAIN A3)."""

    APPROVED = "APPROVED"
    """Established, and not yet at work."""
    ACTIVE = "ACTIVE"
    """It has called a meeting."""
    CONCLUDED = "CONCLUDED"
    """Its work has ended."""


@dataclass(frozen=True)
class FacilitatorDocument:
    """Someone who facilitates the group."""

    participant_id: UUID
    appointed: Occurred
    is_historical: bool
    """Whether the appointment is told of history, from sources."""

    def is_mag_member(self, tenures: Collection[Tenure]) -> bool | None:
        """Whether one of their roles made them a member of the MAG when appointed.

        None for a fact of history about someone of whom no role is known, and for one before the
        time from which a role is known whose beginning no source gives.
        """
        member = [one for one in tenures if one.role is Role.MAG_MEMBER]
        if any(one.may_cover(self.appointed) for one in member):
            return True
        may_have_begun = any(
            one.since is None and self.appointed.begins < one.known_from.begins for one in member
        )
        return None if may_have_begun or (not tenures and self.is_historical) else False


@dataclass(frozen=True)
class GroupDocument:
    """A group, with the name that took effect last."""

    cycle_id: UUID | None
    """The last cycle that it belongs to."""
    year: int | None
    kind: str
    name: Sealed
    decision_id: UUID | None
    proposal_id: UUID | None
    cycle_ids: tuple[UUID, ...]
    state: GroupState = GroupState.APPROVED
    facilitators: tuple[FacilitatorDocument, ...] = ()


def _evolve(group: GroupDocument | None, recorded: RecordedEvent) -> GroupDocument | None:
    event = recorded.event
    if isinstance(event, Group.Established):
        return GroupDocument(
            cycle_id=event.cycle_id,
            year=event.year,
            kind=event.kind,
            name=event.name,
            decision_id=event.decision_id,
            proposal_id=event.proposal_id,
            cycle_ids=() if event.cycle_id is None else (event.cycle_id,),
        )
    if group is None:
        return None
    match event:
        case Group.FacilitatorAppointed():
            return replace(group, facilitators=_with(group.facilitators, event))
        case Group.FacilitatorReleased():
            stay = tuple(f for f in group.facilitators if f.participant_id != event.participant_id)
            return replace(group, facilitators=stay)
        case Group.Renamed():
            return replace(group, name=event.name)
        case Group.Renewed():
            return _renewed(group, event)
        case Meeting.Scheduled() if group.state is GroupState.APPROVED:
            return replace(group, state=GroupState.ACTIVE)
        case Group.Concluded():
            return replace(group, state=GroupState.CONCLUDED)
        case _:
            return group


def _renewed(group: GroupDocument, event: Group.Renewed) -> GroupDocument:
    others = (one for one in group.cycle_ids if one != event.cycle_id)
    group = replace(group, cycle_ids=(*others, event.cycle_id))
    if group.year is not None and event.year < group.year:
        return group
    return replace(group, cycle_id=event.cycle_id, year=event.year)


def _with(
    facilitators: tuple[FacilitatorDocument, ...], event: Group.FacilitatorAppointed
) -> tuple[FacilitatorDocument, ...]:
    others = (one for one in facilitators if one.participant_id != event.participant_id)
    act = event.act
    appointed = FacilitatorDocument(event.participant_id, act.occurred, act.provenance.historical)
    return (*others, appointed)


_STREAM = stream_of(Group)


def _keys(recorded: RecordedEvent) -> Collection[UUID]:
    """The group itself, and the group that calls a meeting."""
    match recorded.event:
        case Meeting.Scheduled(group_id=UUID() as group_id):
            return (group_id,)
        case _:
            return _STREAM(recorded)


FACILITATED = "FACILITATED"
"""The kind of the groups of a participant who facilitates them."""


def _lists(group: GroupDocument) -> Collection[ListKey]:
    """The lists of all groups, of each cycle, and of each facilitator."""
    parents = (None, *group.cycle_ids)
    listed = [key for parent in parents for key in under(parent, group.kind)]
    facilitators = {one.participant_id for one in group.facilitators}
    facilitated = (ListKey(participant, FACILITATED) for participant in facilitators)
    return (*listed, *facilitated)


GROUPS = View(
    name="groups",
    version=7,
    document=GroupDocument,
    keys=_keys,
    evolve=_evolve,
    lists=_lists,
)
