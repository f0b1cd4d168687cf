"""Commands about carrying work forward."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.continuation_report.continuation_wish import ContinuationWish
from intersessional.domain.kernel.ids import carry_forward_id


@dataclass(frozen=True, kw_only=True)
class DeclareCarryForward(Command):
    """Declare whether a group's work is to go on next year, in place of an earlier declaration."""

    TOPIC = "carry_forward.declare"

    group: UUID
    """The group, by its id."""
    year: int
    """The year of the cycle whose work it is."""
    wish: ContinuationWish
    """Whether the work is to be carried forward."""
    areas: tuple[str, ...] = ()
    """New areas of work; at most 20, each of at most 300 bytes in UTF-8."""
    consultation: str | None = None
    """How the group consulted on it; at most 20,000 bytes in UTF-8."""
    draft: UUID | None = None
    """The output that has the segment, by its id."""

    @property
    def created_id(self) -> UUID:
        """The id of the declaration: a group has one for a cycle."""
        return carry_forward_id(self.group, self.year)
