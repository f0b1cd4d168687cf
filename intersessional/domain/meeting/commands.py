"""Commands about a MAG meeting."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command_handling.command import Command
from intersessional.domain.kernel.ids import meeting_id
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.meeting.meeting import MeetingKind


@dataclass(frozen=True, kw_only=True)
class ScheduleMeeting(Command):
    """Call a meeting of the MAG, or record one that was held.

    The note describes what the sources leave open, and where they differ.
    """

    TOPIC = "meeting.schedule"

    year: int
    """The year of the cycle."""
    kind: MeetingKind
    """The kind of the meeting."""
    ordinal: int
    """The number among the meetings of this kind in the cycle, from 1."""
    held: Occurred
    """The time of the meeting."""
    label: str
    """The label of the meeting."""
    note: str | None = None
    """A note on what the sources leave open, and where they differ."""

    @property
    def created_id(self) -> UUID:
        """The meeting's id, made of its cycle, kind and ordinal."""
        return meeting_id(self.year, self.kind.value, self.ordinal)


@dataclass(frozen=True, kw_only=True)
class PublishSummary(Command):
    """Publish the summary of a meeting, with the subjects that it states (DOMAIN row 27)."""

    TOPIC = "meeting.publish_summary"

    meeting: UUID
    """The meeting, by its id."""
    summary: str
    """The summary."""
    states: tuple[UUID, ...] = ()
    """The ids of the decisions, proposals and groups that it states."""
    reason: str | None = None
    """The reason; required for a correction."""
