"""A session of a group at the annual meeting: requested, scheduled, held or cancelled."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, Self
from uuid import UUID

from intersessional.domain.annual_meeting.annual_meeting import AnnualMeeting
from intersessional.domain.cycle.cycle import Cycle
from intersessional.domain.dedicated_session.refusals import SessionIsOver
from intersessional.domain.dedicated_session.session_state import SessionState
from intersessional.domain.group.group import Group
from intersessional.domain.kernel.act import Act
from intersessional.domain.kernel.aggregate import Aggregate, CreatedEvent
from intersessional.domain.kernel.occurred import Occurred
from intersessional.domain.kernel.refusals import BadValue
from intersessional.domain.kernel.sealed import Erasable, Permanent
from intersessional.domain.kernel.texts import (
    validated_optional_name,
    validated_optional_text,
    validated_text,
)
from intersessional.domain.kernel.time_zones import validated_optional_time_zone, zone
from intersessional.domain.meeting.meeting_time import validated_duration

RECORD_BYTES_MAX = 60_000
_DAY_ZERO = timedelta(days=1)
"""Sessions are held on the day before the meeting, too."""


class DedicatedSession(Aggregate):
    """A session of one group at the annual meeting of one cycle."""

    TOPIC = "dedicated_session"

    group_id: UUID
    cycle_id: UUID
    year: int
    state: SessionState = SessionState.REQUESTED

    class Requested(CreatedEvent):
        """A group requested a session of its own at the annual meeting."""

        TOPIC = "dedicated_session.requested.v1"
        group_id: UUID
        cycle_id: UUID
        year: int
        title: Permanent | None
        note: Erasable | None

    class Scheduled(Aggregate.Event):
        """The session got a day, a time and a place at the annual meeting, or changed them."""

        TOPIC = "dedicated_session.scheduled.v1"
        group_id: UUID
        cycle_id: UUID
        planned: Occurred
        duration_minutes: int | None
        time_zone: str | None
        venue: Permanent | None

        def check_values(self) -> None:
            validated_duration(self.planned, self.duration_minutes)

        def apply(self, aggregate: "DedicatedSession") -> None:
            if not aggregate.state.is_final:
                aggregate.state = SessionState.SCHEDULED

    class Held(Aggregate.Event):
        """The group held its session at the annual meeting."""

        TOPIC = "dedicated_session.held.v1"
        IS_MILESTONE = True
        group_id: UUID
        cycle_id: UUID
        began: Occurred
        record: Erasable | None
        document_id: UUID | None

        def apply(self, aggregate: "DedicatedSession") -> None:
            aggregate.state = SessionState.HELD

    class Cancelled(Aggregate.Event):
        """The session was cancelled: it does not take place."""

        TOPIC = "dedicated_session.cancelled.v1"
        group_id: UUID
        cycle_id: UUID
        reason: Permanent

        def apply(self, aggregate: "DedicatedSession") -> None:
            aggregate.state = SessionState.CANCELLED

    @classmethod
    def request(
        cls,
        act: Act,
        group: Group,
        cycle: Cycle,
        *,
        id: UUID,
        title: str | None = None,
        note: str | None = None,
    ) -> Self:
        """Request a session, for a cycle that the group belongs to. Raises BadValue."""
        if cycle.id not in group.cycle_ids:
            raise BadValue(field="year", problem="the group is not of this cycle.")
        return cls.create(
            cls.Requested,
            id=id,
            act=act,
            group_id=group.id,
            cycle_id=cycle.id,
            year=cycle.year,
            title=validated_optional_name("title", title),
            note=validated_optional_text("note", note),
        )

    def schedule(
        self,
        act: Act,
        annual_meeting: AnnualMeeting | None,
        *,
        planned: Occurred,
        duration_minutes: int | None = None,
        time_zone: str | None = None,
        venue: str | None = None,
    ) -> None:
        """Give it a time within the days of the annual meeting, if they are known.

        Raises SessionIsOver, BadValue.
        """
        self.check_ahead()
        time_zone = validated_optional_time_zone("time_zone", time_zone)
        if annual_meeting is not None:
            meeting = annual_meeting.at(act.occurred)
            time_zone = time_zone or meeting.time_zone
            _check_days("planned", planned, meeting, time_zone)
        self.record(
            DedicatedSession.Scheduled,
            act=act,
            **self._parents,
            planned=planned,
            duration_minutes=validated_duration(planned, duration_minutes),
            time_zone=time_zone,
            venue=validated_optional_name("venue", venue),
        )

    def hold(
        self,
        act: Act,
        *,
        began: Occurred,
        record: str | None = None,
        document_id: UUID | None = None,
    ) -> None:
        """Record that it took place. Raises SessionIsOver, BadValue."""
        self.check_ahead()
        self.record(
            DedicatedSession.Held,
            act=act,
            **self._parents,
            began=began,
            record=validated_optional_text("record", record, RECORD_BYTES_MAX),
            document_id=document_id,
        )

    def cancel(self, act: Act, *, reason: str) -> None:
        """Cancel it. Raises SessionIsOver, BadValue."""
        self.check_ahead()
        text = validated_text("reason", reason)
        self.record(DedicatedSession.Cancelled, act=act, **self._parents, reason=text)

    def check_ahead(self) -> None:
        """Check that it was neither held nor cancelled. Raises SessionIsOver."""
        if self.state.is_final:
            raise SessionIsOver(session=self.id, state=self.state)

    @property
    def _parents(self) -> Mapping[str, Any]:
        return {"group_id": self.group_id, "cycle_id": self.cycle_id}


def _check_days(
    field: str, planned: Occurred, meeting: AnnualMeeting, time_zone: str | None
) -> None:
    """Check that a time can be on a day of the meeting, or the one before. Raises BadValue."""
    if meeting.starts_on is None or meeting.ends_on is None or time_zone is None:
        return
    if not can_be_within(planned, meeting.starts_on, meeting.ends_on, time_zone):
        raise BadValue(field=field, problem="it is on none of the days of the annual meeting.")


def can_be_within(planned: Occurred, starts_on: date, ends_on: date, time_zone: str) -> bool:
    """Whether a time can be on a day of the annual meeting, or the one before, at its place."""
    place = zone(time_zone)
    first = planned.first_midnight(place).astimezone(place).date()
    end = planned.last_midnight(place).astimezone(place).date()
    return end > starts_on - _DAY_ZERO and first <= ends_on
