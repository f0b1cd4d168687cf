"""The view of groups."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from uuid import UUID

from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Role
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed
from intersessional.domain.meeting.meeting import Meeting
from intersessional.domain.participant.tenure import Tenure
from intersessional.projections.group_states import GroupState, progress_after
from intersessional.projections.group_years import (
    GroupStateInCycle,
    GroupYear,
    with_account,
    year_of,
)
from intersessional.projections.kernel.recorded_event import RecordedEvent
from intersessional.projections.kernel.view import ListKey, View, stream_of, under


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
class DraftingTeamDocument:
    """The drafting team of a group."""

    members: tuple[UUID, ...]
    task: Sealed | None
    formed: Occurred


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
    progress: GroupState = GroupState.APPROVED
    """How far it has come; what rests stays there."""
    is_suspended: bool = False
    presented_in: tuple[UUID, ...] = ()
    """The cycles at whose annual meetings it held a session."""
    facilitators: tuple[FacilitatorDocument, ...] = ()
    remit: Sealed | None = None
    proposed_by: tuple[UUID, ...] = ()
    proposed_at: UUID | None = None
    """The meeting at which it was proposed."""
    drafting_team: DraftingTeamDocument | None = None
    absorbed_by: Body | None = None
    years: tuple[GroupYear, ...] = ()
    """What it wished and reported for cycles."""

    @property
    def state(self) -> GroupState:
        """Its state (DOMAIN A3)."""
        if self.is_suspended and self.progress not in _ENDED:
            return GroupState.SUSPENDED
        return self.progress

    def state_in(self, cycle_id: UUID) -> GroupStateInCycle:
        """Its state in a cycle (DOMAIN A3)."""
        if self.progress in _ENDED:
            return _ENDED[self.progress]
        if self.progress is GroupState.PROPOSED:
            return GroupStateInCycle.PROPOSED
        year = year_of(self.years, cycle_id)
        return GroupStateInCycle.ACTIVE if year is None else year.state


_ENDED = {
    GroupState.CONCLUDED: GroupStateInCycle.CONCLUDED,
    GroupState.DISSOLVED: GroupStateInCycle.DISSOLVED,
}


def _evolve(group: GroupDocument | None, recorded: RecordedEvent) -> GroupDocument | None:
    match recorded.event:
        case Group.Established() as event:
            return _established(event)
        case Group.Proposed() as event:
            return _proposed(event)
        case event:
            return None if group is None else _advanced(_with_account(group, event), event)


def _advanced(group: GroupDocument, event: object) -> GroupDocument:
    """The group after an event, and as far as it has come by it."""
    progress = group.progress
    if _is_of_last_cycle(group, event):
        progress = progress_after(progress, event)
    group = _changed(group, event)
    return group if progress is group.progress else replace(group, progress=progress)


def _is_of_last_cycle(group: GroupDocument, event: object) -> bool:
    """Whether an event is not of an earlier cycle than the last one of the group."""
    match event:
        case Group.Renewed():
            return group.year is None or event.year >= group.year
        case DedicatedSession.Held():
            return event.cycle_id == group.cycle_id
        case _:
            return True


def _changed(group: GroupDocument, event: object) -> GroupDocument:
    match event:
        case Group.Approved():
            return _approved(group, event)
        case Group.FacilitatorAppointed():
            return replace(group, facilitators=_with(group.facilitators, event))
        case Group.FacilitatorReleased():
            stay = tuple(f for f in group.facilitators if f.participant_id != event.participant_id)
            return replace(group, facilitators=stay)
        case Group.Renamed():
            return replace(group, name=event.name)
        case Group.Renewed():
            return _renewed(group, event)
        case DedicatedSession.Held() if event.cycle_id not in group.presented_in:
            return replace(group, presented_in=(*group.presented_in, event.cycle_id))
        case Group.Suspended() | Group.Resumed():
            return replace(group, is_suspended=isinstance(event, Group.Suspended))
        case Group.Dissolved():
            return replace(group, absorbed_by=event.absorbed_by)
        case _:
            return group


def _with_account(group: GroupDocument, event: object) -> GroupDocument:
    """The group with what it says of itself: its wishes, its reports, its drafting team."""
    match event:
        case Group.WishStated() | Group.Reported() | Group.Renewed():
            return replace(group, years=with_account(group.years, event))
        case Group.DraftingTeamFormed():
            team = DraftingTeamDocument(event.members, event.task, event.act.occurred)
            return replace(group, drafting_team=team)
        case _:
            return group


def _established(event: Group.Established) -> GroupDocument:
    return GroupDocument(
        cycle_id=event.cycle_id,
        year=event.year,
        kind=event.kind,
        name=event.name,
        decision_id=event.decision_id,
        proposal_id=event.proposal_id,
        cycle_ids=() if event.cycle_id is None else (event.cycle_id,),
    )


def _proposed(event: Group.Proposed) -> GroupDocument:
    return GroupDocument(
        cycle_id=None,
        year=None,
        kind=event.kind,
        name=event.name,
        decision_id=None,
        proposal_id=None,
        cycle_ids=(),
        progress=GroupState.PROPOSED,
        remit=event.remit,
        proposed_by=event.proposed_by,
        proposed_at=event.meeting_id,
        years=with_account((), event),
    )


def _approved(group: GroupDocument, event: Group.Approved) -> GroupDocument:
    """The group that was proposed, established."""
    group = replace(group, name=event.name, decision_id=event.decision_id)
    if event.cycle_id is None:
        return group
    cycle_ids = (*dict.fromkeys((*group.cycle_ids, event.cycle_id)),)
    return replace(group, cycle_id=event.cycle_id, year=event.year, cycle_ids=cycle_ids)


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
    """The group itself, and the group that calls a meeting, drafts or holds its session."""
    match recorded.event:
        case (
            Meeting.Scheduled(group_id=UUID() as group_id)
            | Draft.Published(group_id=group_id)
            | Draft.Revised(group_id=group_id)
            | DedicatedSession.Held(group_id=group_id)
        ):
            return (group_id,)
        case _:
            return _STREAM(recorded)


WORKING_GROUP = "WORKING_GROUP"
"""The key of the kind of the MAG's working groups."""

BOARD = "board"
"""The kind of the list of a cycle's working groups, proposed and established; no kind of group has
a key in lower case.
"""

WITHOUT_SESSION = "WITHOUT_SESSION"
FACILITATED = "FACILITATED"
"""The kind of the groups of a participant who facilitates them."""


def _lists(group: GroupDocument) -> Collection[ListKey]:
    """The lists of all groups, of each cycle, and of each facilitator."""
    parents = (None, *group.cycle_ids)
    listed = [key for parent in parents for key in under(parent, group.kind)]
    facilitators = {one.participant_id for one in group.facilitators}
    facilitated = (ListKey(participant, FACILITATED) for participant in facilitators)
    unpresented = (one for one in group.cycle_ids if one not in group.presented_in)
    missing = (ListKey(cycle, without_session(group.kind)) for cycle in unpresented)
    return (*listed, *facilitated, *missing, *_boards(group))


def without_session(kind: str) -> str:
    """The kind of the groups of a kind of which no session is on record as held in a cycle."""
    return f"{kind} {WITHOUT_SESSION}"


def _boards(group: GroupDocument) -> Collection[ListKey]:
    """The boards of the cycles for which a working group was proposed, wished or approved."""
    if group.kind != WORKING_GROUP:
        return ()
    cycles = dict.fromkeys((*group.cycle_ids, *(one.cycle_id for one in group.years)))
    return tuple(ListKey(cycle, BOARD) for cycle in cycles)


GROUPS = View(
    name="groups",
    version=9,
    document=GroupDocument,
    keys=_keys,
    evolve=_evolve,
    lists=_lists,
)
