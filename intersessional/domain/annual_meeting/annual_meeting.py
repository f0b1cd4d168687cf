"""The annual meeting: first an option, then tentative, confirmed, perhaps moved or cancelled."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Self
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting_status import (
    AnnualMeetingStatus,
    VenueStatus,
)
from intersessional.domain.annual_meeting.meeting_days import check_days
from intersessional.domain.annual_meeting.refusals import AnnualMeetingNotConfirmed
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent, DomainEvent
from intersessional.domain.kernel.event_ref import EventRef
from intersessional.domain.kernel.ids import annual_meeting_id
from intersessional.domain.kernel.numbers import bounded_int, optional_bounded_int
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import (
    AlreadyRecorded,
    BadValue,
)
from intersessional.domain.kernel.sealed import Permanent
from intersessional.domain.kernel.texts import (
    validated_name,
    validated_optional_name,
    validated_optional_text,
    validated_text,
)
from intersessional.domain.kernel.time_zones import (
    validated_optional_time_zone,
    validated_time_zone,
)

RANK_MAX = 100
OPTIONS_MAX = 100
"""Venue options of one meeting."""


class AnnualMeeting(Aggregate):
    """The annual meeting of a cycle."""

    TOPIC = "annual_meeting"

    cycle_id: UUID
    year: int
    status: AnnualMeetingStatus = AnnualMeetingStatus.PLANNED
    starts_on: date | None = None
    ends_on: date | None = None
    time_zone: str | None = None
    days_set_by: EventRef | None = None
    """The event that set the days, or the time zone that they are days of, or cancelled them."""
    days_set_at: tuple[Occurred, ...] = ()
    """When such an event happened, in the order of effect."""
    options: tuple[UUID, ...] = ()
    """The ids of the venue options."""

    class Named(CreatedEvent):
        """The annual meeting of a cycle got the id by which the record knows it."""

        TOPIC = "annual_meeting.named.v1"
        cycle_id: UUID
        year: int

    class VenueOptionRecorded(Aggregate.Event):
        """A place where the meeting might be held became known."""

        TOPIC = "annual_meeting.venue_option_recorded.v1"
        cycle_id: UUID
        year: int
        option_id: UUID
        rank: int
        status: VenueStatus
        description: Permanent

        def check_values(self) -> None:
            bounded_int("rank", self.rank, 1, RANK_MAX)

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.options = (*aggregate.options, self.option_id)

    class VenueOptionChanged(Aggregate.Event):
        """A place where the meeting might be held got another status or rank."""

        TOPIC = "annual_meeting.venue_option_changed.v1"
        cycle_id: UUID
        year: int
        option_id: UUID
        rank: int | None
        status: VenueStatus | None
        reason: Permanent | None

        def check_values(self) -> None:
            optional_bounded_int("rank", self.rank, 1, RANK_MAX)

    class Tentative(Aggregate.Event):
        """The meeting was tentatively set, under a condition."""

        TOPIC = "annual_meeting.tentative.v1"
        cycle_id: UUID
        year: int
        within: Occurred
        place: Permanent
        condition: Permanent | None

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.status = aggregate.status.after_tentative()

    class Confirmed(Aggregate.Event):
        """The meeting's place and days were confirmed."""

        TOPIC = "annual_meeting.confirmed.v1"
        IS_MILESTONE = True
        cycle_id: UUID
        year: int
        starts_on: date
        ends_on: date
        place: Permanent
        time_zone: str

        def check_values(self) -> None:
            check_days(self.year, self.starts_on, self.ends_on)

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.status = AnnualMeetingStatus.CONFIRMED
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.time_zone = self.time_zone
            aggregate.note_days(self)

    class Rescheduled(Aggregate.Event):
        """A confirmed meeting was moved to other days, and to another place where one is given."""

        TOPIC = "annual_meeting.rescheduled.v1"
        IS_MILESTONE = True
        cycle_id: UUID
        year: int
        starts_on: date
        ends_on: date
        place: Permanent | None
        time_zone: str | None
        reason: Permanent

        def check_values(self) -> None:
            check_days(self.year, self.starts_on, self.ends_on)

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.status = AnnualMeetingStatus.RESCHEDULED
            aggregate.starts_on, aggregate.ends_on = self.starts_on, self.ends_on
            aggregate.time_zone = self.time_zone or aggregate.time_zone
            aggregate.note_days(self)

    class Corrected(Aggregate.Event):
        """The place or the time zone of a confirmed meeting was recorded wrongly: it is this."""

        TOPIC = "annual_meeting.corrected.v1"
        cycle_id: UUID
        year: int
        place: Permanent | None
        time_zone: str | None
        reason: Permanent

        def apply(self, aggregate: "AnnualMeeting") -> None:
            if self.time_zone is not None:
                aggregate.time_zone = self.time_zone
                aggregate.note_days(self)

    class Cancelled(Aggregate.Event):
        """The meeting was cancelled: it is not held."""

        TOPIC = "annual_meeting.cancelled.v1"
        IS_MILESTONE = True
        cycle_id: UUID
        year: int
        reason: Permanent

        def apply(self, aggregate: "AnnualMeeting") -> None:
            aggregate.status = AnnualMeetingStatus.CANCELLED
            aggregate.starts_on = aggregate.ends_on = None
            aggregate.note_days(self)

    @classmethod
    def name(cls, act: Act, cycle: Cycle) -> Self:
        """Give the annual meeting of a cycle its id, before its first fact."""
        return cls.create(
            cls.Named,
            id=annual_meeting_id(cycle.year),
            act=act,
            cycle_id=cycle.id,
            year=cycle.year,
        )

    def set_tentative(
        self, act: Act, *, within: Occurred, place: str, condition: str | None = None
    ) -> None:
        """Set the meeting tentatively, unless it was confirmed then.

        Raises AlreadyRecorded, BadValue.
        """
        if self.at(act.occurred).status.has_days:
            raise AlreadyRecorded(kind="annual meeting", id=self.id)
        self.record(
            AnnualMeeting.Tentative,
            act=act,
            **self._parents,
            within=within,
            place=validated_name("place", place),
            condition=validated_optional_text("condition", condition),
        )

    def confirm(
        self, act: Act, *, starts_on: date, ends_on: date, place: str, time_zone: str
    ) -> None:
        """Confirm place and days; the same days can be confirmed again.

        Raises BadValue, AlreadyRecorded.
        """
        check_days(self.year, starts_on, ends_on)
        then = self.at(act.occurred)
        if then.status.has_days and (then.starts_on, then.ends_on) != (starts_on, ends_on):
            raise AlreadyRecorded(kind="annual meeting", id=self.id)
        self.record(
            AnnualMeeting.Confirmed,
            act=act,
            **self._parents,
            starts_on=starts_on,
            ends_on=ends_on,
            place=validated_name("place", place),
            time_zone=validated_time_zone("time_zone", time_zone),
        )

    def reschedule(
        self,
        act: Act,
        *,
        starts_on: date,
        ends_on: date,
        place: str | None = None,
        time_zone: str | None = None,
        reason: str,
    ) -> None:
        """Move a confirmed meeting to other days or another place.

        Raises BadValue, AnnualMeetingNotConfirmed.
        """
        check_days(self.year, starts_on, ends_on)
        self._check_confirmed(act)
        self.record(
            AnnualMeeting.Rescheduled,
            act=act,
            **self._parents,
            starts_on=starts_on,
            ends_on=ends_on,
            place=validated_optional_name("place", place),
            time_zone=validated_optional_time_zone("time_zone", time_zone),
            reason=validated_text("reason", reason),
        )

    def correct(
        self, act: Act, *, place: str | None = None, time_zone: str | None = None, reason: str
    ) -> None:
        """Correct the place or the time zone of a confirmed meeting.

        Raises BadValue, AnnualMeetingNotConfirmed.
        """
        self._check_confirmed(act)
        if place is None and time_zone is None:
            raise BadValue(field="place", problem="give a place or a time zone.")
        self.record(
            AnnualMeeting.Corrected,
            act=act,
            **self._parents,
            place=validated_optional_name("place", place),
            time_zone=validated_optional_time_zone("time_zone", time_zone),
            reason=validated_text("reason", reason),
        )

    def cancel(self, act: Act, *, reason: str) -> None:
        """Cancel the meeting. Raises BadValue, AlreadyRecorded."""
        if self.at(act.occurred).status is AnnualMeetingStatus.CANCELLED:
            raise AlreadyRecorded(kind="cancellation", id=self.id)
        text = validated_text("reason", reason)
        self.record(AnnualMeeting.Cancelled, act=act, **self._parents, reason=text)

    def note_days(self, event: DomainEvent) -> None:
        """Note that an event set or cancelled the days."""
        self.days_set_by = EventRef.to(event)
        self.days_set_at = (*self.days_set_at, event.act.occurred)

    def _check_confirmed(self, act: Act) -> None:
        status = self.at(act.occurred).status
        if not status.has_days:
            raise AnnualMeetingNotConfirmed(year=self.year, status=status, at=act.occurred.at)

    @property
    def _parents(self) -> Mapping[str, Any]:
        return {"cycle_id": self.cycle_id, "year": self.year}
