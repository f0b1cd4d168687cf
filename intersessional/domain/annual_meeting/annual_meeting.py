"""The annual meeting: first an option, then tentative, confirmed, perhaps moved."""

from datetime import date
from enum import Enum
from uuid import UUID

from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.sealed import Sealed


class VenueStatus(Enum):
    """How far a venue option has come (DOMAIN row 4)."""

    PURSUED = "PURSUED"
    """It is being worked on."""
    EXPLORED = "EXPLORED"
    """It is being looked into."""
    DROPPED = "DROPPED"
    """It is out of the question."""


class AnnualMeeting(Aggregate):
    """The meeting that a cycle works towards."""

    TOPIC = "annual_meeting"

    cycle_id: UUID
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    days_told: EventRef | None = None
    """Which event told the days."""

    class Planned(CreatedEvent):
        """The annual meeting of a cycle is wanted; where and when is open."""

        TOPIC = "annual_meeting.planned.v1"
        cycle_id: UUID
        year: int

    class VenueOptionRecorded(Aggregate.Event):
        """A place where the meeting might be held became known."""

        TOPIC = "annual_meeting.venue_option_recorded.v1"
        cycle_id: UUID
        rank: int
        status: VenueStatus
        description: Sealed

    class Tentative(Aggregate.Event):
        """The meeting was tentatively set, under a condition."""

        TOPIC = "annual_meeting.tentative.v1"
        cycle_id: UUID
        within: Occurred
        place: Sealed
        condition: Sealed | None

    class Confirmed(Aggregate.Event):
        """The meeting's place and days were confirmed."""

        TOPIC = "annual_meeting.confirmed.v1"
        cycle_id: UUID
        starts_on: date
        ends_on: date
        place: Sealed
        time_zone: str

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.time_zone = self.time_zone
            aggregate.days_told = EventRef.by(self)

    class Rescheduled(Aggregate.Event):
        """A confirmed meeting was moved to other days."""

        TOPIC = "annual_meeting.rescheduled.v1"
        cycle_id: UUID
        starts_on: date
        ends_on: date
        reason: Sealed

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.days_told = EventRef.by(self)
