"""What can be asked of the record about a MAG meeting."""

from dataclasses import dataclass
from uuid import UUID

from intersessional.domain.command import Command
from intersessional.domain.ids import meeting_id
from intersessional.domain.meeting.meeting import MeetingKind
from intersessional.domain.occurred import Occurred


@dataclass(frozen=True, kw_only=True)
class ScheduleMeeting(Command):
    """Call a meeting of the MAG, or record one that was held.

    A note tells what its sources leave open or tell otherwise.
    """

    year: int
    kind: MeetingKind
    ordinal: int
    held: Occurred
    label: str
    note: str | None = None

    @property
    def begins(self) -> UUID:
        """The meeting's id: it is known by its cycle, kind and ordinal."""
        return meeting_id(self.year, self.kind.value, self.ordinal)


@dataclass(frozen=True, kw_only=True)
class PublishSummary(Command):
    """Publish a meeting's summary, naming the subjects whose events it states (DOMAIN row 27)."""

    meeting: UUID
    summary: str
    states: tuple[UUID, ...] = ()
    reason: str | None = None
