"""The annual meeting: first an option, then tentative, confirmed, perhaps moved."""

from datetime import date
from enum import Enum
from typing import Self
from uuid import UUID

from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.domain.kernel.numbers import LAST_YEAR, bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import AlreadyRecorded, BadValue, NotFound
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_text,
    validated_text,
)
from intersessional.domain.kernel.time_zones import validated_time_zone

RANK_MAX = 100
"""Venue options of one meeting."""


class VenueStatus(Enum):
    """The status of a venue option (DOMAIN row 4)."""

    PURSUED = "PURSUED"
    """Actively pursued."""
    EXPLORED = "EXPLORED"
    """Under exploration."""
    DROPPED = "DROPPED"
    """No longer considered."""


class AnnualMeeting(Aggregate):
    """The annual meeting of a cycle."""

    TOPIC = "annual_meeting"

    cycle_id: UUID
    year: int
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    days_set_by: EventRef | None = None
    """The event that set the days."""

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
        description: Permanent

    class Tentative(Aggregate.Event):
        """The meeting was tentatively set, under a condition."""

        TOPIC = "annual_meeting.tentative.v1"
        cycle_id: UUID
        within: Occurred
        place: Permanent
        condition: Permanent | None

    class Confirmed(Aggregate.Event):
        """The meeting's place and days were confirmed."""

        TOPIC = "annual_meeting.confirmed.v1"
        cycle_id: UUID
        starts_on: date
        ends_on: date
        place: Permanent
        time_zone: str

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.time_zone = self.time_zone
            aggregate.days_set_by = EventRef.to(self)

    class Rescheduled(Aggregate.Event):
        """A confirmed meeting was moved to other days."""

        TOPIC = "annual_meeting.rescheduled.v1"
        cycle_id: UUID
        starts_on: date
        ends_on: date
        reason: Permanent

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.days_set_by = EventRef.to(self)

    @classmethod
    def plan(cls, act: Act, cycle: Cycle) -> Self:
        """Begin to plan the annual meeting of a cycle."""
        return cls.create(
            cls.Planned,
            id=annual_meeting_id(cycle.year),
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
        )

    @staticmethod
    def check_days(year: int, starts_on: date, ends_on: date) -> None:
        """Check that the days are in the year of the cycle or the year after. Raises BadValue."""
        if ends_on < starts_on:
            raise BadValue(field="ends_on", problem=f"{ends_on} is before {starts_on}.")
        if not year <= starts_on.year <= ends_on.year <= min(year + 1, LAST_YEAR):
            problem = f"it is neither in {year} nor in the year after."
            raise BadValue(field="starts_on", problem=problem)

    def record_venue_option(
        self, act: Act, *, rank: int, status: VenueStatus, description: str
    ) -> None:
        """Record a place where the meeting might be held. Raises BadValue."""
        self.record(
            AnnualMeeting.VenueOptionRecorded,
            act=act,
            cycle_id=self.cycle_id,
            rank=bounded_int("rank", rank, 1, RANK_MAX),
            status=status,
            description=validated_text("description", description),
        )

    def set_tentative(
        self, act: Act, *, within: Occurred, place: str, condition: str | None = None
    ) -> None:
        """Set the meeting tentatively, unless it is confirmed. Raises AlreadyRecorded, BadValue."""
        self._check_unconfirmed()
        self.record(
            AnnualMeeting.Tentative,
            act=act,
            cycle_id=self.cycle_id,
            within=within,
            place=validated_name("place", place),
            condition=validated_optional_text("condition", condition),
        )

    def confirm(
        self, act: Act, *, starts_on: date, ends_on: date, place: str, time_zone: str
    ) -> None:
        """Confirm place and days, once. Raises BadValue, AlreadyRecorded."""
        self.check_days(self.year, starts_on, ends_on)
        self._check_unconfirmed()
        self.record(
            AnnualMeeting.Confirmed,
            act=act,
            cycle_id=self.cycle_id,
            starts_on=starts_on,
            ends_on=ends_on,
            place=validated_name("place", place),
            time_zone=validated_time_zone("time_zone", time_zone),
        )

    def reschedule(self, act: Act, *, starts_on: date, ends_on: date, reason: str) -> None:
        """Move a confirmed meeting to other days. Raises BadValue, NotFound."""
        self.check_days(self.year, starts_on, ends_on)
        if self.starts_on is None:
            raise NotFound(kind="confirmed annual meeting", id=str(self.year))
        self.record(
            AnnualMeeting.Rescheduled,
            act=act,
            cycle_id=self.cycle_id,
            starts_on=starts_on,
            ends_on=ends_on,
            reason=validated_text("reason", reason),
        )

    def _check_unconfirmed(self) -> None:
        if self.starts_on is not None:
            raise AlreadyRecorded(kind="annual meeting", id=self.id)
