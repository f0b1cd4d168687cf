"""The descent of a group from an earlier one: identity is not work (DOMAIN A7)."""

from typing import Self
from uuid import UUID

from intersessional.domain.group.group import Group
from intersessional.domain.group_descent.descent_kind import DescentKind
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.ids import group_descent_id
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import validated_optional_text


class GroupDescent(Aggregate):
    """That a group comes from an earlier one."""

    TOPIC = "group_descent"

    class Recorded(CreatedEvent):
        """It was recorded that a group comes from an earlier one."""

        TOPIC = "group_descent.recorded.v1"
        group_id: UUID
        earlier_id: UUID
        kind: DescentKind
        note: Permanent | None

    @classmethod
    def note(
        cls, act: Act, group: Group, earlier: Group, *, kind: DescentKind, note: str | None = None
    ) -> Self:
        """Note that a group comes from one that was established before it. Raises BadValue."""
        if not _is_earlier(earlier, group):
            problem = "it was not established before the group."
            raise BadValue(field="earlier", problem=problem)
        return cls.create(
            cls.Recorded,
            id=group_descent_id(group.id, earlier.id),
            act=act,
            group_id=group.id,
            earlier_id=earlier.id,
            kind=kind,
            note=validated_optional_text("note", note),
        )


def _is_earlier(earlier: Group, group: Group) -> bool:
    """Whether a group was established, and certainly not after another one or with it."""
    if earlier.established_by is None or group.established_by is None:
        return False
    return earlier.established_by.occurred.effect < group.established_by.occurred.effect
