"""Commands about a MAG meeting."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.kernel.command import Command
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.meeting import MeetingKind


@dataclass(frozen=True, kw_only=True)
class ScheduleMeeting(Command):
    """Call a meeting of the MAG, or record one that was held.

    The note says what its sources leave open or state otherwise.
    """

    TOPIC = "meeting.schedule"

    year: int
    """The year of the cycle."""
    kind: MeetingKind
    """How it is held."""
    ordinal: int
    """Its number among the meetings of its kind in the cycle, from 1."""
    held: Occurred
    """When it is or was held."""
    label: str
    """What it is called."""
    note: str | None = None
    """What its sources leave open or state otherwise."""

    @property
    def begins(self) -> UUID:
        """The meeting's id, made of its cycle, kind and ordinal."""
        return meeting_id(self.year, self.kind.value, self.ordinal)


@dataclass(frozen=True, kw_only=True)
class PublishSummary(Command):
    """Publish a meeting's summary, naming the subjects whose events it states (DOMAIN row 27)."""

    TOPIC = "meeting.publish_summary"

    meeting: UUID
    """The meeting, by its id."""
    summary: str
    """The summary."""
    states: tuple[UUID, ...] = ()
    """The ids of what it states: decisions, proposals, groups."""
    reason: str | None = None
    """Why a summary that was published before is corrected."""
