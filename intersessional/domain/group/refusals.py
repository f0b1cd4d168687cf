"""What is refused about groups."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from intersessional.domain.kernel.refusals import Refused


@dataclass(eq=False, kw_only=True)
class GroupHasConcluded(Refused):
    """A concluded group does no more work."""

    code: ClassVar[str] = "GROUP_CONCLUDED"
    group: UUID
    """The id of the group."""

    def __str__(self) -> str:
        return "The group has concluded its work."
