"""The work of a group is suspended, and resumed (DOMAIN A3)."""

from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.refusals import AlreadyRecorded, NotFound
from intersessional.domain.kernel.texts import validated_optional_text, validated_text


def suspend(group: Group, act: Act, *, reason: str, decision_id: UUID | None = None) -> None:
    """Suspend the group's work.

    Raises GroupHasConcluded, GroupNotEstablished, AlreadyRecorded, BadValue, OutOfTime.
    """
    past = group.check_change(act)
    group.check_established(act.occurred)
    if past.suspended:
        raise AlreadyRecorded(kind="suspension", id=group.id)
    group.record(
        Group.Suspended,
        act=act,
        reason=validated_text("reason", reason),
        decision_id=decision_id,
    )


def resume(
    group: Group, act: Act, *, reason: str | None = None, decision_id: UUID | None = None
) -> None:
    """Resume the group's work. Raises GroupHasConcluded, NotFound, BadValue, OutOfTime."""
    past = group.check_change(act)
    if not past.suspended:
        raise NotFound(kind="suspension", id=str(group.id))
    group.record(
        Group.Resumed,
        act=act,
        reason=validated_optional_text("reason", reason),
        decision_id=decision_id,
    )
