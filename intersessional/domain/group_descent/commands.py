"""Commands about the descent of groups."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.group_descent.descent_kind import DescentKind
from intersessional.domain.kernel.ids import group_descent_id


@dataclass(frozen=True, kw_only=True)
class RecordGroupDescent(Command):
    """Record that a group comes from an earlier one, where no year of a theme tells it."""

    TOPIC = "group_descent.record"

    group: UUID
    """The group, by its id."""
    earlier: UUID
    """The group that it comes from, by its id."""
    kind: DescentKind
    """How it comes from it."""
    note: str | None = None
    """A note; at most 20,000 bytes in UTF-8."""

    @property
    def created_id(self) -> UUID:
        """The id of the descent: two groups have one."""
        return group_descent_id(self.group, self.earlier)
