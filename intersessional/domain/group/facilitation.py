"""Who facilitates a group."""

from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import AlreadyRecorded, LimitReached, NotFound
from intersessional.domain.participant.participant import Participant

FACILITATORS_MAX = 50
"""Facilitators that a group can have at a time."""


def appoint(
    group: Group, act: Act, participant: Participant, *, decision_id: UUID | None = None
) -> None:
    """Make a participant a co-facilitator.

    Raises GroupHasConcluded, AlreadyRecorded, LimitReached, OutOfTime.
    """
    past = group.check_change(act)
    if participant.id in past.facilitators:
        raise AlreadyRecorded(kind="facilitator", id=participant.id)
    if len(group.facilitators) >= FACILITATORS_MAX:
        raise LimitReached(kind="facilitators of a group", most=FACILITATORS_MAX)
    group.record(
        Group.FacilitatorAppointed,
        act=act,
        participant_id=participant.id,
        decision_id=decision_id,
    )


def release(
    group: Group, act: Act, participant_id: UUID, *, decision_id: UUID | None = None
) -> None:
    """Release a co-facilitator. Raises GroupHasConcluded, NotFound, OutOfTime."""
    past = group.check_change(act)
    if participant_id not in past.facilitators:
        raise NotFound(kind="facilitator", id=str(participant_id))
    group.record(
        Group.FacilitatorReleased,
        act=act,
        participant_id=participant_id,
        decision_id=decision_id,
    )
