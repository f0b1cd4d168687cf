"""The name of a group, which holds for a time (DOMAIN row 49)."""

from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.texts import validated_name, validated_optional_text


def rename(
    group: Group,
    act: Act,
    *,
    name: str,
    reason: str | None = None,
    decision_id: UUID | None = None,
) -> None:
    """Give the group another name. Raises GroupHasConcluded, BadValue, OutOfTime."""
    group.check_change(act)
    group.record(
        Group.Renamed,
        act=act,
        name=validated_name("name", name),
        reason=validated_optional_text("reason", reason),
        decision_id=decision_id,
    )
