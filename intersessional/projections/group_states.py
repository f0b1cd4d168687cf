"""The state of a group, which follows from what is recorded of it (DOMAIN A3)."""

from enum import Enum

from intersessional.domain.dedicated_session.dedicated_session import DedicatedSession
from intersessional.domain.draft.draft import Draft
from intersessional.domain.group.group import Group
from intersessional.domain.meeting.meeting import Meeting


class GroupState(Enum):
    """The state of a group (DOMAIN A3)."""

    PROPOSED = "PROPOSED"
    """Proposed, and not yet established."""
    APPROVED = "APPROVED"
    """Established, and not yet at work."""
    ACTIVE = "ACTIVE"
    """It has called a meeting, or was renewed for a further cycle."""
    DRAFTING = "DRAFTING"
    """It has published a draft."""
    PRESENTED = "PRESENTED"
    """It has held its session at the annual meeting."""
    REVISING = "REVISING"
    """It has revised a draft, or published one, after its session."""
    SUSPENDED = "SUSPENDED"
    """Its work rests until it is resumed."""
    CONCLUDED = "CONCLUDED"
    """Its work has ended."""
    DISSOLVED = "DISSOLVED"
    """Another body has taken over its work."""


_UNDRAFTED = (GroupState.APPROVED, GroupState.ACTIVE)
_UNPRESENTED = (*_UNDRAFTED, GroupState.DRAFTING)
_AT_WORK = (*_UNPRESENTED, GroupState.PRESENTED, GroupState.REVISING)


def progress_after(progress: GroupState, event: object) -> GroupState:
    """How far a group has come after an event, in the order of effect; whether it rests is apart.

    A group that is only proposed stays so until it is established, whatever it does before.
    """
    match event:
        case Group.Approved():
            return GroupState.APPROVED
        case Meeting.Scheduled() if progress is GroupState.APPROVED:
            return GroupState.ACTIVE
        case Draft.Published() | Draft.Revised() if progress in _UNDRAFTED:
            return GroupState.DRAFTING
        case Draft.Published() | Draft.Revised() if progress is GroupState.PRESENTED:
            return GroupState.REVISING
        case DedicatedSession.Held() if progress in _UNPRESENTED:
            return GroupState.PRESENTED
        case Group.Renewed() if progress in _AT_WORK and progress is not GroupState.APPROVED:
            return GroupState.ACTIVE
        case Group.Concluded():
            return GroupState.CONCLUDED
        case Group.Dissolved():
            return GroupState.DISSOLVED
        case _:
            return progress
