"""A meeting of the MAG."""

from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class MeetingKind(Enum):
    """How a meeting is held (DOMAIN row 1)."""

    VIRTUAL = "VIRTUAL"
    """Online."""
    FACE_TO_FACE = "FACE_TO_FACE"
    """In one place."""


class Meeting(Aggregate):
    """A meeting of the MAG in one cycle."""

    TOPIC = "meeting"

    cycle_id: UUID
    held: Occurred
    summarised: bool = False

    class Scheduled(CreatedEvent):
        """A meeting was called, or is known to have been held."""

        TOPIC = "meeting.scheduled.v1"
        cycle_id: UUID
        year: int
        kind: MeetingKind
        ordinal: int
        held: Occurred
        label: Sealed
        note: Sealed | None

    class SummaryPublished(Aggregate.Event):
        """The rapporteur published what was said and which recorded events it states."""

        TOPIC = "meeting.summary_published.v1"
        summary: Sealed
        states: tuple[UUID, ...]

        def apply(self, aggregate: "Meeting") -> None:
            aggregate.summarised = True

    class SummaryCorrected(Aggregate.Event):
        """The rapporteur corrected a published summary."""

        TOPIC = "meeting.summary_corrected.v1"
        summary: Sealed
        states: tuple[UUID, ...]
        reason: Sealed

    def begun_by(self, occurred: Occurred) -> bool:
        """Whether something can have occurred at this meeting, or after it began."""
        return self.held.begins <= occurred.ends
