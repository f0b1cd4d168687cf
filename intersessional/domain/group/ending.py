"""How the work of a group ends: it concludes, or another body takes it over."""

from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.group.refusals import GroupHasConcluded
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.body import Body
from intersessional.domain.kernel.refusals import BadValue, OutOfTime
from intersessional.domain.kernel.texts import validated_optional_text


def conclude(
    group: Group, act: Act, *, reason: str | None = None, decision_id: UUID | None = None
) -> None:
    """End the group's work, once, after all that it did.

    Raises GroupHasConcluded, BadValue, OutOfTime.
    """
    _check_last(group, act)
    group.record(
        Group.Concluded,
        act=act,
        reason=validated_optional_text("reason", reason),
        decision_id=decision_id,
    )


def dissolve(
    group: Group,
    act: Act,
    *,
    absorbed_by: Body,
    reason: str | None = None,
    decision_id: UUID | None = None,
) -> None:
    """Dissolve the group into another body, once, after all that it did (DOMAIN row 17).

    Raises GroupHasConcluded, GroupNotEstablished, BadValue, OutOfTime.
    """
    _check_last(group, act)
    group.check_established(act.occurred)
    if absorbed_by.group_id == group.id:
        raise BadValue(field="absorbed_by.group", problem="a group cannot absorb itself.")
    group.record(
        Group.Dissolved,
        act=act,
        absorbed_by=absorbed_by,
        reason=validated_optional_text("reason", reason),
        decision_id=decision_id,
    )


def _check_last(group: Group, act: Act) -> None:
    """Check that the group has not concluded, and does nothing after that time."""
    if group.concluded:
        raise GroupHasConcluded(group=group.id)
    if group.check_change(act) is not group:
        raise OutOfTime(occurred=act.occurred.at, problem="the group changed after that time.")
