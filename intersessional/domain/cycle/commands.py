"""Commands about a cycle."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import cycle_id


@dataclass(frozen=True, kw_only=True)
class OpenCycle(Command):
    """Open the cycle of an IGF year."""

    TOPIC = "cycle.open"

    year: int
    """The year, from 2006 on."""

    @property
    def created_id(self) -> UUID:
        """The cycle's id: a year has one."""
        return cycle_id(self.year)


@dataclass(frozen=True, kw_only=True)
class AssessResources(Command):
    """State how many groups the year's resources can support (DOMAIN row 34)."""

    TOPIC = "cycle.assess_resources"

    year: int
    """The year of the cycle."""
    capacity: int
    """The number of groups that the resources can support."""
    note: str | None = None
    """A note of the Secretariat; at most 20,000 bytes in UTF-8."""


@dataclass(frozen=True, kw_only=True)
class SetDeadlineBeforeMeeting(Command):
    """Let written proposals be due before a meeting whose day is not known (DOMAIN rows 9, 33)."""

    TOPIC = "cycle.set_deadline_before_meeting"

    year: int
    """The year of the cycle."""
    meeting: UUID
    """The meeting before which proposals are due, by its id."""
    decision: UUID | None = None
    """The decision that set it, by its id."""


@dataclass(frozen=True, kw_only=True)
class SetProposalDeadline(Command):
    """Set the last day for written proposals; later ones are flagged (DOMAIN row 9)."""

    TOPIC = "cycle.set_proposal_deadline"

    year: int
    """The year of the cycle."""
    due_on: date
    """The last day."""
    time_zone: str | None = None
    """The IANA time zone in which that day ends; UTC by default."""
    meeting: UUID | None = None
    """The meeting before which proposals are due, by its id."""
    decision: UUID | None = None
    """The decision that set it, by its id."""
